// Operations that need what another one answers (a payment, its quotation): performed before, once per fresh body, so
// that a repeat of a call repeats all of it.

import { describeEnding, isExpected, jsonOf, statusOf } from '../evidence/exchange.js';
import { getPointer } from '../evidence/pointer.js';
import { saidIn } from '../evidence/said.js';
import { isLack, type Lack } from '../evidence/unlock.js';
import { NoEvidence } from '../transport/budget.js';
import type { Api } from './api.js';
import type { CallSpec, Calls, Fill } from './call.js';
import type { Send } from './session.js';

/** The calls that come before those of a probe: at most one for each. */
export function takingCalls(api: Api, calls: Calls): Calls {
  const before: Record<string, CallSpec> = {};
  for (const call of Object.values(calls)) {
    for (const [name, { operation }] of takesOf(api, call)) {
      const times = (before[labelOf(name)]?.times ?? 0) + call.times;
      const first = api.call(operation, { times, when: 'a create needs one of its own' });
      if (!isLack(first)) before[labelOf(name)] = first;
    }
  }
  return before;
}

/** What must be configured before a probe can take it; null: all is there. */
export function missingToTake(api: Api, calls: Calls): Lack | null {
  const named = Object.values(calls).flatMap((call) => takesOf(api, call).map(([, { operation }]) => operation));
  return named.map((operation) => api.call(operation)).find((call) => isLack(call)) ?? null;
}

/** Fills in what calls take from others, before they are sent. */
export function createTaking(api: Api, send: Send): Send {
  const taken = new Map<string, Promise<string>>();

  async function take(id: string, probe: string | undefined, name: string, from: Take[1]): Promise<string> {
    const spec = api.call(from.operation);
    if (isLack(spec)) throw new NoEvidence('not-configured', spec.lacking);
    const exchange = await send(`${id}.${labelOf(name)}`, probe === undefined ? spec : { ...spec, probe }, {});
    if (!isExpected(exchange)) {
      const what = statusOf(exchange) ?? describeEnding(exchange);
      throw new NoEvidence(
        'dependency',
        `endpoint.operations.${from.operation}, which comes before, was answered ${what}`,
        { said: saidIn(exchange), fact: 'prerequisite-refused' },
      );
    }
    const value = getPointer(jsonOf(exchange), from.value);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw new NoEvidence(
      'dependency',
      `the answer of endpoint.operations.${from.operation} holds nothing at ${from.value}`,
      { fact: 'prerequisite-refused' },
    );
  }

  return async (id, spec, fill) => {
    const takes = takesOf(api, spec);
    if (takes.length === 0) return send(id, spec, fill);
    const values: Record<string, string> = {};
    for (const [name, from] of takes) {
      const of = `${name} ${fill.unique ?? fill.key ?? id}`;
      const value = taken.get(of) ?? take(id, spec.probe, name, from);
      taken.set(of, value);
      values[name] = await value;
    }
    return send(id, spec, { ...fill, taken: values } satisfies Fill);
  };
}

type Take = readonly [name: string, from: { operation: string; value: string }];

function takesOf({ endpoint }: Api, { operation, payload, path }: CallSpec): readonly Take[] {
  const takes = operation === null ? {} : (endpoint.operations[operation]?.takes ?? {});
  // A body that is sent broken or without its members takes nothing.
  const text = `${path} ${JSON.stringify(payload)}`;
  return Object.entries(takes).filter(([name]) => text.includes(`{{${name}}}`));
}

function labelOf(name: string): string {
  return `take ${name}`.replace(' ', '-');
}
