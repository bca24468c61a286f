// Makes a running service perform its operation once.
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Client } from '../config/schema.js';
import type { TriggerFacts } from '../evidence/run.js';
import { fillJson, fillSlots, uniqueAs } from '../templates.js';
import { type RunningProcess, startProcess } from './process.js';

export type Trigger = NonNullable<Client['service']>['trigger'];

export interface Triggered {
  ended: Promise<void>;
  /** Once ended: how. */
  facts(): { trigger: TriggerFacts | null; exitCode: number | null; signal: string | null; endedAt: number | null };
  /** The process of a trigger command. */
  child: RunningProcess | null;
  stop(graceMs: number): Promise<void>;
}

/** Resolves once it is under way; how it failed is in `facts()`. An answer is waited for `timeoutMs` long. */
export async function pullTrigger(
  trigger: Trigger,
  place: { cwd: string; env: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<Triggered> {
  return 'command' in trigger ? byCommand(trigger.command, place) : byRequest(trigger, place.timeoutMs);
}

async function byCommand(
  command: string | readonly string[],
  place: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Triggered> {
  const child = await startProcess(command, place);
  return {
    ended: child.ended,
    child,
    facts() {
      const { exitCode, signal, startError, endedAt } = child.facts();
      const trigger = startError === null ? null : { status: null, expected: false, error: startError };
      return { trigger, exitCode, signal, endedAt };
    },
    stop: (graceMs) => child.stop(graceMs),
  };
}

function byRequest(trigger: Exclude<Trigger, { command: unknown }>, timeoutMs: number): Triggered {
  // As in operations: {{unique}} becomes a fresh value.
  const unique = randomUUID();
  const filled = (text: string) =>
    fillSlots(text, ({ name, form }, inner) => (name === 'unique' ? uniqueAs(unique, form) : `{{${inner}}}`));
  const body = trigger.body === undefined ? null : JSON.stringify(fillJson(trigger.body, filled));
  const headers = {
    ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...Object.fromEntries(Object.entries(trigger.headers ?? {}).map(([name, value]) => [name, filled(value)])),
  };
  const url = new URL(filled(trigger.url));
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const outgoing = open(url, { method: trigger.method, headers, agent: false });
  let facts: TriggerFacts = { status: null, expected: false, error: 'no answer' };
  let endedAt: number | null = null;
  const ended = new Promise<void>((resolve) => {
    const timer = setTimeout(() => outgoing.destroy(new Error('no answer in time')), timeoutMs);
    const finish = (how: TriggerFacts) => {
      if (endedAt !== null) return;
      clearTimeout(timer);
      facts = how;
      endedAt = performance.now();
      resolve();
    };
    outgoing.on('error', (error) => finish({ status: null, expected: false, error: error.message }));
    outgoing.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      const expected = trigger.expect?.includes(status) ?? (status >= 200 && status < 300);
      answer.on('error', (error) => finish({ status, expected: false, error: error.message }));
      answer.on('end', () => finish({ status, expected, error: null }));
      answer.resume();
    });
    outgoing.end(body ?? undefined);
  });
  return {
    ended,
    child: null,
    facts: () => ({ trigger: facts, exitCode: null, signal: null, endedAt }),
    async stop() {
      outgoing.destroy(new Error('given up'));
      await ended;
    },
  };
}
