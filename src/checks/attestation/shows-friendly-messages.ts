import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'shows-friendly-messages',
  topic: 'User experience',
  title: 'Users read messages that they understand',
  why: 'A raw error of the API tells users nothing that they can do, and may tell them what they should not know.',
  fix: 'Map each error code to a message that says what happened and what to do next, and keep the raw text for the log.',
  refs: ['https://docs.killb.com/resources/error-handling'],
  question: 'Does each error reach users as a message in their words, never as raw text of the API?',
  shownBy: 'screenshots of the messages, or the table from error codes to messages',
});
