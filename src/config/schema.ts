// The one schema of the config. Types are inferred from it; the published JSON Schema is generated from it.
// zod/mini, because a config error is waited for: schemas without dozens of methods each are far cheaper to build.
import * as z from 'zod/mini';
import { SEVERITIES } from '../checks/severity.js';
import { PROVOKED_STATUSES } from '../evidence/exchange.js';
import { FEWEST_REPEATS, USUAL_REPEATS } from '../evidence/repeats.js';
import { ALGORITHMS, SCHEME_NAMES } from '../webhook/scheme.js';
import { isEvidence, namesSomebody } from './attestations.js';
import { keyLike, notYet, proxyUrl, secret, secretNames, shown } from './marks.js';

// Compiling a schema pays off over many parses; ours parses once.
z.config({ jitless: true });

/** The description stands in the JSON Schema. Only for a schema made in place: a shared one would carry it everywhere. */
function described<S extends z.ZodMiniType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

// No locale is loaded: where issues.ts shows zod's own message, the schema words it.
const text = z.string();
const texts = z.array(text);
const filled = z.string().check(z.minLength(1));
const positive = z.int().check(z.positive());
const status = z.int().check(z.minimum(100), z.maximum(599));
const statusSet = described(
  z.union(
    [
      z.pipe(
        status,
        z.transform((one) => [one]),
      ),
      z.array(status).check(z.minLength(1)),
    ],
    {
      error: 'a status such as 401, or a list such as [401, 403]',
    },
  ),
  'One status or a set of them',
);
const jsonPointer = described(
  z.string().check(z.regex(/^(\/([^~/]|~[01])*)*$/, 'a JSON Pointer such as /data/id (RFC 6901)')),
  'JSON Pointer (RFC 6901)',
);
const expression = z.string().check(z.refine(compiles, 'a regular expression such as [A-Za-z0-9_-]+'));
// Reports show a base URL, and the paths and queries of operations are put behind it.
const HTTP_URL = { error: 'an http:// or https:// URL' };
const bare = z.regex(/^[^?#]*$/, 'a URL without query and fragment');
const WITHOUT_USER = /^(?![a-z]+:\/\/[^/?#]*@)/i;
const anonymous = z.regex(WITHOUT_USER, 'a URL without user and password (contract.auth says where the key goes)');
const unnamed = z.regex(WITHOUT_USER, 'a URL without user and password');
// A parser of URLs drops line breaks, and what hides or reorders text deceives whoever reads a report.
const readable = z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, {
  error: 'one line without invisible characters',
  abort: true,
});
const baseUrl = z.string().check(readable, z.url({ protocol: /^https?$/, ...HTTP_URL }), bare, anonymous);
/** A URL or a path that is looked at elsewhere, or put behind one. */
const place = z.string().check(readable);
const operationPath = z
  .string()
  .check(readable, z.regex(/^(?![a-z][a-z0-9+.-]*:\/\/)/i, 'a path such as /orders, put behind endpoint.url'));
const headerName = z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'an HTTP header name'));
const CREDENTIAL_HEADER = /^(authorization|proxy-authorization|cookie)$|api-?key|token|secret/i;
// Of what a log-in carries; a user name, a grant type or a scope is none.
const CREDENTIAL_MEMBER = /pass|pwd|secret|pin|key|token|otp|assertion/i;
const headerValue = z
  .string()
  .check(z.regex(/^[\t -~\u0080-\u00ff]*$/, 'a header value: one line of plain characters'));
const durationMs = described(z.int().check(z.nonnegative()), 'Milliseconds');
const method = z.enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);
const json: z.ZodMiniType<unknown> = z.unknown();
const oneOrMore = z.union([text, texts], { error: 'a string, or a list of strings' });
/** Shared by the fields that carry no description of their own. */
const maybe = {
  text: z.optional(text),
  texts: z.optional(texts),
  pointer: z.optional(jsonPointer),
  header: z.optional(headerName),
  ms: z.optional(durationMs),
  positive: z.optional(positive),
  json: z.optional(json),
  statuses: z.optional(statusSet),
  flag: z.optional(z.boolean()),
};
const formValue = z.union([text, z.number(), z.boolean()], { error: 'a string, a number, true or false' });
const severityOrOff = z.enum([...SEVERITIES, 'off']);
const isoDate = z.iso.date('a date such as 2027-01-31');

/** Made anew for each place. */
function headersOf<V extends z.ZodMiniType>(value: V) {
  return secretNames(CREDENTIAL_HEADER, z.record(headerName, value));
}

/** An answer that is told from others by its status and, where given, a code in its body. */
const answerSet = z.strictObject({
  statuses: statusSet,
  codes: described(z.optional(texts), 'Error codes that name this answer, read at errors.code'),
});

