// Evidence of a key of an earlier run, as the probes leave it.

import type { Exchange } from '../../src/evidence/exchange.js';
import type { DeferredEvidence, LaterAnswer } from '../../src/evidence/map.js';
import { create, type ExchangeInput, type Name } from './exchange.js';

export const DAY_MS = 24 * 3_600_000;
export const conflict = { idempotency: { replay: 'conflict', conflict: { statuses: 409 } } } as const;
export const marker = { idempotency: { marker: { header: 'Replayed' } } } as const;

export const waiting: DeferredEvidence = {
  windowMs: DAY_MS,
  waiting: {
    usedAt: '2026-01-15T12:00:00.000Z',
    dueFrom: '2026-01-16T00:00:00.000Z',
    dueUntil: '2026-01-16T10:48:00.000Z',
  },
  unused: null,
  lost: null,
  asked: null,
};
export const open: DeferredEvidence = {
  ...waiting,
  waiting: { ...waiting.waiting, dueFrom: '2026-01-16T14:24:00.000Z', dueUntil: null },
};
export const unused: DeferredEvidence = {
  ...waiting,
  unused: 'The key used on 2026-01-01 12:00 UTC is not asked for: endpoint.url changed since',
};
export const lost: DeferredEvidence = { ...waiting, lost: '/cache/state.json cannot be written (EACCES)' };

interface Asked {
  afterMs: number;
  again?: ExchangeInput;
  control?: ExchangeInput;
  /** How the first answer, its repeat and the control name their resources. */
  names?: readonly Name[];
}

/** The key was asked for again: by default it gets the first resource, and another key another one. */
export function deferred({
  afterMs,
  again = {},
  control = {},
  names = ['ord_1', 'ord_1', 'ord_2'],
}: Asked): DeferredEvidence {
  const replay = create({ id: 'remembered-key.again', ...again });
  const fresh = create({ id: 'remembered-key.first', json: { id: 'ord_2' }, ...control });
  return {
    ...waiting,
    asked: {
      usedAt: '2026-01-15T12:00:00.000Z',
      sentAfterMs: afterMs,
      answeredAfterMs: afterMs + 20,
      first: answer(names[0], create()),
      again: replay,
      replay: answer(names[1], replay),
      control: fresh,
      fresh: answer(names[2], fresh),
    },
  };
}

function answer(name: Name | undefined, call: Exchange): LaterAnswer {
  const { id = null, location = null } = typeof name === 'string' ? { id: name } : (name ?? {});
  return { status: call.response?.status ?? null, id, location, content: call.response?.body.text ?? '' };
}
