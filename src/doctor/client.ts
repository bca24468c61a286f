// One run of the user's client without faults: whether it starts, and whether its calls reach us. The stub answers.
import { countsAsLive } from '../config/environments.js';
import type { ResolvedTarget } from '../config/load.js';
import type { Client } from '../config/schema.js';
import { UNNAMED } from '../evidence/recording.js';
import type { LaneRun } from '../evidence/run.js';
import { whyNotStarted } from '../evidence/start.js';
import { prepareLane } from '../gather/lane.js';
import { scenario } from '../lanes/scenario.js';
import { planTarget } from '../pipeline.js';
import { pathOf } from '../proxy/pattern.js';
import { NoEvidence } from '../transport/budget.js';
import { type Finding, notRun, ok, problem, warning } from './row.js';

type Rows = Record<'client' | 'client-calls', Finding>;
// As `golive-check lane` without --seed: the answers are the same each time.
const SEED = 1;
const MOST_SHOWN = 3;

export async function lookAtClient(
  target: ResolvedTarget,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Rows> {
  const { client } = target.config;
  const why = client === undefined ? NO_CLIENT : whyNotRun(target, client);
  if (client === undefined || why !== null) {
    const finding = why ?? NO_CLIENT;
    return { client: finding, 'client-calls': notRun(NEEDS_IT) };
  }
  const stubbed: Client = { ...client, upstream: 'stub' };
  const plan = await planTarget(
    { ...target, config: { ...target.config, client: stubbed } },
    { selection: { only: [], skip: [] }, seed: SEED, liveWritesTo: null },
  );
  const prepared = await prepareLane(
    plan,
    stubbed,
    { ...scenario('no fault', null, { operation: null }), group: 'doctor' },
    { seed: SEED, signal, environment, port: 0, onAttempt: () => undefined },
  );
  try {
    const run = await prepared.run();
    signal.throwIfAborted();
    return rowsOf(run, client);
  } catch (error) {
    if (!(error instanceof NoEvidence) || signal.aborted) throw error;
    return {
      client: problem(error.message, 'start it by hand in the folder of client.cwd (default: beside the config)'),
      'client-calls': notRun(NEEDS_IT),
    };
  } finally {
    prepared.close();
  }
}

const NEEDS_IT = 'needs a client that was started';
const NO_CLIENT = notRun(
  'no client is configured',
  'set client.command, and client.baseUrlEnv or client.intercept: proxy: unlocks all checks of your own code at work',
);

/** Nothing of it may reach the API: where nothing leads its calls to us, it is not started. */
function whyNotRun({ config, contract, unset }: ResolvedTarget, client: Client): Finding | null {
  const { endpoint } = config;
  if (client.command === undefined && client.service === undefined) return NO_CLIENT;
  if (unset.length > 0) return notRun(`needs ${unset.join(', ')} to be set`);
  if (client.baseUrlEnv === undefined && (client.intercept === undefined || endpoint === undefined))
    return problem(
      'nothing tells it to call us, so it was not started',
      client.intercept === undefined
        ? 'set client.baseUrlEnv, or client.intercept: proxy where its base URL is fixed'
        : 'set endpoint.url: its host is what client.intercept catches',
    );
  if (endpoint !== undefined && countsAsLive(endpoint, contract))
    return notRun(
      'the config is for the live API, which a client that ignores its base URL would call',
      'try it with a config of the sandbox',
    );
  return null;
}

export function rowsOf(run: LaneRun, client: Pick<Client, 'service'>): Rows {
  return { client: started(run, client), 'client-calls': arrived(run) };
}

function arrived({ recording, diagnosis }: LaneRun): Finding {
  const all = [...recording.attempts, ...recording.elsewhere];
  const calls = all.filter(({ request }) => request.method !== '');
  if (calls.length > 0) {
    const names = [...new Set(calls.map(({ request }) => `${request.method} ${pathOf(request.url)}`))];
    const more = names.length > MOST_SHOWN ? `, and ${names.length - MOST_SHOWN} more` : '';
    const isUnnamed = calls.some(({ operation }) => operation === UNNAMED);
    return ok(
      `${calls.length} arrived: ${names.slice(0, MOST_SHOWN).join(', ')}${more}${isUnnamed ? ' (not all of them in endpoint.operations)' : ''}`,
    );
  }
  const [broken] = all;
  if (broken !== undefined)
    return problem(
      `a connection arrived, but no HTTP request${broken.request.looksLike === null ? '' : ` (it looks like ${broken.request.looksLike})`}`,
      'let the client take the whole base URL as it is given, http:// included',
    );
  return problem(
    `none arrived${diagnosis === null ? '' : `: ${diagnosis}`}`,
    'start it by hand against: golive-check proxy, with the URL that it prints as base URL',
  );
}

function started(run: LaneRun, { service }: Pick<Client, 'service'>): Finding {
  const { process } = run;
  const after = process.endedAtMs === null ? '' : ` after ${(process.endedAtMs / 1000).toFixed(1)} s`;
  const said = process.output.trimEnd().split('\n').at(-1)?.trim() ?? '';
  const printed = said === '' ? '' : `; it printed at last: ${said}`;
  const unstarted = whyNotStarted(run.recording.attempts.length > 0 ? '' : process.output, {
    exitCode: process.exitCode,
    signal: process.signal,
    startError: null,
  });
  if (run.ended === 'not-started' || unstarted !== null)
    return problem(
      `${unstarted ?? run.diagnosis ?? 'it could not be started'}${printed}`,
      'mend client.command, or client.cwd (default: the folder of the config)',
    );
  if (service !== undefined) return ok('the service started, and was triggered');
  if (run.ended === 'patience')
    return warning(
      `it still ran${after} and was ended${printed}`,
      'let client.command end after one operation; a program that goes on running is a client.service',
    );
  if (process.exitCode === 0) return ok(`it ended with exit 0${after}`);
  return warning(
    `it ended with ${process.signal ?? `exit ${process.exitCode}`}${after}${printed}`,
    'what the stub answers may lack what it reads: endpoint.operations.<name>.answer, or client.upstream: endpoint',
  );
}