const authPlaces = z.strictObject({
  none: described(z.optional(z.literal(true)), 'The API takes no key: the same as auth: none'),
  headers: described(
    z.optional(z.array(z.strictObject({ name: headerName, prefix: z._default(text, '') })).check(z.minLength(1))),
    'Headers that carry the key, e.g. { name: Authorization, prefix: "Bearer " }',
  ),
  basic: z.optional(
    z.strictObject({
      user: described(z.optional(text), 'User name; the key is the password. Unset: the key is the user'),
    }),
  ),
  query: described(z.optional(text), 'Query parameter that carries the key'),
  body: described(z.optional(text), 'Body member that carries the key'),
  login: described(
    z.optional(
      z.strictObject({
        method: z._default(method, 'POST'),
        path: described(z.string().check(readable), 'Below endpoint.url; elsewhere on its origin: the whole URL'),
        body: secretNames(CREDENTIAL_MEMBER, z.optional(json)),
        form: secretNames(CREDENTIAL_MEMBER, z.optional(z.record(text, formValue))),
        token: jsonPointer,
        lifetime: maybe.pointer,
        lifetimeUnit: z._default(z.enum(['ms', 's']), 's'),
        lifetimeMs: maybe.ms,
        header: z._default(headerName, 'Authorization'),
        prefix: z._default(text, 'Bearer '),
        refresh: z.optional(
          z.strictObject({
            method: z._default(method, 'POST'),
            path: place,
            token: notYet(described(z.optional(jsonPointer), 'Where the log-in answers with the refresh token')),
            member: notYet(described(z.optional(jsonPointer), 'Where the refresh call carries it')),
          }),
        ),
      }),
    ),
    'Log in for a token that the calls carry',
  ),
  signature: described(
    z.optional(z.strictObject({ headers: z.array(headerName).check(z.minLength(1)) })),
    'Every call is signed (AWS SigV4, an HMAC over the body): the headers that carry the signature and what it covers, such as its date',
  ),
  wrongKey: keyLike(
    described(z.optional(text), 'A well-formed key that is not valid; default: derived from the shape of yours'),
  ),
  publicPrefix: described(z.optional(expression), 'Regular expression for the part of a key that may be shown'),
  queryNames: described(
    z._default(texts, ['api_key', 'apikey', 'key', 'token', 'access_token']),
    "Query parameters under which a key must not be accepted, beside the name of the key's own place",
  ),
  missing: z._default(statusSet, [401, 403]),
  wrong: z._default(statusSet, [401, 403]),
  revoked: z._default(statusSet, [401, 403]),
  outOfScope: z._default(statusSet, [403, 401, 404]),
  open: described(z._default(z.array(place), []), 'Paths that need no key'),
});

const auth = described(
  z.union(
    [
      z.pipe(
        z.literal('none'),
        z.transform(() => authPlaces.parse({ none: true })),
      ),
      authPlaces,
    ],
    { error: 'none (the API takes no key), or a map that says where the key goes' },
  ),
  'Where the key goes; none: the API takes no key',
);

const environmentFacts = z.strictObject({
  keyPrefixes: described(z.optional(texts), 'How keys of this environment begin (compared without case)'),
  hosts: shown(
    described(
      z.optional(texts),
      'A host that stands in both environments says nothing: then only a key that begins like a sandbox key opens writes',
    ),
  ),
  url: shown(described(z.optional(baseUrl), 'Base URL: what endpoint.url is where the config does not say')),
  shown: described(z.optional(json), 'The value at environments.shownAt in this environment'),
});

const environments = keyLike(
  z.strictObject({
    sandbox: z.optional(environmentFacts),
    live: z.optional(environmentFacts),
    shownAt: described(z.optional(jsonPointer), 'Where the read answer names its environment, e.g. /livemode'),
  }),
);

const keyStyle = z.enum(['opaque', 'meaningful']);

