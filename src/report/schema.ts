// The JSON report as a zod schema: its types, and the JSON Schema that is published.
import * as z from 'zod';
import { LINE_OUTCOMES } from '../checklists/decide.js';
import { SEVERITIES } from '../checks/severity.js';
import { BASES, KINDS, OUTCOMES, TOPICS } from '../checks/verdict.js';
import { CREDENTIAL_USES, type Exchange, PROVOKED_STATUSES, RESENT_AFTER, ROLES } from '../evidence/exchange.js';
import { FACTS } from '../evidence/fact.js';
import { attemptSchema } from './attempts.js';

const headerPairs = z.array(z.tuple([z.string(), z.string()])).describe('Name and value in wire order');
const body = z.object({
  text: z.string(),
  bytes: z.int().describe('Bytes on the wire, before redaction and cutting'),
  truncated: z.boolean(),
  encoding: z.enum(['utf8', 'base64']),
  notKept: z
    .object({ coding: z.string().nullable(), sha256: z.string() })
    .exactOptional()
    .describe('Of what does not unpack as a whole, and of what is no text: its content coding, and what it hashes to'),
});

const way = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plain') }),
  z.object({ kind: z.literal('fresh') }),
  z.object({ kind: z.literal('tls'), version: z.enum(['TLSv1', 'TLSv1.1']) }),
  z.object({ kind: z.literal('egress'), name: z.string(), via: z.string() }),
]);

export const exchangeSchema = z.object({
  id: z.string(),
  probe: z.string().exactOptional().describe('The probe that sent it'),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: headerPairs,
    body: body.nullable(),
    credential: z.enum(CREDENTIAL_USES),
    write: z.boolean(),
    operation: z.string().nullable(),
    expected: z.array(z.int()),
    idempotencyKey: z.string().nullable(),
    version: z.string().nullable(),
    way: way.exactOptional().describe('How it reached the API, where not by the usual connections'),
    role: z.enum(ROLES).exactOptional().describe('What it is for, where it is no operation of the config'),
    provokes: z.literal(PROVOKED_STATUSES).exactOptional().describe('The error that it is made to be answered with'),
    testCase: z.literal(true).exactOptional().describe('It asks for a test case of the API (contract.triggers)'),
    unique: z.string().exactOptional().describe('What {{unique}} stands for in it'),
    vector: z.string().exactOptional().describe('Of an event sent to your receiver: which attack it is'),
  }),
  interim: z.array(z.object({ status: z.int(), headers: headerPairs })).describe('1xx answers'),
  response: z.object({ status: z.int(), statusText: z.string(), headers: headerPairs, body }).nullable(),
  ended: z.enum([
    'complete',
    'cut-by-us',
    'refused',
    'dns',
    'tls',
    'unreachable',
    'vantage',
    'timeout',
    'closed',
    'malformed',
    'too-large',
    'aborted',
  ]),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  startedAtMs: z.number().describe('ms since the run began'),
  sentAtMs: z.number().nullable(),
  firstByteAtMs: z.number().nullable(),
  endedAtMs: z.number(),
  startedAtEpochMs: z.number(),
  remoteAddress: z.string().nullable(),
  refusal: z
    .object({ by: z.enum(['contract', 'likeness', 'assumption']), sign: z.string() })
    .exactOptional()
    .describe('Why a 2xx answer is no success'),
  tls: z
    .object({
      protocol: z.string().nullable(),
      cipher: z.string().nullable(),
      authorizationError: z.string().nullable(),
      subject: z.string().nullable(),
      issuer: z.string().nullable(),
      validTo: z.string().nullable(),
      issuerValidTo: z.string().exactOptional(),
    })
    .nullable(),
  repeats: z.string().nullable().describe('Id of the exchange that this one deliberately repeats'),
  resent: z
    .object({ of: z.string(), after: z.enum(RESENT_AFTER) })
    .exactOptional()
    .describe('The exchange whose place it takes, and why'),
  leaks: z
    .array(z.object({ secret: z.string(), where: z.enum(['status line', 'header', 'body']), encoding: z.string() }))
    .describe('Credentials found in the answer, before they were redacted'),
});

/** All members read-only, however they are declared. */
type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// Does not compile where the schema and the type differ in any member.
true satisfies Same<Frozen<z.output<typeof exchangeSchema>>, Frozen<Exchange>>;

const outcome = z.enum(OUTCOMES);
const severity = z.enum(SEVERITIES);
const basis = z.enum(BASES);

