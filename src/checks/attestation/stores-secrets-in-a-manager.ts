import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'stores-secrets-in-a-manager',
  topic: 'Secrets',
  title: 'A secrets manager holds the production keys',
  why: 'A key in a file or a chat is copied without a trace. A secrets manager says who may read it, and who did.',
  fix: 'Move the production keys into a secrets manager, let the program read them from there, and delete all other copies.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  question: 'Do the production keys of this integration live in a secrets manager, and nowhere else?',
  shownBy:
    'the page of the entry in the secrets manager (without its value), or the deployment file that reads the key from there',
});