const idempotency = z.strictObject({
  header: maybe.header,
  bodyField: described(z.optional(jsonPointer), 'Body member that carries the key, e.g. /externalId'),
  firstSentHeader: described(z.optional(headerName), 'Second header of a pair: when the operation was first sent'),
  quoted: described(z._default(z.boolean(), false), 'Send the value as a quoted structured-field string'),
  methods: z._default(z.array(method), ['POST']),
  required: maybe.flag,
  missing: described(z.optional(statusSet), 'What a call without the key is answered; default: any 4xx'),
  maxLength: maybe.positive,
  minLength: maybe.positive,
  characters: described(z.optional(expression), 'Regular expression for one allowed character'),
  reservedPrefixes: z._default(texts, []),
  style: described(
    z.optional(
      z.union([keyStyle, z.array(keyStyle).check(z.minLength(1))], {
        error: 'opaque, meaningful, or a list of both',
      }),
    ),
    'opaque: random; meaningful: derived from the operation; both where the provider advises both',
  ),
  replay: z.optional(z.enum(['same-response', 'same-resource', 'conflict'])),
  conflict: z.optional(
    z.strictObject({
      statuses: statusSet,
      resource: described(z.optional(jsonPointer), 'Where the refusal names the first resource'),
    }),
  ),
  compare: described(
    z.optional(z.array(jsonPointer)),
    'Members compared between first answer and replay; default: all',
  ),
  ignore: described(z._default(z.array(jsonPointer), []), 'Members left out of the comparison'),
  compareHeaders: z._default(z.array(headerName), ['Location']),
  changedBody: described(
    z.optional(
      z.union([z.enum(['replay', 'new']), statusSet], {
        error: 'replay, new, or a set of statuses such as [409, 422]',
      }),
    ),
    'Same key, other body: a set of refusals, the old answer, or a new resource; default: any 4xx',
  ),
  inFlight: described(z.optional(answerSet), 'What a repeat is answered while the first is being performed'),
  stored: described(
    z.optional(z.array(z.enum(['2xx', '4xx', '5xx']))),
    'Which classes of answer are kept and replayed',
  ),
  marker: described(
    z.optional(z.strictObject({ header: headerName, value: maybe.text })),
    'Header that a replay carries and a first answer does not',
  ),
  windowMs: maybe.ms,
  scope: notYet(z.optional(z.array(z.enum(['key', 'account', 'route', 'region', 'version'])))),
  noneOnReads: described(z.optional(z.boolean()), 'GET and DELETE must not carry a key'),
});

const version = z.strictObject({
  in: z._default(z.enum(['header', 'query', 'path', 'none']), 'header'),
  name: maybe.text,
  value: described(z.optional(text), 'The version that you pin'),
  echo: described(z.optional(headerName), 'Header in which each answer names its version'),
  absent: described(z.optional(text), 'The version that answers a call without one'),
  shownAt: described(z.optional(jsonPointer), 'Where the read answer shows its version'),
  differs: described(
    z.optional(z.strictObject({ pointer: jsonPointer, values: z.array(filled).check(z.minLength(2), z.maxLength(2)) })),
    'Where nothing names the version: two versions, and the member of the read answer that is another in each',
  ),
  neverReleased: described(z._default(text, '1999-01-01'), 'A version that never existed'),
  unknown: maybe.statuses,
  removed: described(z.optional(z.record(text, statusSet)), 'Removed version -> what it is answered'),
  latestOnlyInSandbox: described(z.optional(z.boolean()), 'The sandbox accepts the latest version alone'),
});

const requestId = z.strictObject({
  headers: z._default(z.array(headerName), []),
  body: maybe.pointer,
});

const errorSample = z.strictObject({
  status: described(z.optional(status), 'The status that it is a sample of'),
  headers: z.optional(headersOf(headerValue)),
  body: described(
    z.optional(json),
    'The body as the provider sends it: a text (XML, for one) or JSON; {{requestId}} stands for the id of the request',
  ),
  code: described(
    z.optional(z.union([filled, z.number()], { error: 'a text or a number' })),
    'The error code alone, where the rest of the body follows the shape',
  ),
});

const errorShape = z.strictObject({
  contentType: maybe.text,
  required: z._default(z.array(jsonPointer), []),
  code: described(z.optional(jsonPointer), 'The stable member to branch on'),
  types: described(
    z.optional(z.record(z.string(), z.enum(['string', 'number', 'boolean', 'array', 'object']))),
    'JSON Pointer -> JSON type, where a client could take it for another',
  ),
  sample: described(
    z.optional(errorSample),
    'An answer of this status as the provider makes it: what your client is answered under faults',
  ),
});

const scalars = z
  .array(z.union([text, z.number(), z.boolean(), z.null()], { error: 'a string, a number, true, false or null' }))
  .check(z.minLength(1));

const inSuccess = z
  .strictObject({
    pointer: jsonPointer,
    values: described(z.optional(scalars), 'What it says of an error; default: anything but null, false, 0 and empty'),
    except: described(z.optional(scalars), 'What it says of a success, where anything else is an error: [0] or ["OK"]'),
  })
  .check(
    z.refine(({ values, except }) => values === undefined || except === undefined, 'either values or except, not both'),
  );

const errors = z.strictObject({
  inSuccess: described(
    z.optional(
      z.union([z.literal(false), inSuccess], {
        error: 'false, or a map with pointer, and values or except where needed',
      }),
    ),
    'How a 2xx answer reports that the call was refused; false: a 2xx is always a success',
  ),
  default: z.optional(errorShape),
  byStatus: z._default(
    z.record(z.string().check(z.regex(/^[1-5](\d\d|xx)$/, 'a status such as 429, or a class such as 5xx')), errorShape),
    {},
  ),
  message: described(z.optional(jsonPointer), 'The member with words for people'),
});

