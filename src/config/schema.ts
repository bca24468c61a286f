// The one schema of the config. Types are inferred from it; the published JSON Schema is generated from it.
import * as z from 'zod';
import { SEVERITIES } from '../types.js';

// Compiling a schema pays off over many parses; ours parses once.
z.config({ jitless: true });

const status = z.int().min(100).max(599);
const statusSet = z
  .union([status.transform((one) => [one]), z.array(status).min(1)], {
    error: 'a status such as 401, or a list such as [401, 403]',
  })
  .describe('One status or a set of them');
const jsonPointer = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)*$/, 'a JSON Pointer such as /data/id (RFC 6901)')
  .describe('JSON Pointer (RFC 6901)');
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'an HTTP header name');
const durationMs = z.int().nonnegative().describe('Milliseconds');
const method = z.enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);
const json: z.ZodType<unknown> = z.unknown();
const severityOrOff = z.enum([...SEVERITIES, 'off']);
const isoDate = z.iso.date();

/** An answer that is told from others by its status and, where given, a code in its body. */
const answerSet = z.strictObject({
  statuses: statusSet,
  codes: z.array(z.string()).optional().describe('Error codes that name this answer, read at errors.code'),
});

const auth = z.strictObject({
  headers: z
    .array(z.strictObject({ name: headerName, prefix: z.string().default('') }))
    .min(1)
    .optional()
    .describe('Headers that carry the key, e.g. { name: Authorization, prefix: "Bearer " }'),
  basic: z
    .strictObject({
      user: z.string().optional().describe('User name; the key is the password. Unset: the key is the user'),
    })
    .optional(),
  query: z.string().optional().describe('Query parameter that carries the key'),
  body: z.string().optional().describe('Body member that carries the key'),
  login: z
    .strictObject({
      method: method.default('POST'),
      path: z.string(),
      body: json.optional(),
      token: jsonPointer,
      lifetime: jsonPointer.optional(),
      lifetimeUnit: z.enum(['ms', 's']).default('s'),
      lifetimeMs: durationMs.optional(),
      header: headerName.default('Authorization'),
      prefix: z.string().default('Bearer '),
      refresh: z.strictObject({ method: method.default('POST'), path: z.string() }).optional(),
    })
    .optional()
    .describe('Log in for a token that the calls carry'),
  wrongKey: z
    .string()
    .optional()
    .describe('A well-formed key that is not valid; default: derived from the shape of yours'),
  publicPrefix: z.string().optional().describe('Regular expression for the part of a key that may be shown'),
  queryNames: z
    .array(z.string())
    .default(['api_key', 'apikey', 'key', 'token', 'access_token'])
    .describe('Query parameters under which a key must not be accepted'),
  missing: statusSet.default([401, 403]),
  wrong: statusSet.default([401, 403]),
  revoked: statusSet.default([401, 403]),
  outOfScope: statusSet.default([403, 401, 404]),
  open: z.array(z.string()).default([]).describe('Paths that need no key'),
});

const environmentFacts = z.strictObject({
  keyPrefixes: z.array(z.string()).optional().describe('How keys of this environment begin (compared without case)'),
  hosts: z.array(z.string()).optional(),
  shown: json.optional().describe('The value at environments.shownAt in this environment'),
});

const environments = z.strictObject({
  sandbox: environmentFacts.optional(),
  live: environmentFacts.optional(),
  shownAt: jsonPointer.optional().describe('Where the read answer names its environment, e.g. /livemode'),
});

