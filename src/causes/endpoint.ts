import { defineCauses } from './define.js';

/** From the outermost to the innermost: what stands in the way of more is told first. */
export default defineCauses([
  {
    id: 'host-does-not-resolve',
    title: 'The host of the API does not resolve',
    fix: 'Correct the host name in endpoint.url, or the DNS that this machine asks.',
    facts: ['host-does-not-resolve'],
  },
  {
    id: 'nothing-listens',
    title: 'Nothing listens where the API should be',
    fix: 'Start the API, or correct host and port of endpoint.url.',
    facts: ['nothing-listens'],
  },
  {
    id: 'host-unreachable',
    title: 'The API cannot be reached',
    fix: 'Open the way to endpoint.url through firewall, VPN or proxy.',
    facts: ['host-unreachable'],
  },
  {
    id: 'tls-not-trusted',
    title: 'The TLS certificate of the API is not trusted',
    fix: 'Install a certificate that a public authority signed for this host; for one of your own authority set endpoint.ca.',
    facts: ['tls-not-trusted'],
  },
  {
    id: 'tls-fails',
    title: 'The TLS handshake with the API fails',
    fix: 'Look whether the port speaks TLS, and which versions and ciphers it takes.',
    facts: ['tls-fails'],
  },
  {
    id: 'no-answer',
    title: 'The API does not answer in time',
    fix: 'Find out why calls hang; what takes that long fails for your users, too.',
    facts: ['no-answer'],
  },
  {
    id: 'connection-closed',
    title: 'The API closes connections without an answer',
    fix: 'Look at the log of the API, and of what stands before it, for the calls named here.',
    facts: ['connection-closed'],
  },
  {
    id: 'answer-unreadable',
    title: 'What answers cannot be read as HTTP',
    fix: 'Look whether endpoint.url names the API itself, and what it sends there with curl --verbose.',
    facts: ['answer-unreadable'],
  },
  {
    id: 'log-in-failed',
    title: 'The log-in fails',
    fix: 'Correct the credentials, or the call, of contract.auth.login.',
    facts: ['log-in-failed'],
  },
  {
    id: 'read-refused',
    title: 'A plain read is refused that should work',
    fix: 'Check endpoint.key, contract.auth and endpoint.operations.read: whether the key is valid, and sent where the API looks for it.',
    facts: ['read-refused'],
    shownBy: { 'accepts-valid-key': ['refused', 'control-failed'] },
    leavesOpen: {
      kinds: ['endpoint'],
      codes: ['control-failed', 'dependency', 'too-few', 'none', 'not-met', 'unreadable', 'no-answers', 'key-refused'],
    },
  },
  {
    id: 'prerequisite-refused',
    title: 'A call that the create builds on is refused',
    fix: 'Correct that operation in endpoint.operations: its path, its body, and the value that is taken from its answer.',
    facts: ['prerequisite-refused'],
  },
  {
    id: 'create-refused',
    title: 'A plain create is refused',
    fix: 'Give endpoint.operations.create a body that the API accepts, and contract.idempotency its header and quoting.',
    facts: ['create-refused'],
  },
  {
    id: 'rate-limited',
    title: 'A rate limit refuses calls of this run',
    fix: 'Spread the run with endpoint.cooldown, or ask the provider for a higher limit on this account.',
    facts: ['rate-limited'],
  },
  {
    id: 'unavailable',
    title: 'The API, or something before it, is unavailable',
    fix: 'Run again when the API is up; until then nothing follows from its answers.',
    facts: ['unavailable'],
  },
  {
    id: 'limit-not-met',
    title: 'No rate limit was met',
    fix: 'Set endpoint.burst above the limit that the provider documents.',
    shownByOpen: { kinds: ['endpoint'], codes: ['not-met'] },
  },
  {
    id: 'admits-anybody',
    title: 'The API does not look at the key',
    fix: 'Refuse every call without a valid key with 401, before anything else is done.',
    shownBy: { 'rejects-missing-key': ['not-refused'], 'rejects-wrong-key': ['not-refused'] },
    least: 2,
    explains: {
      'rejects-revoked-key': ['not-refused'],
      'rejects-out-of-scope-call': ['performed'],
      'ignores-key-in-query': ['open'],
    },
  },
  {
    id: 'performs-repeats',
    title: 'A create is performed again under the same idempotency key',
    fix: 'Store the key with the first answer before anything is created, and answer each repeat from there.',
    shownBy: {
      'creates-once-on-replay': ['several'],
      'creates-once-under-concurrency': ['several'],
      'creates-once-after-lost-response': ['several'],
    },
    least: 2,
    explains: {
      'replays-first-response': ['another-resource', 'names-another', 'differs', 'no-conflict'],
      'rejects-changed-body': ['accepted', 'new-resource', 'created-anyway', 'no-old-answer'],
      'remembers-keys-within-window': ['forgotten'],
      'marks-replays': ['unmarked', 'no-replay'],
    },
  },
  {
    id: 'sends-no-request-ids',
    title: 'No answer of the API carries a request id',
    fix: 'Add a request id header to every answer, errors included.',
    shownBy: { 'sends-request-id': ['missing'], 'sends-request-id-on-errors': ['missing'] },
    least: 2,
    explains: { 'sends-unique-request-ids': ['too-few'] },
  },
]);