const quotaShape = {
  requests: positive,
  windowMs: durationMs,
  burst: described(z.optional(positive), 'Requests that may come at once'),
};

const rateLimit = z.strictObject({
  statuses: z._default(statusSet, [429, 503, 403, 529]),
  operation: described(z._default(text, 'read'), 'The operation that is limited: what a burst calls'),
  quota: z.optional(z.strictObject(quotaShape)),
  sandboxQuota: z.optional(z.strictObject(quotaShape)),
  failuresCount: notYet(described(z.optional(z.boolean()), 'Refused calls count too')),
  minFirstWaitMs: described(z.optional(durationMs), 'The least wait after a limit answer'),
  headers: z.optional(
    z.strictObject({
      limit: maybe.header,
      remaining: maybe.header,
      reset: maybe.header,
      resetFormat: z.optional(
        z.enum(['epoch-seconds', 'epoch-ms', 'delta-seconds', 'duration', 'http-date', 'rfc3339']),
      ),
      draft: described(z.optional(z.boolean()), 'RateLimit and RateLimit-Policy of the IETF draft'),
    }),
  ),
  neverRetry: described(z._default(texts, []), 'Error codes under which a retry is useless'),
  body: described(z.optional(json), 'The body of a limit answer, where it differs from other errors'),
});

const pagination = z.strictObject({
  operation: described(z._default(text, 'list'), 'The operation that answers a page'),
  style: z.enum(['cursor', 'page', 'offset', 'next-url', 'link-header']),
  limitParameter: maybe.text,
  cursorParameter: maybe.text,
  pageParameter: maybe.text,
  offsetParameter: maybe.text,
  firstPage: described(z._default(z.int(), 1), 'Number of the first page'),
  maximum: maybe.positive,
  default: maybe.positive,
  items: jsonPointer,
  next: described(
    z.optional(jsonPointer),
    'Where a page names the next cursor or URL; unset: the last id is the cursor',
  ),
  id: z._default(jsonPointer, '/id'),
  end: z.enum(['null-next', 'empty-page', 'has-more', 'short-page', 'no-link', 'last-page']),
  hasMore: described(
    z.optional(jsonPointer),
    'Where a page says whether another follows; default: has_more or hasMore, at the top or beside the items',
  ),
  pages: described(z.optional(jsonPointer), 'Where an answer says how many pages there are'),
});

const retry = z.strictObject({
  on: described(z.optional(z.array(z.int())), 'Statuses that must be retried; default 500, 502, 503, 504 and 429'),
  may: described(z.optional(z.array(z.int())), 'Statuses that may be retried; default 408, 409 while in flight, 425'),
  never: z.optional(z.array(z.int())),
  minFirstWaitMs: maybe.ms,
  maxAttempts: maybe.positive,
  hintHeader: notYet(described(z.optional(headerName), 'Header in which the API says whether to retry')),
  maxRetryAfterMs: notYet(z.optional(durationMs)),
});

const webhookContract = z.strictObject({
  scheme: described(
    z.optional(z.enum(SCHEME_NAMES)),
    'A known way of signing; every other member here changes one fact of it',
  ),
  header: described(
    z.optional(z.union([headerName, z.array(headerName)], { error: 'an HTTP header name, or a list of them' })),
    'Carries the signature; of a list, each does',
  ),
  timestampHeader: described(maybe.header, 'Carries the timestamp, where the header of the signature does not'),
  algorithm: z.optional(z.enum(ALGORITHMS)),
  encoding: z.optional(z.enum(['hex', 'base64'])),
  signs: described(
    z.optional(text),
    'What is signed: {body}, {id}, {timestamp} and {url}, with what stands between them; default {body}',
  ),
  value: described(
    z.optional(text),
    'The value of the header: {signature} and {timestamp}, with what stands around them; default {signature}',
  ),
  further: described(
    z.optional(text),
    'What a further signature adds to that value while a secret is rotated; default: there is one signature only',
  ),
  secretEncoding: described(z.optional(z.enum(['utf8', 'base64', 'hex'])), 'How the secret stands for its bytes'),
  secretPrefix: described(maybe.text, 'Begins a secret, and is no part of its bytes: whsec_'),
  timestampUnit: z.optional(z.enum(['s', 'ms'])),
  toleranceMs: described(maybe.ms, 'How old a timestamp may be'),
  future: described(
    z.optional(z.enum(['refused', 'accepted'])),
    'What becomes of a timestamp that is ahead by more than the tolerance; default refused',
  ),
  id: described(z.optional(text), 'Header name or JSON Pointer of the event id'),
  type: described(z.optional(text), 'Header name or JSON Pointer of the event type'),
  ackMs: described(maybe.ms, 'How soon an event must be acknowledged'),
  events: maybe.texts,
  changing: described(
    z.optional(z.array(jsonPointer)),
    'Members that differ from delivery to delivery of one event, such as a counter of attempts',
  ),
  refused: described(z.optional(statusSet), 'How a receiver refuses an event; default: any 4xx but 404 and 405'),
  maxDeliveries: maybe.positive,
  redeliveriesMs: described(z.optional(z.array(durationMs)), 'Waits between the deliveries of one event'),
});

