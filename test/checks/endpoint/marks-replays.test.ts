import check from '../../../src/checks/endpoint/marks-replays.js';
import type { Effect } from '../../../src/evidence/map.js';
import { create, type ExchangeInput, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (first: string | null, again: string | null, rest: ExchangeInput = {}, effect?: Effect) => ({
  'endpoint.replay': {
    first: create({ headers: marked(first) }),
    again: create({ id: 'replay.again', repeats: 'replay.first', headers: marked(again), ...rest }),
    effect: effect ?? named(['ord_1', 'ord_1']),
  },
});
const marked = (value: string | null): Record<string, string> =>
  value === null ? {} : { 'Idempotent-Replayed': value };
const present = { idempotency: { marker: { header: 'idempotent-replayed' } } };
const isTrue = { idempotency: { marker: { header: 'Idempotent-Replayed', value: 'true' } } };

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: evidence(null, 'true') }],
  'no-replay': [
    { outcome: 'inconclusive', evidence: evidence(null, null, { status: 409 }), contract: present },
    {
      outcome: 'inconclusive',
      evidence: evidence(null, null, {}, named(['ord_1', 'ord_2'])),
      contract: present,
      name: 'a second resource instead',
    },
  ],
  'marks-first': [
    { outcome: 'fail', evidence: evidence('true', 'true'), contract: present },
    { outcome: 'fail', evidence: evidence('true', null), contract: isTrue, name: 'the first one only' },
  ],
  marked: [
    { outcome: 'pass', evidence: evidence(null, 'yes'), contract: present },
    { outcome: 'pass', evidence: evidence('false', 'True'), contract: isTrue, name: 'the first says "false"' },
    {
      outcome: 'pass',
      evidence: evidence(null, 'true', { json: { ok: true } }, named([{}, {}])),
      contract: isTrue,
      name: 'answers that name nothing',
    },
  ],
  unmarked: [
    { outcome: 'fail', evidence: evidence(null, null), contract: present, says: /no idempotent-replayed/ },
    { outcome: 'fail', evidence: evidence('false', 'false'), contract: isTrue, says: /Idempotent-Replayed: false/ },
  ],
});
