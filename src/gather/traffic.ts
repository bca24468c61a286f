// All calls of ours to the API in one run: what they are sent by, what they share, and what was recorded of them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResolvedTarget } from '../config/load.js';
import type { Exchange } from '../evidence/exchange.js';
import { refusalIn } from '../evidence/refusal.js';
import type { Api } from '../probes/api.js';
import type { CallSpec, Fill } from '../probes/call.js';
import { createFilling } from '../probes/filling.js';
import { keyFor } from '../probes/idempotency-keys.js';
import { createSender, type Send } from '../probes/session.js';
import { createTaking } from '../probes/takes.js';
import { uniqueValue } from '../probes/unique-values.js';
import type { Budget } from '../transport/budget.js';
import { createPatience } from '../transport/patience.js';
import { createTransport, type Transport } from '../transport/transport.js';
import type { ProbingOptions } from './options.js';

export interface Traffic {
  send: Send;
  /** Once a limit is over, in place of what it refused. */
  sendAgain(refused: Exchange, spec: CallSpec, fill: Fill): Promise<Exchange>;
  /** Resolves when no announced wait is running. */
  ready(): Promise<void>;
  /** Whether the call was limited, and the wait that its answer asks for is over. */
  waitOut(call: Exchange): Promise<boolean>;
  /** A value never used before, for bodies. */
  fresh(): string;
  freshKey(): string;
  /** Ends early with the time budget and with the run. */
  pause(ms: number): Promise<void>;
  /** Time that the budget leaves, ms. */
  remainingMs(): number;
  openConnections(count: number): Promise<void>;
  /** In the order of sending. */
  exchanges(): Exchange[];
  /** How late timers were while an exchange ran, ms, by its id. */
  lateMs(): Record<string, number>;
  /** Tells the progress. */
  report(): void;
  close(): Promise<void>;
}

interface ProgressOfRun {
  doing: Set<string>;
  report: () => void;
}

const REQUEST_TIMEOUT_MS = 15_000;
const WAITING = 'waiting until a rate limit ends';

export function openTraffic(
  target: ResolvedTarget,
  api: Api,
  budget: Budget,
  options: ProbingOptions,
  progress: ProgressOfRun,
): Traffic {
  const { signal } = options;
  const transport = openTransport(target, api, budget, options, progress.report);
  const patience = createPatience({
    contract: api.contract,
    budget,
    signal,
    onWait(isWaiting) {
      if (isWaiting) progress.doing.add(WAITING);
      else progress.doing.delete(WAITING);
      progress.report();
    },
  });
  let uniques = 0;
  const fresh = () => uniqueValue(options.runId, ++uniques);
  const sender = createSender(api, transport, options.redactor, options.seed);
  const send = createTaking(api, createFilling(api, sender, fresh));
  return {
    send,
    sendAgain: ({ id }, spec, fill) => send(`${id}.after-limit`, spec, { ...fill, resent: { of: id, after: 'limit' } }),
    ready: patience.ready,
    waitOut: patience.waitOut,
    fresh,
    freshKey: () => keyFor(api.contract.idempotency, options.runId, ++uniques),
    // Nothing is sent behind the time budget, so nothing is waited for. Timers drop parts of milliseconds.
    pause: (ms) => sleep(Math.min(ms, budget.remainingMs() + 1), undefined, { signal }).catch(() => undefined),
    remainingMs: () => budget.remainingMs(),
    openConnections: (count) => transport.open(count),
    exchanges: () => inOrderOfSending(transport),
    lateMs: () => Object.fromEntries(transport.lateMs),
    report: progress.report,
    close: () => transport.close(),
  };
}

function openTransport(
  target: ResolvedTarget,
  api: Api,
  budget: Budget,
  options: ProbingOptions,
  onSend: () => void,
): Transport {
  const { endpoint } = target.config;
  return createTransport({
    origin: api.url.origin,
    ca: options.ca,
    plainOrigin: api.plainUrl?.origin ?? null,
    egress: Object.fromEntries(Object.entries(endpoint?.egress ?? {}).map(([name, { via }]) => [name, via])),
    connectTimeoutMs: REQUEST_TIMEOUT_MS,
    timeoutMs: REQUEST_TIMEOUT_MS,
    redactor: options.redactor,
    budget,
    concurrency: options.concurrency,
    signal: options.signal,
    onSend,
    refusalIn: (exchange) => refusalIn(exchange, api.contract, api.create?.id),
  });
}

function inOrderOfSending(transport: Transport): Exchange[] {
  return transport.exchanges.toSorted((a, b) => a.startedAtMs - b.startedAtMs || a.id.localeCompare(b.id));
}