const trigger = z.strictObject({
  headers: headersOf(text),
  statuses: maybe.statuses,
});

export const contractSchema = z.strictObject({
  name: maybe.text,
  sources: described(z.optional(texts), 'Pages of the provider on which this contract rests'),
  auth: z.prefault(auth, {}),
  environments: z.optional(environments),
  https: z.optional(z.strictObject({ plain: maybe.statuses })),
  addresses: z.optional(
    z.strictObject({
      unlisted: z.strictObject({
        statuses: z._default(statusSet, [401, 403]),
        code: maybe.text,
        refused: z._default(z.boolean(), true),
      }),
    }),
  ),
  idempotency: z.optional(idempotency),
  version: z.optional(version),
  requestId: z.optional(requestId),
  errors: z.optional(errors),
  maxBodyBytes: described(z.optional(positive), 'The largest request body that is taken; default: 1 MiB is tried'),
  latency: z.optional(z.strictObject({ p95Ms: durationMs })),
  rateLimit: z.optional(rateLimit),
  pagination: z.optional(pagination),
  batch: z.optional(
    z.strictObject({
      operation: text,
      maximum: maybe.positive,
      items: described(z.optional(jsonPointer), 'Where the body of the operation holds the items'),
      results: described(z.optional(jsonPointer), 'Where the answer holds one entry per item; default: as in the body'),
    }),
  ),
  caching: described(z.optional(z.record(text, durationMs)), 'Path -> how long its answer may be reused'),
  retry: z.optional(retry),
  triggers: described(
    z.optional(z.record(text, trigger)),
    'Error code -> how a test call provokes it, in the sandbox only',
  ),
  webhook: z.optional(webhookContract),
});

const failingCall = z.strictObject({
  body: maybe.json,
  form: z.optional(z.record(text, formValue)),
  path: z.optional(place),
  field: described(z.optional(text), 'The field at fault: its name must be in the answer'),
});

const count = z.strictObject({
  path: described(
    z.string().check(readable),
    'List or look-up call; {{unique}} (in its forms) and {{key}} are filled in',
  ),
  query: z.optional(z.record(text, text)),
  items: described(z.optional(jsonPointer), 'Where the answer holds the items; "" for a top-level array'),
  total: maybe.pointer,
  totalHeader: maybe.header,
});

export const operationSchema = z.strictObject({
  method: z.optional(method),
  path: z.optional(operationPath),
  query: z.optional(z.record(text, text)),
  headers: z.optional(headersOf(headerValue)),
  body: described(
    z.optional(json),
    'JSON body; {{unique}} in a string, or in the name of a member, becomes a fresh value per operation; {{unique:number}}, {{unique:number:12}}: of digits, alone a JSON number; {{unique:12}}, {{unique:12:0-9A-Z}}: so many characters of an alphabet; \\{{…}} stays as it is',
  ),
  form: described(z.optional(z.record(text, formValue)), 'application/x-www-form-urlencoded body'),
  expect: maybe.statuses,
  answer: described(z.optional(json), 'A sample success body: what the stub answers to your client'),
  answerStatus: z.optional(status),
  answerHeaders: z.optional(z.record(headerName, text)),
  id: described(z.optional(jsonPointer), 'Where the answer names the resource; default /id'),
  location: described(z._default(z.boolean(), true), 'Whether Location names the resource'),
  changes: described(z.optional(json), 'Members that make "another body" for the same key'),
  fails: described(
    z.optional(z.record(z.string().check(z.regex(/^4\d\d$/, 'a 4xx status')), failingCall)),
    'Status -> a sample call that fails with it',
  ),
  count: described(z.optional(count), 'How to count what was created'),
  poll: z.optional(
    z.strictObject({
      path: place,
      status: jsonPointer,
      done: described(texts.check(z.minLength(1)), 'Terminal states, good and bad'),
      failed: described(z.optional(texts), 'Those of them that mean failure'),
      pending: described(z._default(text, 'pending'), 'The status while it is under way'),
      everyMs: described(z.optional(durationMs), 'Least time from one status read to the next, ms'),
      withinMs: described(z._default(durationMs, 60_000), 'How long a create may take to be finished, ms'),
    }),
  ),
  delete: z.optional(z.strictObject({ method: z._default(method, 'DELETE'), path: place })),
  takes: described(
    z.optional(
      z.record(
        text.check(z.regex(/^[\w-]+$/, 'a name such as quotation')),
        z.strictObject({ operation: text, value: jsonPointer }),
      ),
    ),
    'Placeholder -> the operation that is performed before, and where its answer holds the value',
  ),
  schema: described(z.optional(json), 'JSON Schema of the request body (draft 2020-12 or draft-07)'),
});

