import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import type { Client } from '../config/schema.js';
import type { RunningProcess } from './process.js';

type Ready = NonNullable<Client['service']>['ready'];

const LOOK_MS = 100;
const ANSWER_MS = 2_000;
const WITHIN_MS = 60_000;

/** Waits until the service says that it is ready; else words for why not. */
export async function untilReady(ready: Ready, child: RunningProcess, signal: AbortSignal): Promise<string | null> {
  const { url, output, withinMs } =
    typeof ready === 'string'
      ? {
          withinMs: WITHIN_MS,
          ...(/^https?:\/\//.test(ready) ? { url: ready, output: undefined } : { url: undefined, output: ready }),
        }
      : ready;
  const until = performance.now() + withinMs;
  for (;;) {
    const { startError, endedAt, exitCode, signal: by } = child.facts();
    if (startError !== null) return `the service could not be started: ${startError}`;
    if (endedAt !== null) return `the service ended before it was ready (${by ?? `exit ${exitCode ?? 'unknown'}`})`;
    if (output !== undefined && child.output().includes(output)) return null;
    if (url !== undefined && (await answers(url))) return null;
    if (url === undefined && output === undefined) return null;
    if (signal.aborted) return 'the run was interrupted';
    if (performance.now() > until)
      return `the service was not ready after ${Math.round(withinMs / 1000)} s: ${url === undefined ? `it never printed "${output}"` : `${url} gave no answer below 500`}`;
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const get = url.startsWith('https:') ? httpsGet : httpGet;
    const outgoing = get(url, { agent: false, timeout: ANSWER_MS }, (answer) => {
      answer.resume();
      resolve((answer.statusCode ?? 500) < 500);
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(false));
  });
}
