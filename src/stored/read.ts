// A JSON report that somebody stored: checked by the schema, so that every format and every comparison may rely on it.
import * as z from 'zod';
import { OUTCOMES } from '../checks/verdict.js';
import { at, explainIssues } from '../config/issues.js';
import { isPlain } from '../config/merge.js';
import { UserError } from '../errors.js';
import { excessIn } from '../report/evidence-file/bounds.js';
import { exchangeSchema, type JointReport, jointReportSchema, type Report, reportSchema } from '../report/schema.js';
import { clean } from '../report/text/sanitize.js';
import { lostIn } from '../report/unknown-members.js';

export interface StoredReport {
  /** How messages name the file. */
  name: string;
  report: Report | JointReport;
  /** One for each target. */
  reports: readonly Report[];
  /** Members that this version does not know, and leaves out. */
  notRead: readonly string[];
}

type Members = Readonly<Record<string, unknown>>;

const SCHEMA_VERSION = 1;
// Ours is some ten levels deep.
const DEEPEST = 100;
const LONGEST_STEP = 60;
const WRITE_ONE = 'write one with: golive-check run --format json=<path>';

const storedSchema = reportSchema.extend({
  exchanges: z.array(
    exchangeSchema.refine(({ request }) => URL.canParse(request.url), {
      path: ['request', 'url'],
      message: 'an absolute URL',
    }),
  ),
});
const storedJointSchema = jointReportSchema.extend({ targets: z.array(storedSchema).min(1) });

/**
 * @param version of golive-check, which reads it: told where another one wrote the file
 * @throws UserError, with the place, when the text is no report
 */
export function readStored(text: string, name: string, version: string): StoredReport {
  const raw = parse(text, name);
  const excess = excessIn(raw, DEEPEST);
  if (excess !== null) refuse(name, excess.path, excess.text);
  if (!isPlain(raw)) return refuse(name, [], `found ${kindOf(raw)}; expected a report of golive-check`);
  refuseOther(raw, name);
  const isJoint = 'targets' in raw;
  const filled = isJoint ? { ...raw, targets: listOf(raw.targets, withDefaults) } : withDefaults(raw);
  const schema = isJoint ? storedJointSchema : storedSchema;
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    const [complaint] = explainIssues(parsed.error.issues.slice(0, 1), filled, schema);
    return refuse(name, complaint?.path ?? [], complaint?.text ?? 'not valid', otherVersionOf(raw, version));
  }
  const report = parsed.data as Report | JointReport;
  const reports = 'targets' in report ? report.targets : [report];
  const twice = reports.find(
    (one, index) => reports.findIndex(({ target }) => target.name === one.target.name) < index,
  );
  if (twice !== undefined)
    refuse(name, ['targets'], `found two reports of the target ${JSON.stringify(twice.target.name)}; expected one`);
  return { name, report, reports, notRead: [...new Set(lostIn(filled, parsed.data))] };
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(name, [], `not JSON: ${(error as Error).message}`);
  }
}

/** A file of another kind is told by what it is, and not by the first member that it lacks. */
function refuseOther(raw: Members, name: string): void {
  if ('manifest' in raw)
    refuse(name, [], 'found saved evidence; expected a report (golive-check judge makes one of evidence)');
  const tool = at(raw, ['tool', 'name']);
  if (tool !== 'golive-check' || !('schemaVersion' in raw) || !('checks' in raw || 'targets' in raw))
    refuse(name, [], 'found other JSON; expected a report of golive-check');
  const { schemaVersion } = raw;
  if (schemaVersion !== SCHEMA_VERSION)
    refuse(
      name,
      ['schemaVersion'],
      `found ${JSON.stringify(schemaVersion).slice(0, LONGEST_STEP)}; expected ${SCHEMA_VERSION}: a newer golive-check may read it`,
    );
}

// What reports did not always hold. What a verdict rests on has no default.
const NO_COVERAGE = { items: 0, observed: 0, scanned: 0, attested: 0, open: 0, information: 0, inPart: 0 };
const NO_LINE = { basis: null, checks: [], decidedBy: [], inPart: false, notConfigured: [], notRun: [] };
const NO_CHECK = { basis: 'observed', because: '', at: [], why: '', fix: '', refs: [], items: [] };
const NO_EXCHANGE = { interim: [], remoteAddress: null, tls: null, repeats: null, leaks: [], error: null };

function withDefaults(raw: unknown): unknown {
  if (!isPlain(raw)) return raw;
  const checks = listOf(raw.checks, (one) => withMissing(one, NO_CHECK));
  return {
    causes: [],
    coverage: NO_COVERAGE,
    traffic: { requests: 0, writes: 0, created: [] },
    attempts: [],
    ...raw,
    run: withMissing(raw.run, { failOn: 'major' }),
    target: withMissing(raw.target, { url: null, environment: null, extends: [], byDefault: false }),
    totals: withMissing(raw.totals ?? {}, totalsOf(checks)),
    checks,
    checklist: listOf(raw.checklist ?? [], (one) => withMissing(one, { ...NO_LINE, source: '' })),
    exchanges: listOf(raw.exchanges ?? [], (one) => withMissing(one, NO_EXCHANGE)),
  };
}

function withMissing(value: unknown, defaults: Members): unknown {
  return isPlain(value) ? { ...defaults, ...value } : value;
}

function listOf(value: unknown, each: (one: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(each) : value;
}

function totalsOf(checks: unknown): Members {
  const all = Array.isArray(checks) ? checks.filter(isPlain) : [];
  const open = all.filter((one) => one.waiver === undefined);
  return {
    ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, open.filter((one) => one.outcome === outcome).length])),
    waived: all.length - open.length,
  };
}

function otherVersionOf(raw: Members, version: string): string {
  const by = at(raw, ['tool', 'version']);
  if (typeof by !== 'string' || by === version) return '';
  return `it is written by golive-check ${by.slice(0, LONGEST_STEP)} and read by ${version}, which differ: `;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function refuse(name: string, path: readonly PropertyKey[], text: string, note = ''): never {
  const steps = path.map((one) => String(one).slice(0, LONGEST_STEP));
  throw new UserError('no-report', clean(`${name}: ${note}${steps.join('.') || 'the file'}: ${text}`), WRITE_ONE);
}