const idempotency = z.strictObject({
  header: headerName.optional(),
  bodyField: jsonPointer.optional().describe('Body member that carries the key, e.g. /externalId'),
  firstSentHeader: headerName.optional().describe('Second header of a pair: when the operation was first sent'),
  quoted: z.boolean().default(false).describe('Send the value as a quoted structured-field string'),
  methods: z.array(method).default(['POST']),
  required: z.boolean().optional(),
  missing: statusSet.optional().describe('What a call without the key is answered; default: any 4xx'),
  maxLength: z.int().positive().optional(),
  minLength: z.int().positive().optional(),
  characters: z.string().optional().describe('Regular expression for one allowed character'),
  reservedPrefixes: z.array(z.string()).default([]),
  style: z.enum(['opaque', 'meaningful']).optional(),
  replay: z.enum(['same-response', 'same-resource', 'conflict']).optional(),
  conflict: z
    .strictObject({
      statuses: statusSet,
      resource: jsonPointer.optional().describe('Where the refusal names the first resource'),
    })
    .optional(),
  compare: z.array(jsonPointer).optional().describe('Members compared between first answer and replay; default: all'),
  ignore: z.array(jsonPointer).default([]).describe('Members left out of the comparison'),
  compareHeaders: z.array(headerName).default(['Location']),
  changedBody: z
    .union([z.enum(['replay', 'new']), statusSet], { error: 'replay, new, or a set of statuses such as [409, 422]' })
    .optional()
    .describe('Same key, other body: a set of refusals, the old answer, or a new resource; default: any 4xx'),
  inFlight: answerSet.optional().describe('What a repeat is answered while the first is being performed'),
  stored: z
    .array(z.enum(['2xx', '4xx', '5xx']))
    .optional()
    .describe('Which classes of answer are kept and replayed'),
  marker: z
    .strictObject({ header: headerName, value: z.string().optional() })
    .optional()
    .describe('Header that a replay carries and a first answer does not'),
  windowMs: durationMs.optional(),
  scope: z.array(z.enum(['key', 'account', 'route', 'region', 'version'])).optional(),
  noneOnReads: z.boolean().optional().describe('GET and DELETE must not carry a key'),
});

const version = z.strictObject({
  in: z.enum(['header', 'query', 'path', 'none']).default('header'),
  name: z.string().optional(),
  value: z.string().optional().describe('The version that you pin'),
  echo: headerName.optional().describe('Header in which each answer names its version'),
  absent: z.string().optional().describe('The version that answers a call without one'),
  shownAt: jsonPointer.optional().describe('Where the read answer shows its version'),
  neverReleased: z.string().default('1999-01-01').describe('A version that never existed'),
  unknown: statusSet.optional(),
  removed: z.record(z.string(), statusSet).optional().describe('Removed version -> what it is answered'),
});

const requestId = z.strictObject({
  headers: z.array(headerName).default([]),
  body: jsonPointer.optional(),
});

const errorShape = z.strictObject({
  contentType: z.string().optional(),
  required: z.array(jsonPointer).default([]),
  code: jsonPointer.optional().describe('The stable member to branch on'),
});

const errors = z.strictObject({
  default: errorShape.optional(),
  byStatus: z
    .record(z.string().regex(/^[1-5](\d\d|xx)$/, 'a status such as 429, or a class such as 5xx'), errorShape)
    .default({}),
  message: jsonPointer.optional().describe('The member with words for people'),
});

const rateLimit = z.strictObject({
  statuses: statusSet.default([429, 503, 403, 529]),
  quota: z.strictObject({ requests: z.int().positive(), windowMs: durationMs }).optional(),
  sandboxQuota: z.strictObject({ requests: z.int().positive(), windowMs: durationMs }).optional(),
  headers: z
    .strictObject({
      limit: headerName.optional(),
      remaining: headerName.optional(),
      reset: headerName.optional(),
      resetFormat: z.enum(['epoch-seconds', 'epoch-ms', 'delta-seconds', 'duration', 'http-date']).optional(),
      draft: z.boolean().optional().describe('RateLimit and RateLimit-Policy of the IETF draft'),
    })
    .optional(),
  neverRetry: z.array(z.string()).default([]).describe('Error codes under which a retry is useless'),
  body: json.optional().describe('The body of a limit answer, where it differs from other errors'),
});

const pagination = z.strictObject({
  style: z.enum(['cursor', 'page', 'offset', 'next-url', 'link-header']),
  limitParameter: z.string().optional(),
  cursorParameter: z.string().optional(),
  pageParameter: z.string().optional(),
  offsetParameter: z.string().optional(),
  maximum: z.int().positive().optional(),
  default: z.int().positive().optional(),
  items: jsonPointer,
  next: jsonPointer.optional(),
  id: jsonPointer.default('/id'),
  end: z.enum(['null-next', 'empty-page', 'has-more', 'short-page', 'no-link']),
  hasMore: jsonPointer.optional(),
});

const retry = z.strictObject({
  on: z.array(z.int()).optional().describe('Statuses that must be retried; default 500, 502, 503, 504 and 429'),
  may: z.array(z.int()).optional().describe('Statuses that may be retried; default 408, 409 while in flight, 425'),
  never: z.array(z.int()).optional(),
  minFirstWaitMs: durationMs.optional(),
  maxAttempts: z.int().positive().optional(),
  hintHeader: headerName.optional().describe('Header in which the API says whether to retry'),
  maxRetryAfterMs: durationMs.optional(),
});

