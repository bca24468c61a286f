// The process of the user's service, and the listener that it talks to. The listener outlives the process.
import { resolve } from 'node:path';
import type { Client } from '../../config/schema.js';
import type { AttemptEvent, LaneProxy } from '../../proxy/server.js';
import { NoEvidence, notRun } from '../../transport/budget.js';
import { makeLaneDirectory } from '../directory.js';
import { environmentOf, openListener } from '../listener.js';
import { type LogReader, readLogs } from '../logs.js';
import type { LanesOptions } from '../options.js';
import { type RunningProcess, startProcess } from '../process.js';
import { untilReady } from '../ready.js';
import type { Scenario } from '../scenario.js';
import type { Survivor } from '../survivors.js';

export const GRACE_MS = 2_000;

export interface Running {
  child: RunningProcess;
  proxy: LaneProxy;
  logs: LogReader;
}

export interface ServiceHost {
  /** Starts the service unless it runs. Throws NoEvidence where it cannot be started or is not ready in time. */
  ensureRunning(scenario: Scenario): Promise<Running>;
  /** null: it is not running. */
  running(): Running | null;
  /** null: not opened yet. */
  proxy(): LaneProxy | null;
  /** Folder and environment of the service and of its trigger. */
  placeAt(proxy: LaneProxy): { cwd: string; env: NodeJS.ProcessEnv };
  /** SIGKILL so long after `firstAttempt`; when that was, in ms of the recording, or null where it had ended before. */
  crash(on: Running, afterMs: number, firstAttempt: Promise<void>): Promise<number | null>;
  /** After a crash, under the same listener and logs. */
  startAgain(on: Running): Promise<void>;
  stop(): Promise<void>;
  /** What was left running by ended processes, until it is taken into a run. */
  readonly survivors: Survivor[];
  /** Stops the service and closes its listener. */
  close(): Promise<void>;
}

export function createServiceHost(
  service: NonNullable<Client['service']>,
  options: LanesOptions,
  onAttempt: (event: AttemptEvent) => void,
): ServiceHost {
  const cwd = resolve(options.target.directory, options.client.cwd ?? '.');
  const directory = makeLaneDirectory(options);
  const survivors: Survivor[] = [];
  let proxy: LaneProxy | null = null;
  let running: Running | null = null;
  /** Why nothing is started any more: it never got ready, or all is over. Runs that wait for their turn must not start it. */
  let refused: NoEvidence | null = null;
  let hasBeenReady = false;

  const placeAt = ({ url }: LaneProxy) => ({ cwd, env: environmentOf(url, directory.path, options) });

  async function start(scenario: Scenario): Promise<Running> {
    proxy ??= await openListener(scenario, options, onAttempt);
    const place = placeAt(proxy);
    const logs = readLogs(options, directory.path);
    const child = await startProcess(service.start, place);
    const started = { child, proxy, logs };
    running = started;
    // Closed while it was being started.
    if (refused !== null) {
      await stop();
      throw refused;
    }
    const why = await untilReady(service.ready, child, options.signal);
    if (why === null) {
      hasBeenReady = true;
      return started;
    }
    const printed = child.output();
    const failure = options.signal.aborted
      ? notRun(options.signal)
      : new NoEvidence('dependency', `${why}${lastLine(printed, options)}`, { fact: 'client-does-not-start' });
    if (!hasBeenReady) refused = failure;
    await stop();
    throw failure;
  }

  async function stop(): Promise<void> {
    await running?.child.stop(GRACE_MS);
    survivors.push(...(running?.child.survivors() ?? []));
    running = null;
  }

  return {
    survivors,
    placeAt,
    stop,
    running: () => running,
    proxy: () => proxy,
    async ensureRunning(scenario) {
      if (refused !== null) throw refused;
      if (running !== null && running.child.facts().endedAt === null) return running;
      await stop();
      return start(scenario);
    },
    async crash({ child, proxy }, afterMs, firstAttempt) {
      await Promise.race([firstAttempt, child.ended]);
      await Promise.race([new Promise((wake) => setTimeout(wake, afterMs)), child.ended]);
      if (child.facts().endedAt !== null) return null;
      child.kill();
      await child.ended;
      survivors.push(...child.survivors());
      return proxy.recording().durationMs;
    },
    async startAgain(on) {
      const child = await startProcess(service.start, placeAt(on.proxy));
      running = { ...on, child };
      if ((await untilReady(service.ready, child, options.signal)) !== null) await stop();
    },
    async close() {
      refused ??= new NoEvidence('interrupted', 'the service was stopped');
      await stop();
      await proxy?.close();
      directory.remove();
    },
  };
}

function lastLine(output: string, { redactor }: LanesOptions): string {
  const line = redactor.redact(output).text.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
  return line === '' ? '' : `; it printed: ${line}`;
}
