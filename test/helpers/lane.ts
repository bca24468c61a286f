// Recorded runs of a client, as the lanes leave them: only what a case is about is written down.
import type { EVERY_FAULT } from '../../src/checks/shared/one-operation.js';
import type { Verdict } from '../../src/checks/verdict.js';
import type { HeaderPairs, RecordedBody } from '../../src/evidence/exchange.js';
import type { AskedEvidence, ClientFacts, LanesEvidence } from '../../src/evidence/map.js';
import type {
  Attempt,
  AttemptAnswer,
  AttemptEnd,
  ConnectionFacts,
  Found,
  OtherHost,
  TunnelFacts,
} from '../../src/evidence/recording.js';
import type { LaneRun } from '../../src/evidence/run.js';
import { NOON_EPOCH_MS } from './exchange.js';

export interface AttemptInput {
  /** What we answered; null: nothing. */
  status?: number | null;
  /** From the end of the attempt before to this one. */
  waitMs?: number;
  /** From its first byte to our answer (or the cut). */
  heldMs?: number;
  /** How late we learnt that the answer was out. */
  learntLateMs?: number;
  key?: string | null;
  /** Names the operation, body included; null: the request was never whole. */
  logical?: string | null;
  /** Digest of its body's bytes; null: it has none. */
  digest?: string | null;
  method?: string;
  url?: string;
  scheme?: Attempt['scheme'];
  authority?: string;
  headers?: HeaderPairs;
  body?: string;
  /** Whether faults aim at it. */
  target?: boolean;
  /** Default: create where faults aim at it, else other. */
  operation?: string;
  found?: readonly Found[];
  answerHeaders?: HeaderPairs;
  /** Sentinel that our answer names, in a header; default: one that is in no header, where there is an answer. */
  requestId?: string | null;
  ended?: AttemptEnd;
  /** Default: status. */
  faultId?: string;
  endedBy?: Attempt['endedBy'];
  /** true: met; a text: why it was missed. Default: met where the status is none or at least 400. */
  fault?: boolean | string;
}

export interface LaneInput {
  label?: string;
  repeat?: number;
  attempts?: readonly AttemptInput[];
  elsewhere?: readonly AttemptInput[];
  /** How long after the others it began. */
  beganAfterMs?: number;
  /** Default: 0 where the last attempt was answered below 400, else 1. */
  exitCode?: number | null;
  signal?: string | null;
  ended?: LaneRun['ended'];
  diagnosis?: string | null;
  output?: string;
  /** MiB that it printed, too many to be kept. */
  outputMiB?: number;
  found?: LaneRun['process']['found'];
  namedErrors?: readonly string[];
  namedRequestIds?: readonly string[];
  effects?: number;
  durationMs?: number;
  /** A service's answer to its trigger, in place of an exit code; null: it gave none. */
  triggerStatus?: number | null;
  /** Whether the end of the operation can be seen from outside. */
  reported?: boolean;
  sharedLogs?: boolean;
  otherWork?: true;
  restartedAtMs?: number;
  /** TLS in tunnels, one for each connection. */
  tunnels?: readonly Tunnel[];
  otherHosts?: readonly OtherHost[];
  /** null: no fault is armed; default: only under "no fault". */
  script?: string | null;
  timerLateMs?: number;
  dropped?: number;
}

export type Tunnel = Partial<TunnelFacts & Pick<ConnectionFacts, 'requests' | 'closedBy'>>;

export const START_MS = 300;
const HELD_MS = 5;
const WAIT_MS = 1000;

