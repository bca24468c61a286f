// The process of the user's receiver, where the config says how to start it.
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResolvedTarget } from '../config/load.js';
import type { Webhook } from '../config/schema.js';
import { makeTemporaryFolder } from '../files/temporary.js';
import { inLane, LANE_PLACE } from '../lanes/directory.js';
import { environmentOf } from '../lanes/listener.js';
import { type RunningProcess, startProcess } from '../lanes/process.js';
import { untilReady } from '../lanes/ready.js';
import type { Redactor } from '../redaction/redact.js';
import { NoEvidence } from '../transport/budget.js';

const GRACE_MS = 2_000;
const LOOKS = 25;
const LOOK_MS = 20;
const LONGEST_LINE = 300;
const MOST_LINES = 20;

export interface ReceiverHost {
  /** Starts it unless it runs, or is not ours. Throws NoEvidence where it does not get ready. */
  ensureRunning(): Promise<void>;
  /** `isDoubtful`: it broke a connection, so that it may be about to end; then the end is waited for. null: it is not ours. */
  isAlive(isDoubtful: boolean): Promise<boolean | null>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Lines since this was asked last, redacted; null: it is not ours. */
  printed(): readonly string[] | null;
  /** Where its commands run. */
  place: { cwd: string; env: NodeJS.ProcessEnv };
  close(): Promise<void>;
}

export function createReceiverHost(
  target: ResolvedTarget,
  webhook: Webhook,
  /** Base URL of the API's stand-in; null: there is none. */
  apiUrl: string | null,
  options: { environment: NodeJS.ProcessEnv; redactor: Redactor; signal: AbortSignal },
): ReceiverHost {
  const texts = Object.values(webhook.env);
  const folder = texts.some((text) => text.includes(LANE_PLACE))
    ? makeTemporaryFolder('golive-receiver')
    : { path: '', remove: () => undefined };
  const own = Object.entries(webhook.env).map(([name, text]) => [name, inLane(text, folder.path)]);
  const { environment } = options;
  const place = {
    cwd: resolve(target.directory, webhook.cwd ?? '.'),
    env:
      apiUrl === null
        ? { ...environment, ...Object.fromEntries(own) }
        : environmentOf(apiUrl, folder.path, { client: webhook, environment, interception: null }),
  };
  const { command } = webhook;
  let child: RunningProcess | null = null;
  const isRunning = () => child !== null && child.facts().endedAt === null;

  async function start(words: string | readonly string[]): Promise<void> {
    const started = await startProcess(words, place);
    child = started;
    const ready = webhook.ready ?? { url: new URL('/', webhook.url).href, withinMs: 60_000 };
    const why = await untilReady(ready, started, options.signal);
    if (why === null) return;
    await started.stop(GRACE_MS);
    const said = linesOf(started.output(), options.redactor).at(-1);
    const reason = options.redactor.redact(why).text.replace('the service', 'it').replace('client.cwd', 'webhook.cwd');
    throw new NoEvidence('dependency', `your receiver: ${reason}${said === undefined ? '' : `; it printed: ${said}`}`, {
      fact: 'receiver-does-not-start',
    });
  }

  return {
    place,
    async ensureRunning() {
      if (command === undefined || isRunning()) return;
      await start(command);
    },
    async isAlive(isDoubtful) {
      // The system closes the connections of a process before we are told of its end.
      for (let look = 0; isDoubtful && look < LOOKS && isRunning(); look += 1) await sleep(LOOK_MS);
      return command === undefined ? null : isRunning();
    },
    async kill() {
      child?.kill();
      await child?.ended;
    },
    printed: () => (child === null ? null : linesOf(child.takeOutput().text, options.redactor)),
    async close() {
      await child?.stop(GRACE_MS);
      folder.remove();
    },
  };
}

function linesOf(text: string, redactor: Redactor): string[] {
  return redactor
    .redact(text)
    .text.split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
}
