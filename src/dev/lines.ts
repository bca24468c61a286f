// Which defect or sin turns a line of a provider's list red, and which lines turn red with it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checklist, ChecklistLine } from '../checklists/define.js';
import { CHECKLISTS } from '../checklists/index.js';
import { CHECKS } from '../checks/index.js';
import { builtInContract } from '../config/contracts/find.js';
import type { ConfigInput } from '../config/schema.js';
import { dayOf } from '../evidence/days.js';
import type { Report } from '../report/schema.js';
import { CLIENTS } from '../sandbox/clients.js';
import { partConfig, sandboxVariables } from '../sandbox/config.js';
import { generateKeys } from '../sandbox/keys.js';
import { partOf } from '../sandbox/parts/find.js';
import { PARTS } from '../sandbox/parts/index.js';
import { RECEIVERS } from '../sandbox/receivers.js';
import { makeRepository } from '../sandbox/repository.js';
import { failuresOf, golive, redLinesOf } from './confusion.js';
import { REPOSITORY_SINS } from './repository-sins.js';

/** Of two that turn as few lines red, the first is taken: what is seen before what is stated, and the cheapest before the rest. */
const WAYS = ['repository', 'defect', 'live', 'client', 'receiver', 'statement'] as const;

/** Those that the sandbox can play. */
export const PLAYED_LISTS: readonly Checklist[] = CHECKLISTS.filter(({ provider }) => Object.hasOwn(PARTS, provider));

/** Something that is wrong with an integration. */
export interface Fault {
  way: (typeof WAYS)[number];
  /** The statement that expired, or what is wrong with repository, sandbox, sample client or receiver. */
  name: string;
  /** Checks that fail for it, and no others. */
  flips: readonly string[];
}

/** One fault, and the lines that it is to turn red. */
export interface LineFault {
  fault: Fault;
  /** Those that it is chosen for: no other fault turns fewer lines red with one of them. */
  lines: readonly string[];
  /** All that rest on a check that fails for it. */
  red: readonly string[];
}

/** What a run of a line's fault showed. */
export interface LineRow extends LineFault {
  seen: readonly string[];
  /** Lines that a busy machine left open. */
  open: readonly string[];
}

/** The faults that together turn each line of a provider's list red, where it can be. */
export async function lineFaults(list: Checklist): Promise<LineFault[]> {
  const faults = await faultsOf(list);
  const chosen = new Map<Fault, string[]>();
  for (const line of list.lines) {
    const [fault] = faults
      .filter(({ flips }) => restsOn(line, flips))
      .toSorted((a, b) => redOf(list, a).length - redOf(list, b).length || a.flips.length - b.flips.length);
    if (fault !== undefined) chosen.set(fault, [...(chosen.get(fault) ?? []), line.id]);
  }
  return [...chosen].map(([fault, lines]) => ({ fault, lines, red: redOf(list, fault) }));
}

/** Whether exactly the lines are red that should be; what stays open is not wrong. */
export function isRightRow({ red, seen, open }: LineRow): boolean {
  return seen.every((id) => red.includes(id)) && red.every((id) => seen.includes(id) || open.includes(id));
}

async function faultsOf({ provider, lines }: Checklist): Promise<Fault[]> {
  const { unpromised, forgives = [] } = await partOf(provider);
  const promised = (ids: readonly string[]) => ids.filter((id) => !unpromised.some((one) => one === id));
  const asked = new Set(promised(lines.flatMap(({ checks }) => checks)));
  const stated = CHECKS.filter(({ id, kind }) => kind === 'attestation' && asked.has(id)).map(({ id }) => id);
  const table = (way: Fault['way'], of: Readonly<Record<string, { flips: readonly string[] }>>) =>
    Object.entries(of).map(([name, { flips }]) => ({ way, name, flips }));
  const found: Fault[] = [
    ...table('repository', REPOSITORY_SINS),
    ...[...(await failuresOf(provider))].map(([name, flips]) => ({ way: 'defect' as const, name, flips })),
    // The host of every part is the sandbox's: taken for the live API it is the wrong one.
    { way: 'live', name: 'sandbox-taken-for-live', flips: ['separates-environments'] },
    ...table('client', CLIENTS).filter(({ name }) => !forgives.some((one) => one === name)),
    ...table('receiver', RECEIVERS),
    ...stated.map((id) => ({ way: 'statement' as const, name: id, flips: [id] })),
  ];
  return found
    .map((fault) => ({ ...fault, flips: promised(fault.flips) }))
    .filter(({ flips }) => flips.some((id) => asked.has(id)))
    .toSorted((a, b) => WAYS.indexOf(a.way) - WAYS.indexOf(b.way));
}

function restsOn({ checks }: ChecklistLine, flips: readonly string[]): boolean {
  return checks.some((id) => flips.includes(id));
}

function redOf({ lines }: Checklist, { flips }: Fault): string[] {
  return lines.filter((line) => restsOn(line, flips)).map(({ id }) => id);
}

/** The kind of checks that see a fault. */
const KIND_OF = {
  repository: 'source',
  defect: 'endpoint',
  live: 'endpoint',
  client: 'client',
  receiver: 'webhook',
  statement: 'attestation',
} as const satisfies Record<Fault['way'], string>;

/** Under its fault, by all checks of the kind that sees it, or by those of these lines alone. */
export async function runLineFault(
  { provider }: Checklist,
  { fault, ...rest }: LineFault,
  only: readonly string[] = [KIND_OF[fault.way]],
): Promise<LineRow> {
  const flags = {
    defect: ['--defect', fault.name],
    live: ['--live'],
    client: ['--client', fault.name],
    receiver: ['--receiver', fault.name],
  };
  const words = ['--json', '--quiet', '--only', ...only];
  const { stdout } =
    fault.way === 'repository' || fault.way === 'statement'
      ? await runAtRest(provider, fault, words)
      : await golive(['demo', '--as', provider, ...flags[fault.way], ...words]);
  const report = JSON.parse(stdout) as Report;
  const open = report.checklist.flatMap(({ item, outcome }) => (outcome === 'inconclusive' ? [item] : []));
  return { fault, ...rest, seen: redLinesOf(report), open };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What needs nothing that runs: the repository, and what is stated. */
async function runAtRest(provider: string, { way, name }: Fault, words: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'golive-lines-'));
  try {
    const sin = Object.entries(REPOSITORY_SINS).find(([one]) => way === 'repository' && one === name)?.[1];
    const source = await makeRepository(folder, sin);
    if (source === null) throw new Error('no repository could be made');
    const evidence = 'integration.md';
    await writeFile(join(folder, evidence), 'What the sample team would show for its attestations.\n');
    const part = await partOf(provider);
    const raw = partConfig(await builtInContract(provider, 'lines'), part, {
      url: 'http://127.0.0.1:9/v1',
      evidence,
      source,
    });
    if (way === 'statement') expire(raw, name);
    const config = join(folder, 'golive-check.json');
    await writeFile(config, JSON.stringify(raw));
    const keys = generateKeys(part.dialect.auth.keyPrefixes);
    return await golive(['run', '-c', config, ...words], { ...sandboxVariables(keys), ...part.variables?.(keys) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function expire(raw: ConfigInput, id: string): void {
  if (!('attestations' in raw) || raw.attestations?.[id] === undefined) throw new Error(`${id} is not stated`);
  raw.attestations = { ...raw.attestations, [id]: { ...raw.attestations[id], until: dayOf(Date.now() - DAY_MS) } };
}
