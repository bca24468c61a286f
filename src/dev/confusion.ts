// The confusion matrix: every defect of the sandbox and every sample client against every check, end to end through
// the built command line.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../checks/index.js';
import type { Kind } from '../checks/verdict.js';
import { FEWEST_REPEATS } from '../evidence/repeats.js';
import type { Report } from '../report/schema.js';
import { CLIENTS, type ClientName, isIntercepted, isLoggingIn, notApplicableTo } from '../sandbox/clients.js';
import { DEFECTS, type DefectName, isOfLive } from '../sandbox/defects.js';
import type { Part } from '../sandbox/parts/define.js';
import { partOf } from '../sandbox/parts/find.js';
import { hostedConfig, hostedVariables, sharedHost } from './hosts.js';
import { runWarm } from './warm.js';

export interface Row {
  /** The defect of the sandbox, or the sample client. */
  name: string;
  /** Checks that must fail, and no others. */
  declared: readonly string[];
  failed: readonly string[];
  inconclusive: readonly string[];
  /** Errored, or not applicable although the config of the row names all that they need. */
  other: readonly string[];
  /** Lines of the provider's own list that fail. */
  redLines: readonly string[];
  /** All verdicts of the row. */
  judged: number;
  exitCode: number;
}

export const HEALTHY = '(healthy)';
/** The sandbox plays the live API: reads only. */
export const HEALTHY_LIVE = '(healthy, live)';

/** Checks that need many runs to judge waits. */
export const OF_MANY_RUNS: readonly string[] = [
  'backs-off-exponentially',
  'jitters-backoff',
  'survives-bad-retry-after',
  'waits-before-first-retry',
];

/** Checks that measure time: on a machine that stays busy they rightly stay open. */
export const OPEN_WHEN_BUSY: readonly string[] = [
  ...OF_MANY_RUNS,
  'answers-in-time',
  'polls-sparingly',
  // Slow calls let a limit refill between them.
  'reports-rate-limits',
  'slows-down-when-limited',
];

/** Whether exactly the declared checks failed. */
export function isRight(row: Row): boolean {
  return !isWrong(row) && openOf(row).length === 0;
}

/** What should have been told: a check that could not be judged is not wrong, but a saint leaves none open. */
export function openOf({ declared, inconclusive }: Row): string[] {
  return inconclusive.filter((id) => declared.length === 0 || declared.includes(id));
}

/** A check that failed and must not, or one that must and was judged otherwise: a busy machine excuses neither. */
export function isWrong(row: Row): boolean {
  const missed = row.declared.filter((id) => !row.failed.includes(id) && !row.inconclusive.includes(id));
  return row.failed.some((id) => !row.declared.includes(id)) || missed.length > 0 || row.other.length > 0;
}

// Later there are fewer beside them.
const LATER_AT_ONCE = 2;

/** Runs a row: by all its checks, or once more by those that were left open. */
type RunRow<T> = (name: T, open?: readonly string[]) => Promise<Row>;

/**
 * Runs the rows so many at a time (each is mostly waiting). What the busy machine left inconclusive runs once more, fewer
 * at a time; what then is open, waits aside, a third time alone. A wrong row is not tried again.
 */
export async function inTurn<T>(names: readonly T[], atOnce: number, run: RunRow<T>): Promise<Row[]> {
  const rows = await sideBySide(names, atOnce, (name) => run(name));
  const isOpen = (row: Row | undefined) => row !== undefined && !isRight(row) && !isWrong(row);
  const isUnexcused = (row: Row) => isOpen(row) && openOf(row).some((id) => !OPEN_WHEN_BUSY.includes(id));
  const again = async (places: readonly number[], at: number) => {
    const later = await sideBySide(places, at, (place) => run(names[place] as T, openOf(rows[place] as Row)));
    for (const [index, place] of places.entries()) rows[place] = settled(rows[place] as Row, later[index] as Row);
  };
  const places = [...names.keys()];
  await again(
    places.filter((place) => isOpen(rows[place])),
    LATER_AT_ONCE,
  );
  await again(
    places.filter((place) => isUnexcused(rows[place] as Row)),
    1,
  );
  return rows;
}

