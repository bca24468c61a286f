import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'follows-the-changelog',
  topic: 'Versions',
  title: "Somebody reads the provider's changelog",
  why: 'A change that breaks the integration is announced weeks before. It costs an outage only where nobody reads.',
  fix: "Subscribe a team to the provider's changelog, and note who decides what a change asks for.",
  refs: ['https://developer.runa.io/best-practices/api-versioning'],
  question: 'Does somebody read what the provider announces, and act on changes before they take effect?',
  shownBy: 'the subscription of a team mailbox or channel, or the page that says who reads the changelog',
});
