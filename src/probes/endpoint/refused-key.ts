import type { Exchange } from '../../evidence/exchange.js';
import { isSuccess, statusOf } from '../../evidence/exchange.js';
import { announcedWait, isLimited } from '../../evidence/limits.js';
import { isLack } from '../../evidence/unlock.js';
import type { Api } from '../api.js';
import type { CallSpec } from '../call.js';
import { compose } from '../compose.js';
import { defineProbe, type ProbeContext } from '../define.js';
import { KEYED_CREATE, keyedCreateCall } from '../writing.js';

// Where the refusal names no time to wait.
const USUAL_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;
// Announced seconds are often cut off, not rounded up.
const GRAIN_MS = 100;
const PASSING = [429, 503];
const PASSING_CODE = /limit|throttl|too.?many|unavailable|overload|busy|429|503/i;

/** A refused create and the value that its body carries. */
interface Refused {
  call: Exchange;
  unique: string;
  key: string;
}

export default defineProbe({
  key: 'endpoint.refused-key',
  says: 'repeating a create that was refused temporarily',
  after: ['endpoint.authenticated'],
  settings: [...KEYED_CREATE],
  exhausts: true,
  calls(api) {
    const create = keyedCreateCall(api);
    if (isLack(create)) return create;
    const trigger = triggerOf(api);
    const provoked = {
      ...create,
      headers: { ...create.headers, ...trigger?.headers },
      expected: [...PASSING],
      testCase: true,
    } as const;
    return {
      ...(trigger === null ? {} : { provoked: { ...provoked, when: 'no create of the run was limited' } }),
      again: { ...create, times: 2, when: 'a create was refused with 429 or 503' },
      fresh: { ...create, when: 'its repeat is refused, too' },
    };
  },
  async run(context) {
    const { exchanges } = context.traffic();
    const natural = recoveredIn(exchanges, context.api);
    if (natural !== null)
      return { met: { ...natural, provoked: false, fresh: null, last: null, waitedMs: gap(natural) } };
    const refused = refusedIn(exchanges, context.api) ?? (await provoke(context));
    if (refused === null) return { met: null };
    const { call, unique, key } = refused;
    const waitMs = announcedWait(call, context.api.contract)?.ms ?? USUAL_WAIT_MS;
    const provoked = call.probe === 'refused-key';
    const unasked = { refused: call, again: null, fresh: null, last: null, provoked, waitedMs: waitMs };
    if (waitMs > LONGEST_WAIT_MS || waitMs > context.remainingMs()) return { met: unasked };
    await context.pause(waitMs + GRAIN_MS);
    const send = (label: string, fill: { unique: string; key: string }, suffix = '') =>
      context.send(label, { ...fill, suffix, whatever: true, once: true });
    const again = await send('again', { unique, key }, '1');
    const done = { ...unasked, again, waitedMs: gap({ refused: call, again }) };
    if (isSuccess(again)) return { met: done };
    // Another key at the same time tells a refusal that is kept from a limit that lasts.
    const fresh = await send('fresh', { unique: context.fresh(), key: context.freshKey() });
    const last = isSuccess(fresh) ? await send('again', { unique, key }, '2') : null;
    return { met: { ...done, fresh, last } };
  },
});

/** The test call of the contract that is refused in passing. */
function triggerOf({ contract, endpoint, live }: Api) {
  if (endpoint.environment !== 'sandbox' || live) return null;
  const triggers = Object.entries(contract.triggers ?? {});
  const found = triggers.find(([code, { statuses }]) =>
    statuses === undefined ? PASSING_CODE.test(code) : statuses.some((status) => PASSING.includes(status)),
  );
  return found?.[1] ?? null;
}

async function provoke(context: ProbeContext): Promise<Refused | null> {
  if (triggerOf(context.api) === null) return null;
  const [unique, key] = [context.fresh(), context.freshKey()];
  const call = await context.send('provoked', { unique, key, whatever: true, once: true });
  return isPassing(call, context.api) ? { call, unique, key } : null;
}

function isPassing(call: Exchange, { contract }: Api): boolean {
  return call.ended === 'complete' && (isLimited(call, contract) || PASSING.includes(statusOf(call) ?? 0));
}

/** Plain creates with a key, of whatever probe. */
function keyedCreates(exchanges: readonly Exchange[], api: Api): Refused[] {
  const spec = keyedCreateCall(api);
  if (isLack(spec)) return [];
  return exchanges.flatMap((call) => {
    const { idempotencyKey: key, credential, method, unique } = call.request;
    if (key === null || unique === undefined || credential !== spec.credential || method !== spec.method) return [];
    return isPlainCreate(api, spec, { call, unique, key }) ? [{ call, unique, key }] : [];
  });
}

/** Sent again with that value and key it is the same call. */
function isPlainCreate(api: Api, spec: CallSpec, { call, unique, key }: Refused): boolean {
  // What it takes from other calls is not known here.
  if (Object.keys(api.create?.takes ?? {}).length > 0) return false;
  const { path, body } = compose(api, '', spec, { unique, key });
  const url = new URL(call.request.url);
  return body === (call.request.body?.text ?? null) && path === `${url.pathname}${url.search}`;
}

/** The latest refused create whose key made nothing. */
function refusedIn(exchanges: readonly Exchange[], api: Api): Refused | null {
  const creates = keyedCreates(exchanges, api);
  const isUsed = (key: string) => exchanges.some((one) => one.request.idempotencyKey === key && !isPassing(one, api));
  return creates.findLast(({ call, key }) => isPassing(call, api) && !isUsed(key)) ?? null;
}

/** A refused create that its repeat performed, once the refusal had come: the run met one by itself. */
function recoveredIn(exchanges: readonly Exchange[], api: Api): { refused: Exchange; again: Exchange } | null {
  for (const { call: refused, key } of keyedCreates(exchanges, api)) {
    if (!isPassing(refused, api)) continue;
    const others = exchanges.filter((one) => one !== refused && one.request.idempotencyKey === key);
    const [again] = others.filter((one) => isSuccess(one) && one.request.body?.text === refused.request.body?.text);
    // A call that was out beside it may have made the resource that a later one only repeats.
    const isFirst = others.every((one) => one.startedAtMs >= refused.endedAtMs || isPassing(one, api));
    if (again !== undefined && isFirst) return { refused, again };
  }
  return null;
}

function gap({ refused, again }: { refused: Exchange; again: Exchange }): number {
  return Math.round(again.startedAtMs - refused.endedAtMs);
}
