// The cells of the matrix of sins and faults: for each, the checks that must fail and no others, or in words why nothing
// can be seen there.
import { FAULT_NAMES, type Fault } from './sin-faults.js';

export type Cell = readonly string[] | string;
type Row = Readonly<Record<Fault, Cell>>;

/** `otherwise` under every fault that `cells` does not name. */
function row(otherwise: Cell, cells: Partial<Row>): Row {
  return Object.fromEntries(FAULT_NAMES.map((fault) => [fault, cells[fault] ?? otherwise])) as Row;
}

const NO_NEXT_CALL = {
  slow: 'the answer is good, so no call comes after it',
  'unknown-fields': 'the answer is good, so no call comes after it',
  'bad-input': 'bad input is refused before anything is sent',
} as const;

const NOTHING_FAILED = {
  slow: 'the answer is good, so nothing has failed',
  'unknown-fields': 'the answer is good, so nothing has failed',
  workload: 'the work goes well, so nothing has failed',
} as const;
const REPEAT_IS_GOOD = 'the repeat is answered well, so nothing has failed';

const NO_ERROR_ANSWER = 'there is no error answer, so there is nothing of one to log';
const NOTHING_TO_LOG = {
  ...NOTHING_FAILED,
  'business-error': 'what is logged is asked after plain refusals, which are final for every client',
  hang: NO_ERROR_ANSWER,
  truncated: NO_ERROR_ANSWER,
  garbage: NO_ERROR_ANSWER,
  redirect: NO_ERROR_ANSWER,
  'bad-input': NO_NEXT_CALL['bad-input'],
} as const;

// Whatever the next call carries: that there is one is said by these.
const AGAIN_AFTER_REFUSAL = 'leaves-client-errors-alone';
const AGAIN_AFTER_BUSINESS_ERROR = 'handles-business-errors';

/** What every call has, a call lacks. */
function missingOnNextCall(id: string): Row {
  return row([id], {
    ...NO_NEXT_CALL,
    refusal: [id, AGAIN_AFTER_REFUSAL],
    'business-error': [id, AGAIN_AFTER_BUSINESS_ERROR],
  });
}

// The next call after a final answer, and other work than one order, is another operation: it differs by right.
const OTHER_OPERATION = {
  refusal: [AGAIN_AFTER_REFUSAL],
  'business-error': [AGAIN_AFTER_BUSINESS_ERROR],
} as const;

const OTHER_KEY = row(['keeps-key-across-retries'], {
  ...NO_NEXT_CALL,
  ...OTHER_OPERATION,
  'lost-response': ['keeps-key-across-retries', 'survives-lost-response'],
  'in-flight': ['keeps-key-across-retries', 'handles-in-flight-duplicates'],
  crash: ['resumes-with-same-key-after-crash'],
  workload: 'no call is repeated: each order has a key of its own anyway',
});

