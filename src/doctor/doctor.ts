// What a run rests on, looked at without a run: the machine, and per integration the way to the API, the client and the
// receiver. Nothing is judged, no key leaves, and nothing is written to the API.
import type { ResolvedTarget } from '../config/load.js';
import { fileThatSets } from '../config/unset.js';
import { redactorFor } from '../gather/redactor.js';
import { planTarget } from '../pipeline.js';
import type { Redactor } from '../redaction/redact.js';
import { lookAtClient } from './client.js';
import { lookAtEndpoint } from './endpoint.js';
import { lookAtNode, lookAtPorts, lookAtTimers } from './machine.js';
import { lookAtProxies } from './proxies.js';
import { lookAtReceiver } from './receiver.js';
import { type Bounds, type Finding, looking, ok, problem, type Row, type RowId } from './row.js';

export interface TargetRows {
  name: string;
  rows: readonly Row[];
}

export interface Diagnosis {
  machine: readonly Row[];
  targets: readonly TargetRows[];
}

export interface DoctorOptions {
  /** Empty where there is no config. */
  targets: readonly ResolvedTarget[];
  environment: NodeJS.ProcessEnv;
  cwd: string;
  signal: AbortSignal;
}

const MACHINE_MS = 5_000;
const NETWORK_MS = 5_000;
// A program may take its time to start.
const PROGRAM_MS = 20_000;

export async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  const { environment, targets, signal: interrupted } = options;
  const quick: Bounds = { withinMs: MACHINE_MS, late: 'this machine is very busy: end other programs', interrupted };
  const one = (id: RowId, look: (signal: AbortSignal) => Finding | Promise<Finding>) =>
    looking([id], quick, async (signal) => ({ [id]: await look(signal) }) as Record<RowId, Finding>);
  // First and alone: what the other rows do would be measured with it.
  const timers = await one('timers', lookAtTimers);
  const [own, ...all] = await Promise.all([
    Promise.all([
      one('node', () => lookAtNode(process.versions.node)),
      one('ports', lookAtPorts),
      one('proxies', () => lookAtProxies(environment, targets)),
    ]),
    ...targets.map(async (target) => ({ name: target.name, rows: await rowsOf(target, options) })),
  ]);
  return { machine: [...own.flat(), ...timers], targets: all };
}

async function rowsOf(target: ResolvedTarget, options: DoctorOptions): Promise<Row[]> {
  const { environment, signal: interrupted } = options;
  const plan = await planTarget(target, { selection: { only: [], skip: [] }, seed: 0, liveWritesTo: null });
  const redactor = redactorFor(plan);
  const network = { withinMs: NETWORK_MS, late: 'look at the network and the firewall of this machine', interrupted };
  const program = (key: string) => ({
    withinMs: PROGRAM_MS,
    late: `start it by hand, and see what it waits for (${key})`,
    interrupted,
  });
  const found = await Promise.all([
    lookAtVariables(target, options),
    looking(['dns', 'tls', 'answer', 'clock'], network, (signal) => lookAtEndpoint(target, environment, signal)),
    looking(['client', 'client-calls'], program('client.command'), (signal) =>
      lookAtClient(target, environment, signal),
    ),
    looking(['receiver'], program('webhook.command'), async (signal) => ({
      receiver: await lookAtReceiver(target, { environment, redactor, signal }),
    })),
  ]);
  return found.flat().map((row) => hidden(row, redactor));
}

async function lookAtVariables(
  { unset, directory }: ResolvedTarget,
  { environment, cwd }: DoctorOptions,
): Promise<Row[]> {
  if (unset.length === 0) return [{ id: 'variables', ...ok('all that the config refers to are set') }];
  return Promise.all(
    unset.map(async (name): Promise<Row> => {
      const file = await fileThatSets(name, { environment, cwd, directory });
      const next =
        file === null ? `export ${name}=…, or name a file with --env-file` : `add --env-file ${file}, which sets it`;
      return { id: 'variables', ...problem(`${name} is not set (or empty)`, next) };
    }),
  );
}

/** What a program printed, or a peer said, may hold a secret of the config. */
function hidden(row: Row, { redact }: Redactor): Row {
  return { ...row, seen: redact(row.seen).text, next: row.next === null ? null : redact(row.next).text };
}