/** A row with what a later run tells of the checks that it left open; whatever failed in either has failed. */
export function settled(row: Row, later: Row): Row {
  const open = openOf(row);
  return {
    ...row,
    failed: [...new Set([...row.failed, ...later.failed])],
    inconclusive: row.inconclusive.filter((id) => !open.includes(id) || later.inconclusive.includes(id)),
    other: [...new Set([...row.other, ...later.other])],
    redLines: [...new Set([...row.redLines, ...later.redLines])],
  };
}

export async function sideBySide<T, R>(
  names: readonly T[],
  atOnce: number,
  run: (name: T) => Promise<R>,
): Promise<R[]> {
  const rows: R[] = [];
  const queue = [...names.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) rows[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return rows;
}

export type SandboxState = DefectName | typeof HEALTHY | typeof HEALTHY_LIVE;
export const SANDBOX_STATES: readonly SandboxState[] = [
  HEALTHY,
  HEALTHY_LIVE,
  ...(Object.keys(DEFECTS) as DefectName[]),
];
const NAMES = Object.keys(CLIENTS) as ClientName[];
const NATIVE = NAMES.filter((name) => !isHosted(name));
const HOSTED = NAMES.filter(isHosted);
/** Those with processes of their own, which cost most, evenly among the others. */
export const CLIENT_NAMES: readonly ClientName[] = HOSTED.flatMap((name, at) => {
  const share = (place: number) => Math.floor((place * NATIVE.length) / HOSTED.length);
  return [name, ...NATIVE.slice(share(at), share(at + 1))];
});

/** By all checks of the endpoint kind, or by those named. */
export async function runSandbox(state: SandboxState, checks?: readonly string[]): Promise<Row> {
  const only = ['--only', ...(checks ?? ['endpoint'])];
  const notAsked = among(NOT_ASKED_OF_SANDBOX, checks);
  if (state === HEALTHY) return runRow(state, [], only, notAsked);
  if (state === HEALTHY_LIVE) return withoutWrites(await runRow(state, [], [...only, '--live']));
  const row = await runRow(state, DEFECTS[state].flips, [...only, '--defect', state], notAsked);
  return isOfLive(state) ? withoutWrites(row) : row;
}

/** Those that are asked for at all. */
function among(ids: readonly string[], checks: readonly string[] | undefined): readonly string[] {
  return ids.filter((id) => checks?.includes(id) !== false);
}

/** Most checks need writes and do not apply to a live API; whatever depends on the read is open without it. */
function withoutWrites(row: Row): Row {
  return { ...row, other: [] };
}

/** The states in which a part shows anything: its contract must promise what a defect breaks. */
export async function statesOf(name: string): Promise<SandboxState[]> {
  const part = await partOf(name);
  return SANDBOX_STATES.filter((state) => {
    if (state === HEALTHY) return true;
    return state !== HEALTHY_LIVE && !isOfLive(state) && declaredOf(part, state).length > 0;
  });
}

/** The checks that each of these states fails under a part. */
export async function failuresOf(name: string): Promise<ReadonlyMap<SandboxState, readonly string[]>> {
  const part = await partOf(name);
  const states = await statesOf(name);
  return new Map(states.map((state) => [state, isSound(state) ? [] : declaredOf(part, state)]));
}

function isSound(state: SandboxState): state is typeof HEALTHY | typeof HEALTHY_LIVE {
  return state === HEALTHY || state === HEALTHY_LIVE;
}

/** What a defect fails under a part. */
function declaredOf(part: Part, defect: DefectName): string[] {
  const flips: readonly string[] = part.flips?.[defect] ?? DEFECTS[defect].flips;
  return flips.filter((id) => !part.unpromised.some((one) => one === id));
}

/** Exactly what the part does not promise may not apply: a check that applies after all is as wrong. */
export async function runPart(name: string, state: SandboxState, checks?: readonly string[]): Promise<Row> {
  const part = await partOf(name);
  // The receiver is the user's: no defect of the API shows there.
  const kinds: readonly Kind[] = isSound(state) ? ['endpoint', 'webhook'] : ['endpoint'];
  const ids = checks ?? CHECKS.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const words = ['--as', name, '--only', ...(checks ?? kinds)];
  const unpromised = part.unpromised.filter((id) => ids.includes(id));
  if (isSound(state)) return runRow(state, [], words, unpromised);
  return runRow(state, declaredOf(part, state), [...words, '--defect', state], unpromised);
}

// The sandbox is not live.
const NOT_ASKED_OF_SANDBOX = ['reads-with-live-key'];

/** Those whose TLS is seen have processes of their own, as a user's has; so has the client of the demo in test/cli. */
function isHosted(client: ClientName): boolean {
  return !isIntercepted(client);
}

/** By all checks of the client kind, or by those named. */
export async function runClient(client: ClientName, checks?: readonly string[]): Promise<Row> {
  const only = ['--only', ...(checks ?? ['client'])];
  const declared: readonly string[] = CLIENTS[client].flips;
  const notAsked = among(notApplicableTo(client), checks);
  if (!isHosted(client)) return runRow(client, declared, [...only, '--client', client], notAsked);
  const folder = await mkdtemp(join(tmpdir(), 'golive-hosted-'));
  const host = await sharedHost();
  try {
    const config = join(folder, 'golive-check.json');
    // Whether waits grow and jitter needs many runs: they are spent where that is the sin, and on saints.
    const isOfWaits = declared.length === 0 || declared.some((id) => OF_MANY_RUNS.includes(id));
    const more = { logsIn: isLoggingIn(client), ...(isOfWaits ? {} : { repeats: FEWEST_REPEATS }) };
    await writeFile(config, JSON.stringify(hostedConfig(client, host, more)));
    const { stdout, code } = await golive(['run', '-c', config, '--json', '--quiet', ...only], hostedVariables());
    return rowOf(client, declared, JSON.parse(stdout) as Report, notAsked, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One run of the demo as a row. */
export async function runRow(
  name: string,
  declared: readonly string[],
  words: readonly string[],
  notAsked: readonly string[] = [],
): Promise<Row> {
  const { stdout, code } = await golive(['demo', '--json', '--quiet', ...words]);
  return rowOf(name, declared, JSON.parse(stdout) as Report, notAsked, code);
}

/** How the checks of a report stand to what was declared. */
export function rowOf(
  name: string,
  declared: readonly string[],
  report: Report,
  notAsked: readonly string[],
  code: number = report.exitCode,
): Row {
  const ids = (...outcomes: string[]) =>
    report.checks.filter((one) => outcomes.includes(one.outcome)).map((one) => one.id);
  const silent = ids('not-applicable');
  const inconclusive = ids('inconclusive');
  return {
    name,
    declared,
    failed: ids('fail'),
    inconclusive,
    other: [
      ...ids('error'),
      ...silent.filter((id) => !notAsked.includes(id)),
      ...notAsked.filter((id) => !silent.includes(id) && !inconclusive.includes(id)),
    ],
    redLines: redLinesOf(report),
    judged: report.checks.length,
    exitCode: code,
  };
}

export function redLinesOf({ checklist }: Report): string[] {
  return checklist.flatMap(({ item, outcome }) => (outcome === 'fail' ? [item] : []));
}

/** The built command line, with these further variables. @throws where it printed nothing */
export async function golive(
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ stdout: string; code: number }> {
  const { stdout, stderr, code } = await runWarm(words, { environment: { ...process.env, ...variables } });
  if (stdout === '') throw new Error(`golive-check ${words.join(' ')} ended with ${code}: ${stderr}`);
  return { stdout, code };
}