export const SINS = {
  'no-key': row(['keeps-key-across-retries', 'protects-retried-writes', 'sends-idempotency-key'], {
    ...NO_NEXT_CALL,
    // Neither was carried out, so nothing is performed twice.
    limit: ['keeps-key-across-retries', 'sends-idempotency-key'],
    redirect: ['keeps-key-across-retries', 'sends-idempotency-key'],
    'lost-response': [
      'keeps-key-across-retries',
      'protects-retried-writes',
      'sends-idempotency-key',
      'survives-lost-response',
    ],
    'in-flight': [
      'keeps-key-across-retries',
      'protects-retried-writes',
      'sends-idempotency-key',
      'handles-in-flight-duplicates',
    ],
    refusal: ['sends-idempotency-key', AGAIN_AFTER_REFUSAL],
    'business-error': ['sends-idempotency-key', AGAIN_AFTER_BUSINESS_ERROR],
    crash: ['sends-idempotency-key', 'resumes-with-same-key-after-crash'],
    workload: ['sends-idempotency-key'],
  }),
  'new-key': OTHER_KEY,
  // One for all operations: where each run performs one, it is another key and no more.
  'one-key': { ...OTHER_KEY, workload: ['uses-fresh-key-per-operation'] },
  'new-body': row(['keeps-body-across-retries'], {
    ...NO_NEXT_CALL,
    ...OTHER_OPERATION,
    'lost-response': ['keeps-body-across-retries', 'survives-lost-response'],
    crash: ['resumes-with-same-key-after-crash'],
    workload: 'no call is repeated: each order has a body of its own anyway',
  }),
  'bad-body': row(['keeps-body-across-retries', 'sends-valid-bodies'], {
    ...NO_NEXT_CALL,
    'lost-response': ['keeps-body-across-retries', 'sends-valid-bodies', 'survives-lost-response'],
    refusal: ['sends-valid-bodies', AGAIN_AFTER_REFUSAL],
    'business-error': ['sends-valid-bodies', AGAIN_AFTER_BUSINESS_ERROR],
    crash: ['sends-valid-bodies', 'resumes-with-same-key-after-crash'],
    workload: ['sends-valid-bodies'],
  }),
  'no-version': missingOnNextCall('pins-version'),
  'no-agent': missingOnNextCall('identifies-itself'),
  'no-credential': missingOnNextCall('sends-key-in-header'),
  'key-in-url': missingOnNextCall('keeps-key-out-of-urls'),
  'keyed-read': row(['omits-key-on-reads'], {}),
  'prints-key': row(['keeps-key-out-of-output'], {}),
  'exit-0': row(['reports-failures'], {
    ...NOTHING_FAILED,
    'lost-response': REPEAT_IS_GOOD,
    'in-flight': REPEAT_IS_GOOD,
    crash: REPEAT_IS_GOOD,
    truncated: ['reports-failures', 'rejects-truncated-responses'],
    html: ['reports-failures', 'survives-html-errors'],
    refusal: ['reports-failures', 'notices-errors-in-success-answers'],
    // A success by its head: what is wrong with its body is told there alone.
    garbage: ['survives-html-errors'],
    'business-error': ['handles-business-errors'],
    'bad-input': ['rejects-bad-input-early'],
  }),
  'exit-1': row('no attempt is answered well, so it fails by right', {
    'server-errors': ['retries-server-errors'],
    limit: ['retries-rate-limits'],
    reset: ['retries-lost-connections'],
    'lost-response': ['survives-lost-response'],
    'in-flight': ['handles-in-flight-duplicates'],
    'unknown-fields': ['tolerates-unknown-fields'],
    'business-error': ['handles-business-errors'],
    slow: 'a time-out of another layer would look the same: it is left open',
    crash: 'a restart may leave what follows to a person: its end is not asked for',
    workload: 'work that fails is no evidence of how it is done',
    'bad-input': 'bad input is to end in failure',
  }),
  'no-end': row(['bounds-attempts'], {
    ...NOTHING_FAILED,
    ...NO_NEXT_CALL,
    'lost-response': REPEAT_IS_GOOD,
    'in-flight': REPEAT_IS_GOOD,
    crash: REPEAT_IS_GOOD,
    refusal: ['bounds-attempts', AGAIN_AFTER_REFUSAL],
    'business-error': [AGAIN_AFTER_BUSINESS_ERROR],
  }),
  'no-wait': row('how soon it comes back is judged after answers that speak of load', {
    ...NO_NEXT_CALL,
    'server-errors': ['waits-before-first-retry'],
    limit: 'the contract asks for no wait but Retry-After, and that is heeded',
    workload: 'no call is repeated',
  }),
  'gives-up': row('no promise asks for a repeat there', {
    ...NOTHING_FAILED,
    'server-errors': ['retries-server-errors'],
    limit: ['retries-rate-limits'],
    reset: ['retries-lost-connections'],
    'lost-response': ['survives-lost-response'],
    'in-flight': ['handles-in-flight-duplicates'],
    'business-error': ['handles-business-errors'],
    refusal: 'to give up is right there',
    crash: REPEAT_IS_GOOD,
    'bad-input': NO_NEXT_CALL['bad-input'],
  }),
  'no-status': row(['logs-errors'], {
    ...NOTHING_TO_LOG,
    reset: REPEAT_IS_GOOD,
    'lost-response': REPEAT_IS_GOOD,
    'in-flight': REPEAT_IS_GOOD,
    crash: REPEAT_IS_GOOD,
  }),
  'no-request-id': row(['logs-request-ids'], {
    ...NOTHING_TO_LOG,
    reset: REPEAT_IS_GOOD,
    'lost-response': REPEAT_IS_GOOD,
    'in-flight': REPEAT_IS_GOOD,
    crash: REPEAT_IS_GOOD,
  }),
} as const satisfies Record<string, Row>;

export type Sin = keyof typeof SINS;
export const SIN_NAMES = Object.keys(SINS) as Sin[];