const egress = z.strictObject({
  via: proxyUrl(
    described(z._default(place, 'direct'), 'direct, a local address, or an http://, https:// or socks5:// proxy'),
  ),
  listed: described(z.boolean(), "Whether the provider's allow list has its address"),
  address: shown(
    described(
      z.optional(z.union([z.ipv4(), z.ipv6()], { error: 'an IP address such as 203.0.113.7' })),
      'The address under which the API sees it',
    ),
  ),
});

export const endpointSchema = z.strictObject({
  url: shown(
    described(
      // Filled in from the contract before this is parsed; where it is still missing, that is told apart.
      z.pipe(
        z.optional(baseUrl),
        z.transform((url) => url ?? ''),
      ),
      'Base URL; may be left out where contract.environments names one for the environment',
    ),
  ),
  environment: shown(z._default(z.enum(['sandbox', 'live']), 'sandbox')),
  calls: described(
    z._default(z.enum(['all', 'none']), 'all'),
    'none: golive-check itself calls nothing there; the section then says what your client calls',
  ),
  key: secret(z.optional(filled)),
  revokedKey: secret(z.optional(filled)),
  restrictedKey: secret(z.optional(filled)),
  inScope: described(z._default(text, 'read'), 'Operation that restrictedKey may perform: the control'),
  outOfScope: described(z._default(text, 'create'), 'Operation that restrictedKey must not perform'),
  secondAccountKey: secret(z.optional(filled)),
  keyInQuery: described(z._default(z.enum(['wrong', 'real']), 'wrong'), 'Which key the query probe sends'),
  ca: shown(described(z.optional(text), 'Certificate authority of the endpoint: a PEM file, or PEM text')),
  plainUrl: shown(
    described(
      z.optional(z.string().check(readable, z.url({ protocol: /^http$/, error: 'an http:// URL' }), bare, anonymous)),
      'Where the same API would answer without TLS; default: url with http:// (loopback hosts are not asked)',
    ),
  ),
  burst: described(z.optional(positive), 'Most calls of limits-bursts; default: from the quota, at most 150'),
  cooldown: described(z._default(durationMs, 0), 'Pause between groups of probes'),
  mock: described(z._default(z.boolean(), false), 'A mock server, which promises no state'),
  provoke: described(
    z._default(z.array(z.literal(PROVOKED_STATUSES, { error: `one of ${PROVOKED_STATUSES.join(', ')}` })), [
      ...PROVOKED_STATUSES,
    ]),
    'Errors that unusual calls provoke, to judge them: 405 (method), 413 (body size), 414 (URL size), 415 (media type); [] for none',
  ),
  openapi: shown(
    described(
      z.optional(z.string().check(readable, z.minLength(1), unnamed)),
      'OpenAPI description (2.0, 3.0, 3.1; YAML or JSON) of the API: a file, relative to the config, or a URL',
    ),
  ),
  operations: described(
    z._default(z.record(text, operationSchema), {}),
    'By name: read (the control), create, list, …; merged over those of a built-in contract, unless the path differs',
  ),
  egress: z.optional(z.record(text, egress)),
  allowWrites: described(
    z._default(z.union([z.boolean(), text], { error: 'true, false, or the host' }), false),
    'Writes to a live endpoint: true, or the host',
  ),
  headers: described(z.optional(headersOf(headerValue)), 'Sent with every call'),
});

const hostName = z
  .string()
  .check(
    z.regex(/^([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f]*:[0-9a-f:.]*)$/i, 'a host name, without scheme, port and path'),
  );

const command = z.union([filled, texts.check(z.minLength(1))], {
  error: 'a command line, or a list of its words',
});

const ready = z.union(
  [
    text,
    z.strictObject({
      url: z.optional(place),
      output: maybe.text,
      withinMs: z._default(durationMs, 60_000),
    }),
  ],
  { error: 'a string, or a map with url or output' },
);

/** Runs without faults unless said otherwise, and ends with exit 0. */
function workload(does: string) {
  return described(z.optional(z.strictObject({ command })), does);
}

function workloadOf(does: string) {
  const operation = described(z.optional(text), 'The operation that it is about; default: client.operation');
  return described(z.optional(z.strictObject({ command, operation })), does);
}

