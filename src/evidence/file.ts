// Evidence on disk: what `run --evidence` writes and `judge` reads. Exchanges are stored once and referred to by id.
import * as z from 'zod';
import { explainIssues } from '../config/issues.js';
import { isPlain } from '../config/merge.js';
import type { Contract } from '../config/schema.js';
import { contractSchema } from '../config/schema.js';
import { UserError } from '../errors.js';
import { jsonText } from '../report/sanitize.js';
import { exchangeSchema, reportSchema } from '../report/schema.js';
import { type EvidenceKey, type Exchange, type GatheredMap, SEVERITIES, type Severity } from '../types.js';

export interface TargetEvidenceFile {
  run: { id: string; startedAt: string; durationMs: number; seed: number; interrupted: boolean };
  target: z.output<typeof reportSchema>['target'];
  contract: Contract;
  checks: Record<string, Severity>;
  waivers: { check: string; reason: string; by: string; until: string }[];
  traffic: { requests: number; writes: number; created: string[] };
  exchanges: readonly Exchange[];
  evidence: GatheredMap;
}

export interface EvidenceFile {
  schemaVersion: 1;
  tool: { name: 'golive-check'; version: string };
  targets: TargetEvidenceFile[];
}

const fileSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('golive-check'), version: z.string() }),
  targets: z.array(
    z.object({
      run: reportSchema.shape.run.omit({ failOn: true }),
      target: reportSchema.shape.target,
      contract: contractSchema,
      checks: z.record(z.string(), z.enum(SEVERITIES)),
      waivers: z.array(z.object({ check: z.string(), reason: z.string(), by: z.string(), until: z.string() })),
      traffic: reportSchema.shape.traffic,
      exchanges: z.array(exchangeSchema),
      evidence: z.record(z.string(), z.unknown()),
    }),
  ),
});

export function writeEvidence(file: EvidenceFile): string {
  const targets = file.targets.map((one) => {
    const known = new Set(one.exchanges);
    const plain = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (known.has(value as Exchange)) return { exchange: (value as Exchange).id };
      if (Array.isArray(value)) return value.map(plain);
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
    };
    return { ...one, evidence: plain(one.evidence) };
  });
  return jsonText({ ...file, targets }, 1);
}

/** @throws UserError when the text is not an evidence file of this version. */
export function readEvidence(text: string, name: string): EvidenceFile {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new UserError('unreadable-evidence', `${name}: not JSON: ${(error as Error).message}`);
  }
  const parsed = fileSchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = explainIssues(parsed.error.issues, raw, fileSchema);
    const what = isPlain(raw) && ('verdict' in raw || 'checks' in raw) ? 'this is a report, not evidence: ' : '';
    throw new UserError(
      'unreadable-evidence',
      `${name}: ${what}${issue?.path.join('.') || 'the file'}: ${issue?.text ?? 'not valid'}`,
      'write one with: golive-check run --evidence <path>',
    );
  }
  const targets = parsed.data.targets.map((one) => {
    const exchanges = new Map((one.exchanges as Exchange[]).map((exchange) => [exchange.id, exchange]));
    const revive = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(revive);
      const keys = Object.keys(value);
      const id = (value as { exchange?: unknown }).exchange;
      if (keys.length === 1 && typeof id === 'string') {
        const exchange = exchanges.get(id);
        if (exchange === undefined)
          throw new UserError('unreadable-evidence', `${name}: exchange ${id} is referred to but not there`);
        return exchange;
      }
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
    };
    return {
      ...one,
      exchanges: [...exchanges.values()],
      evidence: revive(one.evidence) as { [K in EvidenceKey]?: never },
    };
  });
  return { ...parsed.data, targets };
}
