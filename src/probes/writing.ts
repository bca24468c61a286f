// What the writing probes share: when they may run at all, and the create call under each of their conditions.

import type { Exchange } from '../evidence/exchange.js';
import { describeEnding, isRefusedInSuccess, isSuccess, isSureSuccess, statusOf } from '../evidence/exchange.js';
import { factOf } from '../evidence/fact.js';
import { SETTING } from '../evidence/refusal.js';
import { saidIn } from '../evidence/said.js';
import { isLack, type Lack, lack } from '../evidence/unlock.js';
import { NoEvidence } from '../transport/budget.js';
import type { Api } from './api.js';
import type { CallSpec } from './call.js';

/** What a mock server lacks: it answers every call as if it were the first. */
export const STATE = lack('an endpoint that keeps state (endpoint.mock is true)');

/** What a mock server is not: whatever it makes up of its own (refusals, versions, the look of errors) is not the API's. */
export const NO_MOCK = lack('an endpoint that is no mock (endpoint.mock is true)');

/** Where the contract puts the key of a call. */
export const KEY_PLACE = ['contract.idempotency.header', 'contract.idempotency.bodyField'] as const;
/** What every probe needs that creates under a key. */
export const KEYED_CREATE = [KEY_PLACE, 'endpoint.operations.create'] as const;

/** The create call, or what to configure for it. Stateful probes are pointless against a mock. */
export function createCall(api: Api, changes: Partial<CallSpec> = {}): CallSpec | Lack {
  if (api.endpoint.mock) return STATE;
  return api.call('create', changes);
}

/** The create call with an idempotency key, where the contract has one for its method. */
export function keyedCreateCall(api: Api, changes: Partial<CallSpec> = {}): CallSpec | Lack {
  if (api.endpoint.mock) return STATE;
  const idempotency = api.contract.idempotency;
  if (idempotency === undefined || (idempotency.header === undefined && idempotency.bodyField === undefined)) {
    return lack('contract.idempotency.header (or bodyField)', KEY_PLACE);
  }
  const create = createCall(api, changes);
  if (isLack(create) || create.keyed) return create;
  return lack(`contract.idempotency.methods with ${create.method}`, 'contract.idempotency.methods');
}

/** A first create that must work before a repeat of it says anything. */
export function mustWork(call: Exchange): Exchange {
  if (isSureSuccess(call)) return call;
  if (isSuccess(call))
    throw new NoEvidence(
      'dependency',
      `a plain create was answered ${statusOf(call)} with a body that looks like an error (${call.refusal?.sign}); ${SETTING} says how to recognise one (false: a 2xx is always a success)`,
      { fact: 'create-refused' },
    );
  const status = statusOf(call);
  const hint =
    status === 400 || status === 422 || isRefusedInSuccess(call)
      ? '; does endpoint.operations.create have a valid body, and contract.idempotency the right header and quoting?'
      : '';
  throw new NoEvidence(
    'dependency',
    `the control failed: ${status === null ? describeEnding(call) : `a plain create was answered ${status}${isRefusedInSuccess(call) ? ` with an error in its body (${call.refusal?.sign})` : ''}`}${hint}`,
    { said: saidIn(call), fact: status === null ? factOf(call) : 'create-refused' },
  );
}

/** The sample calls of the create operation that fail, in order of status. */
export function failingCreates(api: Api): { status: number; field: string | null; spec: CallSpec }[] {
  const create = api.call('create');
  if (isLack(create)) return [];
  return Object.entries(api.create?.fails ?? {}).map(([status, sample]) => ({
    status: Number(status),
    field: sample.field ?? null,
    spec: {
      ...create,
      path: sample.path ?? create.path,
      payload:
        sample.form !== undefined
          ? { form: sample.form }
          : sample.body !== undefined
            ? { json: sample.body }
            : create.payload,
      expected: [Number(status)],
    },
  }));
}