/** One run: one POST, answered 201 after 5 ms, then exit 0, unless said otherwise. Later attempts wait 1 s. */
export function lane(input: LaneInput = {}): LaneRun {
  const { label = 'no fault', repeat = 1, ended = 'exited' } = input;
  const name = `${label.replace(/[^\w.-]+/g, '-')}.${repeat}`;
  const attempts = inTime(name, '#', input.attempts ?? [{}]);
  const elsewhere = inTime(name, '@', input.elsewhere ?? []);
  const endedAtMs = Math.max(START_MS, ...attempts.map((one) => one.times.endedAtMs ?? 0));
  const lastStatus = attempts.at(-1)?.answer?.status ?? 599;
  const output = input.output ?? '';
  const killed = ended === 'patience' || ended === 'interrupted';
  const signal = input.signal ?? (killed ? 'SIGTERM' : null);
  const triggered = input.triggerStatus !== undefined;
  const usualExit = signal === null ? Number(lastStatus >= 400) : null;
  return {
    label,
    repeat,
    ...(input.otherWork === undefined ? {} : { otherWork: input.otherWork }),
    recording: {
      lane: name,
      url: 'http://127.0.0.1:40000/v1',
      seed: 1,
      script: input.script === undefined ? (label === 'no fault' ? null : label) : input.script,
      startedAtEpochMs: NOON_EPOCH_MS + (input.beganAfterMs ?? 0),
      durationMs: input.durationMs ?? endedAtMs + 100,
      attempts,
      elsewhere,
      connections: (input.tunnels ?? []).map(tunnel),
      ...(input.otherHosts === undefined ? {} : { otherHosts: input.otherHosts }),
      effects: { count: input.effects ?? 1, list: [] },
      dropped: { attempts: input.dropped ?? 0, connections: 0, effects: 0, bodies: 0 },
      noise: {
        loopDelayMaxMs: 5,
        loopDelayP99Ms: 3,
        timerLateMaxMs: input.timerLateMs ?? 5,
        timerLateMeanMs: input.timerLateMs ?? 2,
        idleCloseRaces: 0,
      },
    },
    process: {
      startedAtMs: 0,
      endedAtMs: ended === 'interrupted' ? null : endedAtMs + 50,
      exitCode: triggered ? null : input.exitCode === undefined ? usualExit : input.exitCode,
      signal,
      trigger: triggered
        ? { status: input.triggerStatus ?? null, expected: (input.triggerStatus ?? 500) < 300, error: null }
        : null,
      reported: input.reported ?? true,
      sharedLogs: input.sharedLogs ?? false,
      output,
      ...(input.outputMiB === undefined
        ? { outputBytes: Buffer.byteLength(output) }
        : { outputBytes: input.outputMiB * 1024 * 1024, outputCut: true as const }),
      found: input.found ?? [],
      namedRequestIds: input.namedRequestIds ?? [],
      namedErrors: input.namedErrors ?? [],
    },
    ended,
    restartedAtMs: input.restartedAtMs ?? null,
    diagnosis: input.diagnosis ?? null,
  };
}

/** Broken off by the client in the middle of the handshake, unless said otherwise. */
function tunnel({ requests = 0, closedBy = 'client', ...facts }: Tunnel, at: number): ConnectionFacts {
  return {
    number: at + 1,
    elsewhere: false,
    acceptedAtMs: START_MS,
    closedAtMs: closedBy === null ? null : START_MS + 20,
    closedBy,
    requests,
    tunnel: {
      authority: 'api.example.com:443',
      route: 'lane',
      certificate: 'untrusted',
      handshake: 'failed',
      error: null,
      ...facts,
    },
  };
}

function inTime(name: string, mark: string, inputs: readonly AttemptInput[]): Attempt[] {
  let nowMs = START_MS;
  return inputs.map((input, at) => {
    const firstByteAtMs = at === 0 ? nowMs : nowMs + (input.waitMs ?? WAIT_MS);
    nowMs = firstByteAtMs + (input.heldMs ?? HELD_MS);
    return attempt(`${name}${mark}${at + 1}`, at + 1, input, firstByteAtMs, nowMs);
  });
}

function attempt(id: string, number: number, input: AttemptInput, firstByteAtMs: number, endedAtMs: number): Attempt {
  const { status = 201, logical = 'op-1', method = 'POST', target = true, key = null } = input;
  const { digest = logical } = input;
  const met = input.fault ?? (status === null || status >= 400);
  return {
    id,
    number,
    connection: number,
    onConnection: 1,
    scheme: input.scheme ?? 'http',
    authority: input.authority ?? '127.0.0.1:40000',
    operation: input.operation ?? (target ? 'create' : 'other'),
    target,
    ofTarget: target ? number : null,
    logical,
    request: {
      method,
      url: input.url ?? '/v1/orders',
      httpVersion: '1.1',
      headers: [['Host', '127.0.0.1:40000'], ...(input.headers ?? [])],
      trailers: [],
      body: input.body === undefined ? null : recorded(input.body),
      complete: logical !== null,
      digest: digest === null ? null : { bytes: digest, json: null },
      idempotencyKey: key,
      found: input.found ?? [],
      looksLike: null,
    },
    answer:
      status === null
        ? null
        : answer(status, input.requestId == null ? input.answerHeaders : [['X-Request-Id', input.requestId]]),
    fault:
      met === false
        ? null
        : { id: input.faultId ?? 'status', params: {}, explain: 'The API fails.', missed: met === true ? null : met },
    answeredBy: status === null ? 'fault' : 'stub',
    effect: null,
    requestId: input.requestId === undefined ? (status === null ? null : 'req_1') : input.requestId,
    times: {
      connectionAcceptedAtMs: firstByteAtMs - 1,
      firstByteAtMs,
      requestCompleteAtMs: logical === null ? null : firstByteAtMs + 1,
      answerFirstByteAtMs: status === null ? null : endedAtMs,
      endedAtMs: endedAtMs + (input.learntLateMs ?? 0),
    },
    ended: input.ended ?? (status === null ? 'we-reset' : 'complete'),
    endedBy: input.endedBy ?? 'us',
    error: null,
  };
}