const webhookContract = z.strictObject({
  scheme: z.enum(['standard', 'svix', 'stripe', 'hmac-hex', 'hmac-base64', 'github']).optional(),
  header: z.union([headerName, z.array(headerName)]).optional(),
  timestampUnit: z.enum(['s', 'ms']).optional(),
  toleranceMs: durationMs.optional(),
  id: z.string().optional().describe('Header name or JSON Pointer of the event id'),
  ackMs: durationMs.optional(),
  events: z.array(z.string()).optional(),
});

export const contractSchema = z.strictObject({
  name: z.string().optional(),
  sources: z.array(z.string()).optional().describe('Pages of the provider on which this contract rests'),
  auth: auth.prefault({}),
  environments: environments.optional(),
  https: z.strictObject({ plain: statusSet.optional() }).optional(),
  addresses: z
    .strictObject({
      unlisted: z.strictObject({
        statuses: statusSet.default([401, 403]),
        code: z.string().optional(),
        refused: z.boolean().default(true),
      }),
    })
    .optional(),
  idempotency: idempotency.optional(),
  version: version.optional(),
  requestId: requestId.optional(),
  errors: errors.optional(),
  latency: z.strictObject({ p95Ms: durationMs }).optional(),
  rateLimit: rateLimit.optional(),
  pagination: pagination.optional(),
  batch: z
    .strictObject({ operation: z.string(), maximum: z.int().positive().optional(), items: jsonPointer.optional() })
    .optional(),
  caching: z.record(z.string(), durationMs).optional().describe('Path -> how long its answer may be reused'),
  retry: retry.optional(),
  webhook: webhookContract.optional(),
});

const keyOfSecret = z.string().min(1);

const failingCall = z.strictObject({
  body: json.optional(),
  form: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  path: z.string().optional(),
  field: z.string().optional().describe('The field at fault: its name must be in the answer'),
});

const count = z.strictObject({
  path: z.string().describe('List or look-up call; {{unique}}, {{key}} and {{id}} are filled in'),
  query: z.record(z.string(), z.string()).optional(),
  items: jsonPointer.optional().describe('Where the answer holds the items; "" for a top-level array'),
  total: jsonPointer.optional(),
  totalHeader: headerName.optional(),
});

export const operationSchema = z.strictObject({
  method: method.optional(),
  path: z.string().optional(),
  query: z.record(z.string(), z.string()).optional(),
  headers: z.record(headerName, z.string()).optional(),
  body: json.optional().describe('JSON body; {{unique}} in a string becomes a fresh value per operation'),
  form: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('application/x-www-form-urlencoded body'),
  expect: statusSet.optional(),
  answer: json.optional().describe('A sample success body: what the stub answers to your client'),
  answerStatus: status.optional(),
  answerHeaders: z.record(headerName, z.string()).optional(),
  id: jsonPointer.optional().describe('Where the answer names the resource; default /id'),
  location: z.boolean().default(true).describe('Whether Location names the resource'),
  changes: json.optional().describe('Members that make "another body" for the same key'),
  fails: z
    .record(z.string().regex(/^4\d\d$/, 'a 4xx status'), failingCall)
    .optional()
    .describe('Status -> a sample call that fails with it'),
  count: count.optional().describe('How to count what was created'),
  poll: z
    .strictObject({
      path: z.string(),
      status: jsonPointer,
      done: z.array(z.string()).min(1),
      everyMs: durationMs.default(1000),
    })
    .optional(),
  delete: z.strictObject({ method: method.default('DELETE'), path: z.string() }).optional(),
  schema: json.optional().describe('JSON Schema of the request body'),
});

const egress = z.strictObject({
  via: z.string().default('direct').describe('direct, a local address, or an http://, https:// or socks5:// proxy'),
  listed: z.boolean(),
});

export const endpointSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'an http:// or https:// URL' }),
  environment: z.enum(['sandbox', 'live']).default('sandbox'),
  key: keyOfSecret.optional(),
  revokedKey: keyOfSecret.optional(),
  restrictedKey: keyOfSecret.optional(),
  secondAccountKey: keyOfSecret.optional(),
  keyInQuery: z.enum(['wrong', 'real']).default('wrong').describe('Which key the query probe sends'),
  ca: z.string().optional().describe('PEM file with the certificate authority of the endpoint'),
  cooldown: durationMs.default(0).describe('Pause between groups of probes'),
  mock: z.boolean().default(false).describe('A mock server, which promises no state'),
  operations: z.record(z.string(), operationSchema).default({}),
  egress: z.record(z.string(), egress).optional(),
  allowWrites: z
    .union([z.boolean(), z.string()])
    .default(false)
    .describe('Writes to a live endpoint: true, or the host'),
  headers: z.record(headerName, z.string()).optional().describe('Sent with every call'),
});

