// Causes of receivers, repositories and statements, and of the run itself.
import { KINDS } from '../checks/verdict.js';
import { defineCauses } from './define.js';

export default defineCauses([
  {
    id: 'budget-used-up',
    title: 'The budget of the run was used up',
    fix: 'Raise the budget that the findings name (budget), or choose fewer checks with --only.',
    shownByOpen: { kinds: KINDS, codes: ['budget'] },
  },
  {
    id: 'busy-machine',
    title: 'This machine was too busy to measure time',
    fix: 'Run again when less runs beside it, or with --concurrency 2.',
    shownByOpen: { kinds: KINDS, codes: ['busy', 'noisy'] },
  },
  {
    id: 'evidence-removed',
    title: 'Checks were taken out of the saved evidence',
    fix: 'Judge the evidence as golive-check wrote it.',
    shownByOpen: { kinds: ['endpoint', 'client', 'webhook', 'source'], codes: ['missing'] },
  },
  {
    id: 'receiver-does-not-start',
    title: 'Your receiver does not get ready',
    fix: 'Run webhook.command by hand, from webhook.cwd, with the variables of webhook.env.',
    facts: ['receiver-does-not-start'],
  },
  {
    id: 'receiver-refuses-good-events',
    title: 'Your receiver does not take a good event',
    fix: 'Give it the secret of webhook.secret, and check contract.webhook: whether it verifies the scheme that your provider uses.',
    facts: ['receiver-refuses-good-events'],
    shownBy: { 'accepts-signed-events': ['refused', 'no-answer'] },
    leavesOpen: {
      kinds: ['webhook'],
      codes: ['dependency', 'refuses-all', 'none-accepted', 'no-answer', 'not-processed'],
    },
  },
  {
    id: 'verifies-no-signature',
    title: 'Your receiver does not verify signatures',
    fix: 'Compute the signature over the raw body, compare it in constant time, and answer 401 before anything is done.',
    shownBy: {
      'rejects-unsigned-events': ['accepted', 'acknowledged-unverified'],
      'rejects-forged-signatures': ['accepted', 'acknowledged-unverified'],
      'rejects-tampered-bodies': ['accepted', 'acknowledged-unverified'],
    },
    least: 2,
    explains: {
      'rejects-malformed-signatures': ['accepted', 'acknowledged-unverified'],
      'rejects-stale-events': ['accepted', 'acknowledged-unverified'],
      'rejects-future-events': ['accepted', 'acknowledged-unverified'],
      'leaves-rejected-events-without-effect': ['effect'],
      'logs-forgeries': ['accepted', 'silent'],
    },
  },
  {
    id: 'ignores-timestamps',
    title: 'Your receiver does not look at the time of an event',
    fix: 'Refuse events whose signed timestamp is more than five minutes from your clock.',
    shownBy: {
      'rejects-stale-events': ['accepted', 'acknowledged-unverified'],
      'rejects-future-events': ['accepted', 'acknowledged-unverified'],
    },
    least: 2,
  },
  {
    id: 'processes-duplicates',
    title: 'Your receiver processes an event twice',
    fix: 'Insert the id of the event under a unique constraint, in the transaction of its effect.',
    shownBy: { 'processes-events-once': ['twice'], 'processes-concurrent-duplicates-once': ['twice'] },
    least: 2,
  },
  {
    id: 'no-repository',
    title: 'There is no git repository',
    fix: 'Set source.root to the folder of the repository, and let CI check out the whole history.',
    facts: ['no-repository'],
  },
  {
    id: 'secrets-committed',
    title: 'Secrets stand in the repository and in its history',
    fix: 'Revoke them first. Then read them from the environment, and remove them from the history.',
    shownBy: { 'keeps-secrets-out-of-source': ['found'], 'keeps-secrets-out-of-history': ['found'] },
    least: 2,
  },
  {
    id: 'not-stated',
    title: 'Nobody has stated what no program can see',
    fix: 'golive-check attest --list names what is asked, golive-check attest <check> states it.',
    shownByOpen: { kinds: ['attestation'], codes: ['missing'] },
  },
]);
