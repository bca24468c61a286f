import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'validates-user-input',
  topic: 'Errors',
  title: 'What users enter is checked before it is sent',
  why: 'Bad input that travels to the API comes back as an error that nobody can explain to the user, or is stored as it is.',
  fix: 'Check and clean each input at the edge of your own program, by the rules of the fields that the API documents.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html'],
  question: 'Is everything that users enter checked and cleaned before it goes into a call?',
  shownBy: 'the tests of the validation, or the code that holds its rules',
});