const command = z.union([z.string().min(1), z.array(z.string()).min(1)], {
  error: 'a command line, or a list of its words',
});

export const clientSchema = z.strictObject({
  command: command.optional(),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  baseUrlEnv: z.union([z.string(), z.array(z.string())]).optional(),
  intercept: z.literal('proxy').optional(),
  operation: z.string().default('create'),
  upstream: z.enum(['stub', 'endpoint']).default('stub'),
  key: keyOfSecret.optional().describe('The credential that the client uses, where it is not endpoint.key'),
  service: z
    .strictObject({
      start: command,
      ready: z.union([
        z.string(),
        z.strictObject({
          url: z.string().optional(),
          output: z.string().optional(),
          withinMs: durationMs.default(60_000),
        }),
      ]),
      trigger: z.union([
        z.strictObject({ command }),
        z.strictObject({
          method: method.default('POST'),
          url: z.string(),
          headers: z.record(headerName, z.string()).optional(),
          body: json.optional(),
          expect: statusSet.optional(),
        }),
      ]),
    })
    .optional(),
  workloads: z
    .record(z.string(), z.strictObject({ command, expect: z.enum(['success', 'failure']).default('success') }))
    .default({}),
  patience: durationMs.default(60_000).describe('How long one scenario may take, ms'),
  repeats: z.int().min(5).max(50).default(10).describe('At most so many runs of one timing scenario'),
  durable: z.boolean().default(false).describe('The client resumes its work after a crash'),
  logs: z.array(z.string()).default([]).describe('Log files of the client'),
  businessErrors: z
    .record(
      z.string(),
      z.strictObject({
        status: status.default(400),
        body: json.optional(),
        reaction: z.enum(['stop', 'retry', 'other-operation']),
        operation: z.string().optional(),
      }),
    )
    .default({})
    .describe('Error code -> how the client must react'),
  badInputs: z
    .record(z.string(), z.strictObject({ command }))
    .default({})
    .describe('Commands with bad input that must send nothing'),
});

const webhookSchema = z.strictObject({
  url: z.string(),
  command: command.optional(),
  ready: z.string().optional(),
  secret: z.union([keyOfSecret, z.array(keyOfSecret)]).optional(),
  event: json.optional(),
  effect: z.union([z.strictObject({ url: z.string() }), z.strictObject({ command })]).optional(),
});

const targetShape = {
  extends: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe(
      'Built-in contract, file or package, or a list of them, merged in order; default ietf; none for no promises at all',
    ),
  contract: contractSchema.partial().optional(),
  endpoint: endpointSchema.optional(),
  client: clientSchema.optional(),
  webhook: webhookSchema.optional(),
  source: z
    .strictObject({
      include: z.array(z.string()).optional(),
      exclude: z.array(z.string()).optional(),
      history: z.boolean().optional(),
      bundles: z.array(z.string()).optional(),
    })
    .optional(),
  attestations: z
    .record(z.string(), z.strictObject({ by: z.string(), evidence: z.string(), until: isoDate }))
    .optional(),
  waivers: z
    .array(z.strictObject({ check: z.string(), reason: z.string().min(1), by: z.string().min(1), until: isoDate }))
    .optional(),
  checks: z
    .record(z.string(), severityOrOff)
    .default({})
    .describe('Check id -> off or a severity; also switches opt-in checks on'),
  budget: z
    .strictObject({
      requests: z.int().positive().default(200),
      writes: z.int().nonnegative().default(100),
      seconds: z.int().positive().default(300).describe('For the requests of ours, per run'),
    })
    .prefault({}),
};

export const targetSchema = z.strictObject({ name: z.string().optional(), ...targetShape });

/** Several integrations in one file, each judged for itself. */
export const manySchema = z.strictObject({
  $schema: z.string().optional(),
  targets: z.record(z.string(), targetSchema),
});
export const oneSchema = z.strictObject({ $schema: z.string().optional(), ...targetSchema.shape });
export const configSchema = z.union([oneSchema, manySchema]);

export type Contract = z.output<typeof contractSchema>;
export type Operation = z.output<typeof operationSchema>;
export type Endpoint = z.output<typeof endpointSchema>;
export type Client = z.output<typeof clientSchema>;
export type Target = z.output<typeof targetSchema>;
/** What a user may write for one target. */
export type TargetInput = z.input<typeof targetSchema>;
export type ContractInput = z.input<typeof contractSchema>;
export type ConfigInput = z.input<typeof configSchema>;
