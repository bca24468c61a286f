import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'shows-status-updates',
  topic: 'User experience',
  title: 'Users are kept informed about the status',
  why: 'Users who do not see that something moves believe that it is lost.',
  fix: 'Show the current status, and tell users of each change, of a failure most of all.',
  refs: ['https://docs.killb.com'],
  question: 'Do users see the current status, and are they told when it changes?',
  shownBy: 'screenshots of the status page or the messages, a failed case among them',
});
