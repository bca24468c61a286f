import check from '../../../src/checks/endpoint/replays-updates.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

function evidence(
  shows: 'other' | 'repeated' | 'neither' | 'both',
  again: ExchangeInput = {},
  look: ExchangeInput = { json: { note: 'other' } },
  first: ExchangeInput = {},
) {
  const patch = (id: string, note: string, more: ExchangeInput = {}) =>
    exchange({ id: `update-replay.${id}`, method: 'PATCH', url: '/orders/1', json: { note }, ...more });
  return {
    'endpoint.update-replay': {
      first: patch('first', 'one', first),
      other: patch('other', 'other'),
      again: patch('again', 'one', again),
      look: exchange({ id: 'update-replay.look', url: '/orders/1', ...look }),
      shows,
    },
  };
}
const contract = { idempotency: { replay: 'same-response' } } as const;
const conflict = { idempotency: { replay: 'conflict' } } as const;
const marked = { idempotency: { replay: 'same-response', marker: { header: 'Replayed' } } } as const;

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: evidence('other') }],
  'applied-again': [
    { outcome: 'fail', evidence: evidence('repeated'), contract, says: /the update between the two is undone/ },
  ],
  refused: [{ outcome: 'pass', evidence: evidence('other', { status: 409 }), contract: conflict }],
  'no-conflict': [{ outcome: 'fail', evidence: evidence('other'), contract: conflict }],
  'not-replayed': [{ outcome: 'fail', evidence: evidence('other', { status: 409 }), contract }],
  differs: [{ outcome: 'fail', evidence: evidence('other', { json: { note: 'other' } }), contract, says: /\/note/ }],
  replayed: [
    { outcome: 'pass', evidence: evidence('other'), contract },
    {
      outcome: 'pass',
      evidence: evidence('other', { json: { note: 'other' } }),
      contract: { idempotency: { replay: 'same-resource' } },
      name: 'an API that answers with the state of today',
    },
  ],
  marked: [
    {
      outcome: 'pass',
      evidence: evidence('neither', { headers: { Replayed: 'true' } }, { status: 404 }),
      contract: marked,
    },
  ],
  'not-shown': [
    { outcome: 'inconclusive', evidence: evidence('neither', {}, { status: 405 }), contract: marked },
    {
      outcome: 'inconclusive',
      evidence: evidence('both'),
      contract,
      says: /shows both updates/,
      name: 'a resource that keeps its history',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        'neither',
        { headers: { Replayed: 'true' } },
        { status: 404 },
        { headers: { Replayed: 'true' } },
      ),
      contract: marked,
      name: 'a marker that the first answer carries, too',
    },
  ],
});