const checklistLine = z.object({
  item: z.string(),
  provider: z.string(),
  text: z.string(),
  source: z.string().describe('Page of the provider that asks for it'),
  outcome: z
    .enum(LINE_OUTCOMES)
    .describe('The worst of its checks; open: none of them says anything yet; information: there is nothing to check'),
  basis: basis.nullable().describe('null: nothing is known yet'),
  checks: z.array(z.string()).describe('Ids of the checks behind it that were judged'),
  decidedBy: z.array(z.string()).describe('Those of them that made the outcome'),
  inPart: z.boolean().describe('It is answered, but checks that are not configured or not run may change that'),
  notConfigured: z
    .array(z.string())
    .describe(
      'Ids of checks that do not apply while no other of their kind does; of agent-ready: all that do not apply',
    ),
  notRun: z.array(z.string()).describe('Ids of checks behind it that this run left out'),
});

const saved = z.object({
  writtenBy: z.string().nullable().describe('Version of golive-check that wrote it; null: it does not say'),
  edited: z.string().nullable().describe('Why it does not count as it was written; null: it does'),
  missing: z
    .object({ targets: z.array(z.string()), checks: z.array(z.string()) })
    .describe('What its manifest names and what is missing'),
  unknown: z.array(z.string()).describe('Checks of it that this version does not have'),
  notRead: z.array(z.string()).exactOptional().describe('Members of it that this version does not know, and left out'),
  signature: z
    .object({ holds: z.boolean(), because: z.string() })
    .nullable()
    .describe('Whether the key of --verify proves it; null: not asked'),
});

const cause = z.object({
  id: z.string(),
  title: z.string(),
  severity: severity.describe('The gravest of its checks'),
  because: z.string().describe('What shows it first'),
  fix: z.string(),
  checks: z.array(z.string()).describe('Ids of the checks that it explains; each is explained by one cause at most'),
});

const again = z
  .object({
    command: z.enum(['run', 'client', 'demo']),
    words: z.array(z.string()).describe('Its options as they were given, without the choice of checks'),
    ca: z.string().exactOptional().describe('File of the certificate authority, for other programs'),
  })
  .describe('The command line that began the run: so the same is run again');

const learned = z
  .array(z.object({ what: z.string(), from: z.string() }))
  .describe('Of golive-check client: what runs without faults showed, and what shows it');

const commit = z
  .object({
    id: z.string(),
    changed: z.int().nullable().describe('Tracked files that were not as committed; null: not known'),
  })
  .describe('The commit that the folder of the config stood at when the run began');

const limitedBy = z
  .array(z.string())
  .describe('Options that left out checks, targets or repeats, as --only; absent: not known');

const staleWaiver = z.object({
  check: z.string(),
  reason: z.string(),
  by: z.string(),
  until: z.string(),
  outcome: z.enum(['pass', 'not-applicable', 'not-run']).describe('What became of its check'),
});

/** Of a failure: it was known before, or its check is younger than the baseline. Neither counts. */
export const IN_BASELINE = ['known', 'new-check'] as const;