const workloads = z.strictObject({
  list: workload('Goes once through the whole list, from the first item to the last (contract.pagination)'),
  read: workload('Reads the same thing at least twice, one after the other (contract.caching)'),
  concurrent: workload('Reads the same thing at least twice at once'),
  many: workload('Creates several at once, as many as a batch may hold, or fewer (contract.batch)'),
  async: workloadOf('Creates one and waits until it is done (poll of the operation); default: command'),
  burst: workloadOf('Performs the operation ten times or more; it is also run under lasting 429'),
});

export const clientSchema = z.strictObject({
  command: z.optional(command),
  cwd: shown(z.optional(text)),
  env: z._default(z.record(text, text), {}),
  baseUrlEnv: z.optional(oneOrMore),
  intercept: described(
    z.optional(z.literal('proxy')),
    "For a client whose base URL is fixed: an HTTP proxy and a certificate authority, by the environment, catch its calls to endpoint.url's host",
  ),
  interceptAuth: described(
    z._default(z.enum(['on', 'off']), 'on'),
    'Under interception: off lets the proxy serve whoever calls it, for a client that cannot send proxy credentials',
  ),
  passThrough: shown(
    described(
      z._default(z.array(hostName), []),
      'Under interception: other hosts that may be called for real, e.g. auth.example.com; this machine may always',
    ),
  ),
  operation: z._default(text, 'create'),
  upstream: z._default(z.enum(['stub', 'endpoint']), 'stub'),
  key: secret(described(z.optional(filled), 'The credential that the client uses, where it is not endpoint.key')),
  service: z.optional(
    z.strictObject({
      start: command,
      ready,
      trigger: z.union(
        [
          z.strictObject({ command }),
          z.strictObject({
            method: z._default(method, 'POST'),
            url: place,
            headers: z.optional(headersOf(headerValue)),
            body: maybe.json,
            expect: maybe.statuses,
          }),
        ],
        { error: 'a map with command, or one with url' },
      ),
    }),
  ),
  workloads: described(
    z.prefault(workloads, {}),
    'Further commands, each of which shows what one run of command does not',
  ),
  patience: described(z._default(durationMs, 60_000), 'How long one scenario may take, ms'),
  repeats: described(
    z._default(z.int().check(z.minimum(FEWEST_REPEATS), z.maximum(50)), USUAL_REPEATS),
    'At most so many runs of one timing scenario',
  ),
  durable: described(z._default(z.boolean(), false), 'The client resumes its work after a crash'),
  logs: shown(described(z._default(texts, []), 'Log files of the client')),
  businessErrors: described(
    z._default(
      z.record(
        text,
        z.strictObject({
          status: z._default(status, 400),
          body: maybe.json,
          reaction: z.enum(['stop', 'retry', 'other-operation']),
          operation: described(z.optional(text), 'What must be called next, under other-operation'),
        }),
      ),
      {},
    ),
    'Error code of the operation -> how the client must react',
  ),
  badInputs: described(
    z._default(z.record(text, z.strictObject({ command })), {}),
    'Name -> command with bad input: it must send no write and end in failure',
  ),
});

const effect = z.union(
  [
    z.strictObject({
      url: described(place, 'Read with GET'),
      pointer: described(
        maybe.pointer,
        'Where the number, or the list of ids, stands in the answer; default: the whole',
      ),
      headers: z.optional(headersOf(headerValue)),
    }),
    z.strictObject({ command: described(command, 'Prints the number, or the list of ids, as JSON') }),
  ],
  { error: 'a map with url, or one with command' },
);

const webhookSchema = z.strictObject({
  url: shown(described(z.string(HTTP_URL).check(readable, unnamed), 'Where your receiver takes events')),
  allowRemote: described(
    maybe.flag,
    'Lets events go to a URL that is not on this machine; else they are sent to loopback addresses alone',
  ),
  command: described(z.optional(command), 'Starts your receiver; without it, it must be running'),
  cwd: maybe.text,
  env: described(z._default(z.record(text, text), {}), 'Further variables of that command'),
  baseUrlEnv: described(
    z.optional(oneOrMore),
    "Variable, or variables, of that command for the base URL of your provider's API, which a stand-in then answers",
  ),
  ready: described(
    z.optional(ready),
    'When it is ready: a URL that answers, or words that it prints; default: when its URL takes a connection',
  ),
  secret: secret(
    described(
      z.optional(z.union([filled, z.array(filled)], { error: 'a string, or a list of strings' })),
      'What events are signed with; of a list, the receiver takes each',
    ),
  ),
  event: described(
    z.optional(z.record(text, json)),
    'A sample event as your provider sends it; {{unique}} becomes a fresh value',
  ),
  effect: described(z.optional(effect), 'How to see what became of an event: a number that grows, or a list of ids'),
  earlier: described(
    z.optional(z.record(text, json)),
    'A sample of an event that comes about before `event`, of the same object, e.g. another status',
  ),
  slow: described(
    z.optional(z.record(text, json)),
    'A sample of an event whose work takes long, e.g. one that makes a report: whether it is acknowledged in time',
  ),
  state: described(
    z.optional(effect),
    'How to see what your receiver takes for the state of the object of the last event',
  ),
  settleMs: described(z._default(durationMs, 2000), 'How long an effect may take to show'),
  patience: described(z._default(durationMs, 30_000), 'How long an answer is waited for'),
});

