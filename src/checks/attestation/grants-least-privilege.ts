import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'grants-least-privilege',
  topic: 'Access',
  title: 'Each key may do only what its program needs',
  why: 'Whoever gets hold of a key may do all that it allows, so a key that allows little costs little.',
  fix: 'Give each program a restricted key of its own, with the permissions that it uses and no others.',
  refs: ['https://csrc.nist.gov/glossary/term/least_privilege'],
  question: 'Does each program have a key of its own that may do only what the program needs?',
  shownBy: "the list of the keys with their permissions, as the provider's dashboard shows it",
});
