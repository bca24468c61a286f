import check from '../../../src/checks/endpoint/separates-idempotency-keys.js';
import type { Effect } from '../../../src/evidence/map.js';
import { counted, create, type ExchangeInput, named } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const evidence = (effect: Effect, other: ExchangeInput = {}) => ({
  'endpoint.separate-keys': {
    one: create({ id: 'separate-keys.one', idempotencyKey: 'glc-run-8' }),
    other: create({ id: 'separate-keys.other', idempotencyKey: 'glc-run-9', ...other }),
    effect,
  },
});

const { counted: one, ...uncounted } = counted(1, [{}, {}]);
const lookedUp: Effect = { ...uncounted, counted: one && { ...one, how: 'look-up' } };

judgeCases(check, {
  two: [
    { outcome: 'pass', evidence: evidence(counted(2, ['ord_1', 'ord_2'])), says: /counted/ },
    {
      outcome: 'pass',
      evidence: evidence(counted(2, ['ord_1', 'ord_1'])),
      name: 'the count is believed before the ids',
    },
    { outcome: 'pass', evidence: evidence(named(['ord_1', 'ord_2'])), says: /by their ids/ },
    {
      outcome: 'pass',
      evidence: evidence(named([{ location: '/v1/orders/1' }, { location: '/v1/orders/2' }])),
      name: 'by their Locations',
    },
    { outcome: 'pass', evidence: evidence(counted(1, ['ord_1', 'ord_2'])), name: 'the list lags behind two ids' },
    { outcome: 'pass', evidence: evidence(counted(0, ['ord_1', 'ord_2'])), name: 'the list shows none of two ids yet' },
  ],
  'one-place': [
    {
      outcome: 'not-applicable',
      evidence: {
        'endpoint.separate-keys': {
          one: create({ id: 'separate-keys.one', method: 'PUT', url: '/orders/glc-run-1' }),
          other: create({ id: 'separate-keys.other', method: 'PUT', url: '/orders/glc-run-1', status: 200 }),
          effect: counted(1, ['glc-run-1', 'glc-run-1']),
        },
      },
      says: /PUT \/v1\/orders\/glc-run-1/,
    },
  ],
  'one-name': [
    {
      outcome: 'inconclusive',
      evidence: {
        'endpoint.separate-keys': {
          one: create({ id: 'separate-keys.one', sent: { order_id: 'glc-run-1' } }),
          other: create({ id: 'separate-keys.other', sent: { order_id: 'glc-run-1' } }),
          effect: counted(1, ['glc-run-1', 'glc-run-1']),
        },
      },
      says: /glc-run-1/,
    },
  ],
  merged: [
    { outcome: 'fail', evidence: evidence(counted(1, ['ord_1', 'ord_1'])), says: /made 1 resource\.$/ },
    { outcome: 'fail', evidence: evidence(named(['ord_1', 'ord_1'])), says: /If this is a mock server/ },
    {
      outcome: 'fail',
      evidence: {
        'endpoint.separate-keys': {
          one: create({ id: 'separate-keys.one', method: 'PUT', url: '/orders/glc-run-1' }),
          other: create({ id: 'separate-keys.other', method: 'PUT', url: '/orders/glc-run-2' }),
          effect: counted(1, ['ord_1', 'ord_1']),
        },
      },
      name: 'by a PUT to two places',
    },
    {
      outcome: 'fail',
      evidence: evidence(counted(0, ['ord_1', 'ord_1'])),
      says: /If this is a mock server/,
      name: 'by the ids, where the list shows none of them',
    },
    { outcome: 'fail', evidence: evidence(counted(1, [{}, {}])), name: 'counted, the answers name nothing' },
  ],
  refused: [
    { outcome: 'inconclusive', evidence: evidence(counted(1, ['ord_1']), { status: 409 }), says: /answered 409/ },
    { outcome: 'inconclusive', evidence: evidence(counted(1, ['ord_1']), { status: 500 }), name: 'a crash' },
  ],
  uncounted: [
    { outcome: 'inconclusive', evidence: evidence(named([{}, {}])), says: /name no id and no Location/ },
    { outcome: 'inconclusive', evidence: evidence(counted(0, [{}, {}])), name: 'the list shows nothing' },
    {
      outcome: 'inconclusive',
      evidence: evidence(lookedUp),
      says: /looks a single one up/,
      name: 'a look-up shows one, however many there are',
    },
    { outcome: 'inconclusive', evidence: evidence(counted(null, [{}, {}])), name: 'no readable count' },
    {
      outcome: 'inconclusive',
      evidence: evidence(named([{}, {}], 'the counting call was answered 500')),
      says: /the counting call was answered 500/,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(counted(3, ['ord_1', 'ord_2'])),
      says: /3 resources/,
      name: 'more than were asked for: somebody else creates, or the list shows more than these',
    },
  ],
});
