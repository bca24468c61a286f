import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'logs-suspicious-activity',
  topic: 'Operations',
  title: 'Suspicious activity is logged, and somebody looks',
  why: 'Forged events, failed log-ins and odd amounts come before the damage. They help only where somebody sees them.',
  fix: 'Log refused events, failed log-ins and calls out of pattern with time and origin, and review or alert on them.',
  refs: ['https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html'],
  question: 'Are forged events, failed log-ins and unusual calls logged, and does somebody look at them?',
  shownBy: 'the saved search, dashboard or alert that shows them',
  drill: 'forged events',
});