const baseline = z.object({
  version: z.string().describe('Of golive-check, which wrote it'),
  stale: z
    .array(
      z.object({
        check: z.string(),
        code: z.string(),
        outcome: z.enum(['pass', 'not-applicable', 'fail']).describe('What became of it; fail: by another code'),
      }),
    )
    .describe('Failures that it names and that this run does not show'),
});

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('golive-check'), version: z.string() }),
  run: z.object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    durationMs: z.int(),
    seed: z.int(),
    interrupted: z.boolean(),
    failOn: z.enum([...SEVERITIES, 'never']),
    repeats: z.int().exactOptional().describe('How often all ran (--repeat); the worst verdict of each check counts'),
    maxWarnings: z.int().exactOptional().describe('More failures below failOn make a no-go, too'),
    again: again.exactOptional(),
    learned: learned.exactOptional(),
    commit: commit.exactOptional(),
    limitedBy: limitedBy.exactOptional(),
  }),
  target: z.object({
    name: z.string(),
    url: z.string().nullable(),
    environment: z.enum(['sandbox', 'live']).nullable(),
    extends: z.array(z.string()),
    byDefault: z.boolean().describe('No contract was named: the default one stands in'),
  }),
  verdict: z.enum(['go', 'no-go', 'undecided']),
  exitCode: z.int(),
  totals: z.object({
    pass: z.int(),
    fail: z.int(),
    inconclusive: z.int(),
    'not-applicable': z.int(),
    error: z.int(),
    waived: z.int(),
  }),
  checks: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(KINDS),
      topic: z.enum(TOPICS),
      severity,
      title: z.string(),
      outcome,
      basis,
      code: z.string().describe('Stable word for the branch that decided'),
      because: z.string(),
      expected: z.string().optional(),
      measured: z.string().optional(),
      timeline: z
        .array(
          z.object({
            label: z.string(),
            waitMs: z.number().nullable(),
            key: z
              .string()
              .nullable()
              .optional()
              .describe('A, B, C for each distinct idempotency key of the run; null: none was sent; absent: not known'),
            body: z
              .string()
              .optional()
              .describe(
                'a, b, c for each distinct body of the run; empty: an empty body; absent: it did not arrive whole',
              ),
          }),
        )
        .optional()
        .describe('Attempts of the client: what became of each, and the wait before it'),
      due: z
        .object({ fromMs: z.number(), untilMs: z.number().nullable().describe('null: at any later time') })
        .optional()
        .describe('When the first repeat was expected, ms after the answer before it'),
      places: z
        .array(
          z.object({
            path: z.string().describe('From the root of what was read'),
            line: z.int().optional().describe('From 1; absent: the file as a whole'),
            column: z.int().optional(),
            what: z.string().describe('What stands there, as a phrase'),
          }),
        )
        .optional()
        .describe('Places in your files that show it, the first ones'),
      fact: z.enum(FACTS).optional().describe('The one fact behind it, where it is known'),
      cause: z.string().optional().describe('Id of the cause that explains it, with others'),
      at: z.array(z.string()).describe('Ids of exchanges and attempts that show it'),
      unlock: z
        .array(z.array(z.string()).readonly())
        .readonly()
        .optional()
        .describe(
          'Where it does not apply: keys of the config that would make it apply, each of them, or one of a list; none: nothing would',
        ),
      why: z.string(),
      fix: z.string(),
      refs: z.array(z.string()),
      items: z.array(z.string()).describe('Lines of all lists that it answers'),
      reproduce: z.string().optional().describe('Commands that show the failure again, one a line'),
      waiver: z.object({ reason: z.string(), by: z.string(), until: z.string() }).optional(),
      runs: z
        .array(
          z.object({
            run: z.int().describe('From 1'),
            outcome,
            code: z.string(),
            because: z.string(),
            at: z.array(z.string()).describe('As of the check; ids of later runs end with @2 and so on'),
          }),
        )
        .exactOptional()
        .describe('Under --repeat, where the outcome changed: each run'),
      baseline: z
        .enum(IN_BASELINE)
        .exactOptional()
        .describe('A failure that does not count: known by the baseline, or of a check that is younger than it'),
    }),
  ),
  causes: z.array(cause).describe('What explains several findings at once, in the order in which to mend it'),
  checklist: z
    .array(checklistLine)
    .describe("Lines of the lists that are extended (a provider's own, agent-ready), each list in its order"),
  coverage: z
    .object({
      items: z.int().describe('The sum of observed, scanned, attested, open and information'),
      observed: z.int(),
      scanned: z.int(),
      attested: z.int(),
      open: z.int().describe('Nothing is known yet: inconclusive, not configured, not run or not built'),
      information: z.int().describe('There is nothing to check'),
      inPart: z.int().describe('Of the observed, scanned and attested lines: those with inPart'),
    })
    .describe('Of the lines of `checklist`'),
  traffic: z.object({
    requests: z.int(),
    writes: z.int(),
    created: z.array(z.string()).describe('Resources that this run made and did not delete'),
  }),
  exchanges: z.array(exchangeSchema),
  notes: z.array(z.string()).optional().describe('What else one must know of the runs of your client'),
  staleWaivers: z.array(staleWaiver).optional().describe('Waivers of the config that match no failure of this run'),
  off: z.array(z.string()).optional().describe('Ids of checks that the config switches off'),
  attempts: z
    .array(attemptSchema)
    .describe(
      'Attempts of your client that a check names in `at`, and those that they are compared with: the repeats of their scenario and a run without faults',
    ),
  baseline: baseline.exactOptional().describe('What --baseline named'),
  saved: saved.optional().describe('Only of saved evidence that one cannot take for what a run of this version wrote'),
});

/** Several targets of one config: one report each and the joint verdict. */
export const jointReportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('golive-check'), version: z.string() }),
  verdict: z.enum(['go', 'no-go', 'undecided']),
  exitCode: z.int(),
  targets: z.array(reportSchema),
});

export const outputSchema = z.union([reportSchema, jointReportSchema]);

/** Of exchanges that nobody changes any more. */
export type Report = Omit<z.output<typeof reportSchema>, 'exchanges'> & { exchanges: readonly Exchange[] };
export type JointReport = Omit<z.output<typeof jointReportSchema>, 'targets'> & { targets: Report[] };
export type ReportCheck = Report['checks'][number];
export type Commit = z.output<typeof commit>;
export type SavedFacts = z.output<typeof saved>;
export type StaleWaiver = z.output<typeof staleWaiver>;
export type ReportCause = Report['causes'][number];
export type ReportLine = Report['checklist'][number];
export type Coverage = Report['coverage'];
