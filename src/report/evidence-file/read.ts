// A file of evidence, as `judge` reads it: anybody may have written it, so nothing is taken from it that the schema does not allow.
import * as z from 'zod';
import { SEVERITIES } from '../../checks/severity.js';
import { at, explainIssues } from '../../config/issues.js';
import { isPlain } from '../../config/merge.js';
import { contractSchema } from '../../config/schema.js';
import { UserError } from '../../errors.js';
import type { EvidenceKey, GatheredMap } from '../../evidence/map.js';
import { exchangeSchema, reportSchema } from '../schema.js';
import { clean } from '../text/sanitize.js';
import { lostIn } from '../unknown-members.js';
import { type Excess, excessIn } from './bounds.js';
import EVIDENCE from './evidence.schema.json' with { type: 'json' };
import type { TargetEvidenceFile } from './file.js';
import { digestOfFile, type Manifest } from './manifest.js';

export interface SavedEvidence {
  targets: TargetEvidenceFile[];
  /** What the file says of itself; null: somebody took it away. */
  manifest: Manifest | null;
  /** What the file is. */
  digest: string;
  /** Members that this version does not know, and leaves out; elements of lists by [] alone. */
  unknown: string[];
}

// Our own is some 15 levels deep; what a config adds to it (a JSON Schema, a sample) may be deeper than that.
const DEEPEST = 200;
const LONGEST_NAME = 60;
// Steps of a place that are shown; our own places are shorter.
const MOST_STEPS = 20;

const manifestSchema = z.object({
  tool: z.object({ name: z.literal('golive-check'), version: z.string() }),
  targets: z.array(z.object({ name: z.string(), config: z.string().nullable(), checks: z.array(z.string()) })),
  digest: z.string(),
  signature: z.object({ algorithm: z.literal('Ed25519'), key: z.string(), value: z.string() }).optional(),
});

const fileSchema = z.object({
  schemaVersion: z.literal(1),
  manifest: manifestSchema.optional(),
  targets: z
    .array(
      z.object({
        run: reportSchema.shape.run.omit({ failOn: true }),
        target: reportSchema.shape.target,
        contract: contractSchema,
        checks: z.record(z.string(), z.enum(SEVERITIES)),
        waivers: z.array(z.object({ check: z.string(), reason: z.string(), by: z.string(), until: z.string() })),
        off: z.array(z.string()).optional(),
        traffic: reportSchema.shape.traffic,
        exchanges: z.array(
          exchangeSchema.refine(({ request }) => URL.canParse(request.url), {
            path: ['request', 'url'],
            message: 'an absolute URL',
          }),
        ),
        evidence: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1),
});

type Parsed = z.output<typeof fileSchema>;

/**
 * @param version of golive-check, which reads it: told where another one wrote the file
 * @throws UserError, with the place, when the text is no evidence that can be judged.
 */
export function readEvidence(text: string, name: string, version: string): SavedEvidence {
  const raw = parse(text, name);
  const excess = excessIn(raw, DEEPEST);
  if (excess !== null) refuse(name, excess);
  const parsed = fileSchema.safeParse(raw);
  if (!parsed.success) {
    const what = isPlain(raw) && ('verdict' in raw || 'checks' in raw) ? 'this is a report, not evidence: ' : '';
    return refuse(name, firstOf(parsed.error, raw, fileSchema), `${what}${otherVersionOf(raw, version)}`);
  }
  const { manifest = null, targets } = parsed.data;
  // It was read as a map.
  const digest = digestOfFile({ manifest: {}, ...(raw as object) });
  return {
    manifest: manifest as Manifest | null,
    digest,
    unknown: [...new Set(lostIn(raw, parsed.data))],
    targets: targets.map((one, index) => ({
      ...one,
      config: manifest?.targets.find((other) => other.name === one.target.name)?.config ?? null,
      evidence: evidenceOf(one, ['targets', index, 'evidence'], name, otherVersionOf(raw, version)),
    })),
  };
}

/** What explains that a file is not as this version reads it; '' where it is of this version, or does not say. */
function otherVersionOf(raw: unknown, version: string): string {
  const by = at(raw, ['manifest', 'tool', 'version']);
  if (typeof by !== 'string' || by === version) return '';
  return `it is written by golive-check ${by.slice(0, LONGEST_NAME)} and read by ${version}, which differ: `;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const place = /position|line/.test(message) ? '' : ` (after ${text.length} characters)`;
    return refuse(name, { path: [], text: `not JSON: ${message}${place}` });
  }
}

/** The evidence of one target with its exchanges in their places. */
function evidenceOf(
  { exchanges, evidence }: Parsed['targets'][number],
  path: Excess['path'],
  name: string,
  by: string,
): GatheredMap {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const revive = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(revive);
    const entries = Object.entries(value);
    const id = (value as { exchange?: unknown }).exchange;
    if (entries.length === 1 && typeof id === 'string')
      return (
        byId.get(id) ??
        refuse(name, { path, text: `refers to the exchange ${JSON.stringify(id)}, which does not exist` })
      );
    return Object.fromEntries(entries.map(([key, inner]) => [key, revive(inner)]));
  };
  const revived = revive(evidence);
  const checked = gatheredSchema().safeParse(revived);
  if (!checked.success) {
    const { path: inner, text } = firstOf(checked.error, revived, gatheredSchema());
    refuse(name, { path: [...path, ...inner], text }, by);
  }
  return revived as GatheredMap;
}

let gathered: z.ZodType | null = null;

/** Of what each key of the evidence holds, by the schema that is generated from its types. Made when it is first asked for. */
function gatheredSchema(): z.ZodType {
  gathered ??= makeGatheredSchema();
  return gathered;
}

function makeGatheredSchema(): z.ZodType {
  const { $schema, definitions } = EVIDENCE;
  const objectOf = (type: 'Evidence' | 'NotGathered') =>
    z.fromJSONSchema({ $schema, definitions, ...definitions[type] } as Parameters<
      typeof z.fromJSONSchema
    >[0]) as z.ZodObject;
  const notGathered = objectOf('NotGathered');
  const { shape } = objectOf('Evidence');
  const keys = Object.keys(shape) as EvidenceKey[];
  return z.object(
    Object.fromEntries(
      keys.map((key) => {
        const value = shape[key] as z.ZodType;
        return [key, z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), value }), notGathered]).optional()];
      }),
    ),
  );
}

/** One complaint is enough: a broken file has thousands. */
function firstOf({ issues }: z.ZodError, raw: unknown, schema: z.ZodType): Excess {
  const [complaint] = explainIssues(issues.slice(0, 1), raw, schema);
  return { path: [...(complaint?.path ?? [])] as Excess['path'], text: complaint?.text ?? 'not valid' };
}

function refuse(name: string, { path, text }: Excess, note = ''): never {
  const steps = path.map((one) => (String(one).length > LONGEST_NAME ? `${String(one).slice(0, LONGEST_NAME)}…` : one));
  const place = [...steps.slice(0, MOST_STEPS), ...(steps.length > MOST_STEPS ? ['…'] : [])];
  throw new UserError(
    'unreadable-evidence',
    clean(`${name}: ${note}${place.join('.') || 'the file'}: ${text}`),
    'write one with: golive-check run --evidence <path>',
  );
}
