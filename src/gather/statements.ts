// Looks at what people state in the config, when all that a program can see has been seen.
import { lookAtFile } from '../attestations/file.js';
import { askedOf } from '../checklists/asked.js';
import { isLink } from '../config/attestations.js';
import { dayOf } from '../evidence/days.js';
import type { GatheredMap } from '../evidence/map.js';
import type { StatementDrill, StatementLink } from '../evidence/statements.js';
import type { Plan } from '../plan.js';
import type { StatementContext } from '../probes/define.js';
import { redactAll } from '../redaction/redact.js';
import { NoEvidence } from '../transport/budget.js';
import type { Drills } from './drills.js';
import type { GatherOptions } from './options.js';
import { schedule } from './schedule.js';

// For one link, redirects included.
const LONGEST_MS = 15_000;

export async function gatherStatements(
  plan: Plan,
  evidence: GatheredMap,
  options: GatherOptions,
  drills: Drills,
): Promise<void> {
  const { redactor, signal } = options;
  options.onProgress?.({ doing: [], sent: 0, planned: 0, phase: 'statements' });
  const drilled = await drills(evidence);
  const { target, statementProbes } = plan;
  const read = evidence['endpoint.addresses'];
  const context: StatementContext = {
    on: dayOf(options.startedAtMs),
    asked: askedOf(target),
    stated: redactAll(statedIn(target), redactor),
    vantages: read?.ok === true ? read.value.vantages : null,
    lookAt: createLook(plan, options, drilled),
  };
  await schedule([{ members: statementProbes, inTurn: true }], {
    evidence,
    redactor,
    onKept: options.onKept,
    onProbe: options.onProbe,
    doing: new Set(),
    async run({ probe }) {
      const value = await probe.run(context);
      // What was cut short shows nothing.
      if (signal.aborted) throw new NoEvidence('interrupted', 'the run was interrupted');
      return value;
    },
  });
}

/** Without its drill: what that found is told, not how. */
function statedIn({ config }: Plan['target']): StatementContext['stated'] {
  const entries = Object.entries(config.attestations ?? {});
  return Object.fromEntries(entries.map(([id, { drill: _, ...one }]) => [id, one]));
}

function createLook(
  { target }: Plan,
  { checkLinks, signal, redactor }: GatherOptions,
  drills: ReadonlyMap<string, StatementDrill>,
): StatementContext['lookAt'] {
  // Several statements may rest on one page.
  const opened = new Map<string, Promise<StatementLink>>();
  const timeoutMs = Math.min(LONGEST_MS, target.config.budget.seconds * 1000);
  const open = async (link: string) => (await import('../transport/link.js')).openLink(link, { signal, timeoutMs });
  return async (id) => {
    const stated = target.config.attestations?.[id];
    if (stated === undefined) return {};
    const found = drills.get(id);
    const drill = found === undefined ? {} : { drill: found };
    if (!isLink(stated.evidence)) return { ...drill, file: await lookAtFile(stated, target) };
    if (!checkLinks) return drill;
    const opening = opened.get(stated.evidence) ?? open(stated.evidence);
    opened.set(stated.evidence, opening);
    return { ...drill, link: redactAll(await opening, redactor) };
  };
}
