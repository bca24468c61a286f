import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'prevents-injection',
  topic: 'Errors',
  title: 'User input cannot become code or markup',
  why: 'Input that is put into queries, commands or pages as text turns a form into a way into your systems.',
  fix: 'Use bound parameters and templates that escape, and let a security scan look for the places that do not.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Injection_Prevention_Cheat_Sheet.html'],
  question: 'Is all user input kept from becoming part of queries, commands or pages?',
  shownBy: 'the report of the last security scan or review, without open findings of this class',
});
