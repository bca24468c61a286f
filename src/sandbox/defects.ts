import type { Answer } from './answer.js';
import type { Dialect } from './dialect.js';

interface DefectFacts {
  /** Checks that must notice, and no other. */
  flips: readonly string[];
  says: string;
  /** Shows only where the sandbox plays the live API. */
  live?: boolean;
  /** What becomes of a whole answer, where that is all of the defect; else `world.has(name)` is asked at its place. */
  alters?: (answer: Answer, dialect: Dialect) => Answer;
}

/** Those of the sandbox that speaks HTTPS. */
export const TLS_DEFECTS = {
  'serves-plain-http': { flips: ['refuses-plain-http'], says: 'Beside HTTPS, plain HTTP is served alike.' },
  'presents-ending-certificate': {
    flips: ['presents-valid-certificate'],
    says: 'The certificate ends within five days.',
  },
  'accepts-old-tls': { flips: ['refuses-old-tls'], says: 'Handshakes with TLS 1.0 and 1.1 succeed.' },
  'announces-no-hsts': { flips: ['announces-hsts'], says: 'Answers carry no Strict-Transport-Security.' },
} as const satisfies Record<string, DefectFacts>;

/** A promise of the sandbox that can be broken by name: `flips` are the checks that must notice, and no other. */
export const DEFECTS = {
  ...TLS_DEFECTS,
  'refuses-valid-key': { flips: ['accepts-valid-key'], says: 'Every key is answered 401.' },
  'answers-without-key': { flips: ['rejects-missing-key'], says: 'The ping is answered without a credential.' },
  'accepts-any-key': { flips: ['rejects-wrong-key'], says: 'Any bearer token opens an account of its own.' },
  'reads-key-from-query': { flips: ['ignores-key-in-query'], says: 'The key is accepted as a query parameter.' },
  'reads-query-like-headers': {
    flips: ['ignores-key-in-query'],
    says: 'The key is accepted as a query parameter that is called like its header.',
  },
  'challenges-nobody': {
    flips: ['challenges-unauthenticated-calls'],
    says: 'A 401 comes without WWW-Authenticate.',
  },
  'echoes-key': { flips: ['hides-key-in-errors'], says: 'The 401 for a wrong key repeats that key in base64.' },
  'claims-live': { flips: ['separates-environments'], says: 'The ping of the sandbox says that it is live.' },
  'replays-another-status': {
    flips: ['replays-first-response'],
    says: 'A replayed create answers 200 with another status member instead of the first answer.',
  },
  'replays-but-creates': {
    flips: ['creates-once-on-replay'],
    says: 'A replay repeats the first answer to the byte, but stores a second resource.',
  },
  'races-on-keys': {
    flips: ['creates-once-under-concurrency'],
    says: 'Simultaneous calls with one key are not locked against each other, so each creates.',
  },
  'forgets-lost-responses': {
    flips: ['creates-once-after-lost-response'],
    says: 'The key is forgotten when the connection is gone before the answer.',
  },
  'answers-changed-body-from-store': {
    flips: ['rejects-changed-body'],
    says: 'Another body under a used key gets the stored answer of the first.',
  },
  'creates-without-key': {
    flips: ['requires-idempotency-key'],
    says: 'A create without an idempotency key is performed.',
  },
  'refuses-long-keys': {
    flips: ['accepts-longest-key'],
    says: 'Idempotency keys over 128 characters are refused although 255 are promised.',
  },
  'truncates-keys': {
    flips: ['rejects-overlong-key'],
    says: 'Idempotency keys over 255 characters are cut instead of refused.',
  },
  'merges-equal-bodies': {
    flips: ['separates-idempotency-keys'],
    says: 'A create with another key but an equal body within a minute is answered with the first resource.',
  },
  'replays-another-error': {
    flips: ['replays-stored-errors'],
    says: 'The repeat of a refused create is refused with the same status, but as a duplicate.',
  },
  'forgets-errors': { flips: ['replays-stored-errors'], says: 'Validation errors are not stored under their key.' },
  'forgets-keys-early': {
    flips: ['remembers-keys-within-window'],
    says: 'Idempotency keys are forgotten after a tenth of the promised window.',
  },
  'never-forgets-keys': { flips: ['forgets-expired-keys'], says: 'Idempotency keys never expire.' },
  'hides-replays': { flips: ['marks-replays'], says: 'A replayed answer carries no marker.' },
  'echoes-no-version-on-errors': { flips: ['echoes-version'], says: 'Errors do not name the version.' },
  'ignores-pinned-version': {
    flips: ['honours-pinned-version'],
    says: 'The sent version is echoed, but the default version is served.',
  },
  'falls-forward': { flips: ['rejects-unknown-version'], says: 'An unknown version is served as the latest.' },
  'sends-no-request-id': { flips: ['sends-request-id'], says: 'Successful answers carry no request id.' },
  'sends-no-request-id-on-errors': {
    flips: ['sends-request-id-on-errors'],
    says: 'Errors carry no request id header.',
  },
  'repeats-request-ids': { flips: ['sends-unique-request-ids'], says: 'Every answer carries the same request id.' },
  'shapes-one-error-differently': {
    flips: ['shapes-errors-consistently'],
    says: 'The 401 for a missing key has a shape of its own.',
  },
  'answers-unknown-paths-with-success': {
    flips: ['answers-unknown-paths'],
    says: 'An unknown path is answered 200 with an empty object.',
  },
  'crashes-on-broken-json': { flips: ['rejects-malformed-bodies'], says: 'Broken JSON is answered 500.' },
  'refuses-with-success': {
    flips: ['signals-errors-by-status'],
    says: 'A body of the wrong media type is refused with 200: the answer alone says that it is an error.',
  },
  'stores-refusals': {
    flips: ['retries-refused-keys'],
    says: 'A 429 is stored under the idempotency key and replayed for ever.',
  },
  'explains-nothing': { flips: ['explains-invalid-input'], says: 'A validation error names no field.' },
  'leaks-stack-traces': {
    flips: ['hides-internals-in-errors'],
    says: 'The 404 of an unknown path contains a stack trace.',
  },
  'sends-framework-banner': {
    flips: ['hides-framework-banners'],
    says: 'Every answer names its framework in X-Powered-By.',
  },
  'answers-unusual-methods-with-html': {
    flips: ['shapes-errors-consistently'],
    says: 'A method that a path does not know is answered 405 with an HTML page.',
    alters: (answer) =>
      answer.status === 405
        ? { ...answer, headers: { ...answer.headers, 'Content-Type': 'text/html' }, body: '<h1>Not allowed</h1>' }
        : answer,
  },
  'sends-no-request-id-on-large-bodies': {
    flips: ['sends-request-id-on-errors'],
    says: 'The 413 for a body that is too large carries no request id.',
    alters: (answer, { requestId }) => (answer.status === 413 ? without(answer, requestId?.header) : answer),
  },
  'echoes-no-version-on-long-urls': {
    flips: ['echoes-version'],
    says: 'The 414 for a URL that is too long does not name the version.',
    alters: (answer, { version }) => (answer.status === 414 ? without(answer, version?.header) : answer),
  },
  'leaks-stack-trace-on-media-types': {
    flips: ['hides-internals-in-errors'],
    says: 'The 415 for a media type that is not read contains a stack trace.',
  },
  'tells-times-as-numbers': {
    flips: ['answers-as-described'],
    says: 'The time at which a resource was made is a number of milliseconds; the description says a text.',
    alters: (answer) => ({
      ...answer,
      body:
        answer.body?.replace(/"created_at":"([^"]{1,40})"/g, (_, time) => `"created_at":${Date.parse(time)}`) ?? null,
    }),
  },
  'refuses-broken-json-as-not-acceptable': {
    flips: ['documents-its-errors'],
    says: 'Broken JSON is answered 406, which the description does not list.',
    alters: (answer) => (answer.body?.includes('"malformed_json"') ? { ...answer, status: 406 } : answer),
  },
  'forgets-a-listed-address': {
    flips: ['admits-listed-address'],
    says: 'One of the listed addresses is refused.',
  },
  'admits-any-address': { flips: ['rejects-unlisted-address'], says: 'The allow list of addresses is not enforced.' },
  'believes-forwarding-headers': {
    flips: ['ignores-forwarded-address'],
    says: 'The address that X-Forwarded-For, Forwarded, X-Real-IP or CF-Connecting-IP names counts as that of the caller.',
  },
  'tells-wrong-time': { flips: ['keeps-good-time'], says: 'The Date header is ten minutes behind.' },
  'accepts-revoked-key': { flips: ['rejects-revoked-key'], says: 'The revoked key works as before.' },
  'ignores-scopes': { flips: ['rejects-out-of-scope-call'], says: 'A read-only key may write.' },
  'shares-keys-between-accounts': {
    flips: ['isolates-keys-between-accounts'],
    says: "An idempotency key that one account has used gets another account that one's answer.",
  },
  'refuses-live-key': {
    flips: ['reads-with-live-key'],
    says: 'Played as the live API: the production key is not known.',
    live: true,
  },
  'reapplies-updates': {
    flips: ['replays-updates'],
    says: 'A repeated PATCH is performed again, whatever its idempotency key.',
  },
  'serves-removed-versions': {
    flips: ['rejects-removed-version'],
    says: 'A removed version is served as the latest.',
  },
  'sunsets-current-version': {
    flips: ['serves-supported-version'],
    says: 'The latest version is deprecated and ends in 30 days.',
  },
  'limits-nobody': { flips: ['limits-bursts'], says: 'No burst is limited.' },
  'limits-with-503': {
    flips: ['limits-bursts'],
    says: 'Calls over a limit are answered 503 instead of 429.',
  },
  'limits-without-a-wait': {
    flips: ['sends-retry-after'],
    says: 'The limit answer has no Retry-After and no rate headers.',
  },
  'freezes-rate-headers': { flips: ['reports-rate-limits'], says: 'The remaining calls never fall.' },
  'keeps-limiting': {
    flips: ['recovers-after-limit'],
    says: 'Once limited, a caller stays so for a minute although a second is announced.',
  },
  'ignores-small-limits': { flips: ['honours-page-limit'], says: 'A page has at least ten items, whatever is asked.' },
  'serves-any-page-size': { flips: ['caps-page-size'], says: 'A page may be larger than the maximum.' },
  'overlaps-pages': {
    flips: ['pages-without-overlap'],
    says: 'Each page begins with the last item of the page before.',
  },
  'loses-last-of-full-pages': {
    flips: ['pages-without-overlap'],
    says: 'A page of exactly the maximum leaves out its last item, and so does the next page.',
  },
  'filters-by-substring': {
    flips: [],
    says: 'A list shows what contains the value of its filter: no fault, and nothing may be taken for one.',
  },
  'never-ends-pages': { flips: ['ends-pagination'], says: 'The last page still names a next one.' },
  'drops-batch-items': { flips: ['accepts-batches'], says: 'The last item of a batch is lost without a word.' },
  'answers-late': { flips: ['answers-in-time'], says: 'Every GET takes 1,200 ms longer.' },
} as const satisfies Record<string, DefectFacts>;

export type DefectName = keyof typeof DEFECTS;

/** The answer as the defects among `names` leave it. */
export function altered(names: Iterable<DefectName>, answer: Answer, dialect: Dialect): Answer {
  return [...names].reduce((before, name) => {
    const { alters }: DefectFacts = DEFECTS[name];
    return alters?.(before, dialect) ?? before;
  }, answer);
}

function without(answer: Answer, header = ''): Answer {
  const { [header]: _, ...headers } = answer.headers;
  return { ...answer, headers };
}

export function isOfLive(defect: DefectName): boolean {
  const facts: DefectFacts = DEFECTS[defect];
  return facts.live === true;
}
