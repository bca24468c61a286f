import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'starts-verification-small',
  topic: 'User experience',
  title: 'Verification begins with the lowest level that will do',
  why: 'Each document more costs users, and most of them never reach a limit that calls for it.',
  fix: 'Begin with level L0 or L1, and ask for more only where a limit calls for it.',
  refs: ['https://docs.killb.com/guides/users/kyc-levels'],
  question: 'Do new users begin with verification level L0 or L1?',
  shownBy: 'the sign-up flow, or the code of the first user call, that shows which fields are asked for',
});