const attestation = z.strictObject({
  by: described(
    z
      .string()
      .check(readable, z.refine(namesSomebody, 'a person or a team, such as dana@example.com or Payments team')),
    'Who states it: a person or a team',
  ),
  evidence: described(
    z.string().check(readable, z.refine(isEvidence, 'an https:// link, or the path of a file beside this config')),
    'What shows it: a link, or a file of the repository, relative to this config',
  ),
  until: described(z.iso.date('a date such as 2027-01-31'), 'The last day on which it holds; at most a year ahead'),
  since: described(
    z.optional(z.iso.date('a date such as 2027-01-31')),
    'From when on it holds: a file that is older shows nothing',
  ),
  note: described(z.optional(filled.check(readable)), 'Shown in the report'),
  drill: described(
    z.optional(
      z.strictObject({
        command: described(command, 'Prints the alerts or errors that there are'),
        finds: described(filled, 'A text that must stand in it more often after failures than before'),
        waitMs: described(z._default(durationMs, 60_000), 'How long that may take'),
      }),
    ),
    'Of alerts-on-failures, tracks-error-rates and logs-suspicious-activity: what shows it beyond words',
  ),
});

const pathPatterns = z.array(filled).check(z.minLength(1));
const sourceSchema = z.strictObject({
  root: described(
    z.optional(z.string().check(readable, z.minLength(1))),
    "The folder to read, from the config's own; default: the whole repository that the config stands in",
  ),
  include: described(z.optional(pathPatterns), 'Only files that fit: src/**, *.ts; default: all that git tracks'),
  exclude: described(z.optional(pathPatterns), 'Files to leave out: vendor/**'),
  history: described(
    z._default(
      z.union([z.literal(false), z.literal('all'), positive], {
        error: 'all, false, or how many of the newest commits to read',
      }),
      'all',
    ),
    'Commits to read: all, or so many of the newest ones (which leaves the check of history open); false: none',
  ),
  bundles: described(
    z.optional(pathPatterns),
    'What is built for browsers and devices: dist/**/*.js. Read whether or not git tracks it',
  ),
});

const targetShape = {
  extends: shown(
    described(
      z.optional(oneOrMore),
      'Built-in contract, file or package, or a list of them, merged in order; default ietf; none for no promises at all; agent-ready adds a list, and promises nothing',
    ),
  ),
  contract: z.optional(z.partial(contractSchema)),
  endpoint: z.optional(endpointSchema),
  client: z.optional(clientSchema),
  webhook: z.optional(webhookSchema),
  source: z.optional(sourceSchema),
  attestations: described(z.optional(z.record(text, attestation)), 'Check id -> what a person states'),
  waivers: z.optional(z.array(z.strictObject({ check: text, reason: filled, by: filled, until: isoDate }))),
  checks: described(
    z._default(z.record(text, severityOrOff), {}),
    'Check id -> off or a severity; also switches opt-in checks on',
  ),
  budget: z.prefault(
    z.strictObject({
      requests: z._default(positive, 200),
      writes: z._default(z.int().check(z.nonnegative()), 100),
      seconds: described(z._default(positive, 300), 'For the requests of ours, per run'),
      clientSeconds: described(z._default(positive, 1800), 'For all runs of your client'),
    }),
    {},
  ),
};

export const targetSchema = z.strictObject({ name: shown(z.optional(text)), ...targetShape });

/** Several integrations in one file, each judged for itself. */
export const manySchema = z.strictObject({
  $schema: maybe.text,
  targets: z.record(text, targetSchema),
});
export const oneSchema = z.strictObject({ $schema: maybe.text, ...targetSchema.shape });
export const configSchema = z.union([oneSchema, manySchema]);

export type Contract = z.output<typeof contractSchema>;
export type Operation = z.output<typeof operationSchema>;
export type Endpoint = z.output<typeof endpointSchema>;
export type Client = z.output<typeof clientSchema>;
export type Source = z.output<typeof sourceSchema>;
export type Webhook = z.output<typeof webhookSchema>;
export type Target = z.output<typeof targetSchema>;
/** What a user may write for one target. */
export type TargetInput = z.input<typeof targetSchema>;
export type ClientInput = NonNullable<TargetInput['client']>;
export type ContractInput = z.input<typeof contractSchema>;
export type ConfigInput = z.input<typeof configSchema>;

function compiles(text: string): boolean {
  try {
    new RegExp(`^(?:${text})`);
    return true;
  } catch {
    return false;
  }
}