function answer(status: number, headers: HeaderPairs = []): AttemptAnswer {
  return { interim: [], status, statusText: '', headers, trailers: [], body: recorded('{}'), found: [] };
}

function recorded(text: string): RecordedBody {
  return { text, bytes: Buffer.byteLength(text), truncated: false, encoding: 'utf8' };
}

export function runs(...inputs: readonly LaneInput[]): LanesEvidence {
  return { runs: inputs.map(lane) };
}

/** Two runs of one call each without faults, each with a key of its own. */
export function control(call: AttemptInput = {}): LanesEvidence {
  return runs({ attempts: [{ key: 'k-1', ...call }] }, { attempts: [{ key: 'k-2', ...call }], repeat: 2 });
}

/** Two runs that perform two different operations each. */
export const TWO_OPERATIONS: LanesEvidence = runs(
  ...[1, 2].map((repeat) => ({
    repeat,
    attempts: [
      { key: `k-${repeat}a`, logical: 'op-1' },
      { key: `k-${repeat}b`, logical: 'op-2' },
    ],
  })),
);

/** A lasting 503: for each run its waits. */
export function outage(waits: readonly (readonly number[])[], rest: Partial<LaneInput> = {}): LanesEvidence {
  return runs(
    ...waits.map((one, at) => ({
      label: '503 for good',
      repeat: at + 1,
      attempts: [{ status: 503, key: `k-${at}` }, ...one.map((waitMs) => ({ status: 503, waitMs, key: `k-${at}` }))],
      ...rest,
    })),
  );
}

/** A fault once, then success: the repeat carries the same key. */
export function recovered(label: string, first: AttemptInput = {}, again: AttemptInput = {}): LaneInput {
  return {
    label,
    attempts: [
      { status: Number.parseInt(label, 10) || null, key: 'k', ...first },
      { key: 'k', ...again },
    ],
  };
}

/** A fault, then a look-up by reference, which the stand-in answers well. */
export function lookedUp(label: string, first: AttemptInput = {}): LaneInput {
  const lookUp = { target: false, method: 'GET', url: '/v1/orders?reference=1', status: 200, fault: false };
  return { label, attempts: [{ status: Number.parseInt(label, 10) || null, key: 'k', ...first }, lookUp] };
}

/** A fault, and not one more attempt. */
export function gaveUp(label: string, first: AttemptInput = {}): LaneInput {
  return { label, attempts: [{ status: Number.parseInt(label, 10) || null, key: 'k', ...first }] };
}

export type GivenLanes = Partial<
  Record<Exclude<(typeof EVERY_FAULT)[number], 'client.lanes'> | 'client.refusals', LanesEvidence>
>;

/** Every kind of fault, met without another attempt, unless given; and all of that in client.lanes. */
export function everyFault(given: GivenLanes = {}, rest: Partial<LaneInput> = {}) {
  const quiet = (label: string, first: AttemptInput = {}) => runs({ ...gaveUp(label, first), ...rest });
  const lasting = given['client.outage'] ?? outage([[]], rest);
  const groups: Record<keyof GivenLanes, LanesEvidence> = {
    'client.control': control(),
    'client.server-errors': quiet('500'),
    'client.rate-limits': quiet('429'),
    'client.lost-connections': quiet('reset'),
    'client.lasting-faults': quiet('reset for good'),
    // The lasting fault is a 503 where the client retries that.
    'client.server-outage': lasting,
    'client.outage': lasting,
    'client.hang': quiet('no answer', { status: null, ended: 'client-closed', endedBy: 'client' }),
    'client.lost-response': quiet('answer lost', { ended: 'we-cut' }),
    'client.truncated-response': quiet('body cut short', { status: 201, ended: 'we-cut', fault: true }),
    'client.html-errors': quiet('502 with an HTML page'),
    'client.refusals': quiet('422'),
    ...given,
  };
  return { ...groups, 'client.lanes': { runs: [...new Set(Object.values(groups).flatMap((group) => group.runs))] } };
}

