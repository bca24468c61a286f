// Asking for a key again in a later run: inside the provider's window it must be remembered, after it forgotten.

import type { Exchange } from '../evidence/exchange.js';
import { statusOf } from '../evidence/exchange.js';
import type { DeferredEvidence, LaterAnswer } from '../evidence/map.js';
import { isLack, type Lack, lack, without } from '../evidence/unlock.js';
import type { Entry, Purpose } from '../memory/file.js';
import { digest, dueTimes, type TargetMemory } from '../memory/target.js';
import { NoEvidence } from '../transport/budget.js';
import type { Api } from './api.js';
import type { Calls } from './call.js';
import type { ProbeContext } from './define.js';
import { nameOf } from './names.js';
import { keyedCreateCall, mustWork } from './writing.js';

export function deferredCalls(api: Api, purpose: Purpose): Calls | Lack {
  const create = keyedCreateCall(api);
  if (isLack(create)) return create;
  if (api.contract.idempotency?.windowMs === undefined) return without('contract.idempotency.windowMs');
  if (api.memory === null) return lack('a state file (--state <path>)');
  const { kind } = api.memory.occasion(purpose);
  // While a key waits to be asked for, another one would only be another resource.
  if (kind === 'waiting') return {};
  return { first: create, ...(kind === 'due' ? { again: { ...create, expected: [] } } : {}) };
}

export async function askLater(context: ProbeContext, purpose: Purpose): Promise<DeferredEvidence> {
  const { memory } = context.api;
  const windowMs = context.api.contract.idempotency?.windowMs;
  if (memory === null || windowMs === undefined) throw new Error('unreachable: the plan asks for both');
  const occasion = memory.occasion(purpose);
  if (occasion.kind === 'waiting')
    return { windowMs, waiting: waiting(occasion.entry, windowMs), unused: null, lost: null, asked: null };

  // A fresh create: what later runs ask for. With the body of the key that is due it is also the control: it must
  // work, and another key with an equal body must make another resource.
  const unique = occasion.kind === 'due' ? occasion.entry.unique : context.fresh();
  const key = context.freshKey();
  const usedAtMs = memory.now();
  const control = mustWork(await context.send('first', { unique, key }));
  const used = { key, unique, first: answerOf(context.api, control) };
  const lost = await memory.record(purpose, used, usedAtMs);
  const next = waiting({ purpose, usedAt: new Date(usedAtMs).toISOString() }, windowMs);
  if (occasion.kind === 'open') return { windowMs, waiting: next, unused: occasion.unused, lost, asked: null };

  const { entry } = occasion;
  const refused = await memory.claim(entry);
  if (refused !== null) {
    const unused = `The key used at ${entry.usedAt} is not asked for: ${refused}`;
    return { windowMs, waiting: next, unused, lost, asked: null };
  }
  const sentAtMs = memory.now();
  const again = await ask(context, memory, entry);
  return {
    windowMs,
    waiting: next,
    unused: null,
    lost,
    asked: {
      usedAt: entry.usedAt,
      sentAfterMs: sentAtMs - Date.parse(entry.usedAt),
      answeredAfterMs: memory.now() - Date.parse(entry.usedAt),
      first: entry.first,
      again,
      replay: answerOf(context.api, again),
      control,
      fresh: used.first,
    },
  };
}

async function ask(context: ProbeContext, memory: TargetMemory, entry: Entry): Promise<Exchange> {
  try {
    return await context.send('again', { unique: entry.unique, key: entry.key });
  } catch (error) {
    // Where the API surely did nothing, the key can still be asked for by a later run.
    const nothingDone = error instanceof NoEvidence && error.why !== 'unreachable';
    if (nothingDone || entry.purpose === 'remembers') await memory.putBack(entry);
    throw error;
  }
}

function answerOf(api: Api, call: Exchange): LaterAnswer {
  const { id, location } = nameOf(api, call);
  return { status: statusOf(call), id, location, content: digest(call.response?.body.text ?? '') };
}

function waiting(
  { purpose, usedAt }: Pick<Entry, 'purpose' | 'usedAt'>,
  windowMs: number,
): DeferredEvidence['waiting'] {
  const { fromMs, untilMs } = dueTimes(purpose, Date.parse(usedAt), windowMs);
  const text = (ms: number) => new Date(ms).toISOString();
  return { usedAt, dueFrom: text(fromMs), dueUntil: untilMs === null ? null : text(untilMs) };
}