/** Where the calls themselves are judged: those of the control, and of these other runs. */
export function callsIn(calls: LanesEvidence, ...others: readonly LaneInput[]) {
  const lanes = { runs: [...calls.runs, ...runs(...others).runs] };
  const none = Object.keys(everyFault()).map((key) => [key, runs()]);
  const nothing = Object.fromEntries(none) as ReturnType<typeof everyFault>;
  return { ...nothing, 'client.control': calls, 'client.facts': facts(), 'client.lanes': lanes };
}

export function facts(changes: Partial<ClientFacts> = {}): ClientFacts {
  return { patienceMs: 60_000, operation: 'create', method: 'POST', hasKey: true, ...changes };
}

interface Unable<E> {
  outcome: Verdict['outcome'];
  evidence: E;
  contract?: object;
  says?: RegExp;
  name?: string;
}

/** What each check on faults must not judge: without its control, without its fault, cut short by the user. */
export function unable<E, C extends object>(
  build: (control: LanesEvidence, under: LanesEvidence) => E,
  contract?: C,
): Record<'control-failed' | 'fault-not-met' | 'interrupted', (Unable<E> & { contract?: C })[]> {
  const laid = contract === undefined ? {} : { contract };
  const met = runs(recovered('503'));
  return {
    'control-failed': [
      {
        outcome: 'inconclusive',
        evidence: build(runs({}, { repeat: 2, exitCode: 1 }), met),
        says: /control failed: .* exit 1/,
        ...laid,
      },
      {
        outcome: 'inconclusive',
        evidence: build(runs({}, { repeat: 2, ended: 'patience', durationMs: 60_300 }), met),
        says: /still running after 60 s/,
        ...laid,
      },
    ],
    'fault-not-met': [
      {
        outcome: 'inconclusive',
        evidence: build(control(), runs({ label: '503', attempts: [{ target: false }] })),
        says: /"503" never took effect: no call of the operation/,
        ...laid,
      },
      {
        outcome: 'inconclusive',
        evidence: build(control(), runs({ label: '503', attempts: [{ fault: 'the client had gone' }] })),
        name: 'the client had gone before it could take place',
        ...laid,
      },
      {
        outcome: 'inconclusive',
        evidence: build(
          control(),
          runs({ label: '503', attempts: [], ended: 'no-request', diagnosis: 'the shell did not find the command' }),
        ),
        says: /the shell did not find the command/,
        name: 'no request',
        ...laid,
      },
    ],
    interrupted: [
      {
        outcome: 'inconclusive',
        evidence: build(control(), runs({ ...gaveUp('503'), ended: 'interrupted' })),
        ...laid,
      },
    ],
  };
}

/** `unable`, and what no check on retries can judge: several operations of one run that look alike. */
export function unableToRetry<E, C extends object>(
  build: (control: LanesEvidence, under: LanesEvidence) => E,
  contract?: C,
): ReturnType<typeof unable<E, C>> & Record<'alike-operations', (Unable<E> & { contract?: C })[]> {
  const twice = (...attempts: readonly AttemptInput[]) => runs({ attempts }, { attempts, repeat: 2 });
  const some = {
    'one body': twice({ key: 'k-1' }, { key: 'k-2' }),
    'one key': twice({ key: 'k' }, { key: 'k', logical: 'op-2' }),
  };
  return {
    ...unable(build, contract),
    'alike-operations': Object.entries(some).map(([name, control]) => ({
      outcome: 'inconclusive',
      evidence: build(control, runs(recovered('503'))),
      says: /a retry and the next operation cannot be distinguished/,
      name,
      ...(contract === undefined ? {} : { contract }),
    })),
  };
}

/** What was not tried, as the client asks again after no answer. */
export function neverAsked(): AskedEvidence {
  return { ...runs(gaveUp('500'), gaveUp('429')), never: true };
}
