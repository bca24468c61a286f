import check from '../../../src/checks/endpoint/isolates-keys-between-accounts.js';
import { create, type ExchangeInput, exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

type Place = { location: string };

interface Facts {
  mine?: string | Place | null;
  theirs?: string | Place | null;
  control?: string | Place | null;
  seesFirst?: boolean | null;
  /** Status of the counting call with the second key. */
  look?: number;
}

function evidence(other: ExchangeInput, facts: Facts = {}) {
  const { mine = 'ord_mine', theirs = 'ord_theirs', control = 'ord_control', seesFirst = false, look } = facts;
  const ids = { first: mine, other: theirs, control };
  const named = Object.entries(ids).map(([label, one]) => ({
    exchange: `second-account.${label}`,
    id: typeof one === 'string' ? one : null,
    location: typeof one === 'string' || one === null ? null : one.location,
  }));
  return {
    'endpoint.second-account': {
      control: create({ id: 'second-account.control', credential: 'second', json: { id: control } }),
      first: create({ id: 'second-account.first', json: { id: mine } }),
      other: create({ id: 'second-account.other', credential: 'second', json: { id: theirs }, ...other }),
      named,
      look:
        look === undefined ? null : exchange({ id: 'second-account.look-again', credential: 'second', status: look }),
      seesFirst,
    },
  };
}

const placed = (id: string): Place => ({ location: `/v1/orders/${id}` });
const OURS = 'glc-run-1';
const LIST: Place = { location: '/v1/orders' };

judgeCases(check, {
  'same-account': [
    { outcome: 'inconclusive', evidence: evidence({}, { theirs: 'ord_mine', seesFirst: true }), says: /one account/ },
  ],
  numbered: [
    {
      outcome: 'inconclusive',
      evidence: evidence({}, { mine: '8', control: '7', theirs: '8', look: 403 }),
      name: 'a list that the second key may not read shows nothing',
    },
    { outcome: 'inconclusive', evidence: evidence({}, { mine: '8', control: '7', theirs: '8' }) },
    {
      outcome: 'inconclusive',
      evidence: evidence({}, { mine: 'INV-0010', control: 'INV-0009', theirs: 'INV-0010' }),
      name: 'with letters before the number',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        { json: {}, headers: { Location: '/v1/orders/8' } },
        { mine: placed('8'), control: placed('7'), theirs: placed('8') },
      ),
      says: /\/v1\/orders\/7, then/,
      name: 'by the Location',
    },
  ],
  alike: [
    {
      outcome: 'inconclusive',
      evidence: evidence({}, { mine: 'ord_1', control: 'ord_1', theirs: 'ord_1' }),
      name: 'every create is answered alike',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ sent: { id: 'glc-run-1' }, json: { id: 'glc-run-1' } }, { mine: OURS, theirs: OURS }),
      name: 'the id stands in the body that both sent',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ method: 'PUT', url: '/orders/glc-run-1' }, { mine: OURS, theirs: OURS }),
      name: 'the id stands in the path of both calls',
    },
  ],
  shared: [
    { outcome: 'fail', evidence: evidence({}, { theirs: 'ord_mine' }), says: /first one's resource/ },
    {
      outcome: 'fail',
      evidence: evidence({ status: 409, json: { existing: 'ord_mine' } }, { theirs: null }),
      name: 'a conflict that names it',
    },
    {
      outcome: 'fail',
      evidence: evidence({ json: { id: '7' } }, { mine: '7', theirs: '7', control: '40', seesFirst: null }),
      name: 'a short id',
    },
    {
      outcome: 'fail',
      evidence: evidence(
        { status: 409, json: undefined, text: '{"existing":"https:\\/\\/api.example.com\\/v1\\/orders\\/9f3"}' },
        { mine: placed('9f3'), theirs: null },
      ),
      name: 'a conflict with the whole address of what has no id',
    },
    {
      outcome: 'fail',
      evidence: evidence(
        { status: 409, json: {}, headers: { Location: '/v1/orders/9f3' } },
        { mine: placed('9f3'), theirs: placed('9f3') },
      ),
      name: 'a conflict that points to it',
    },
    {
      outcome: 'fail',
      evidence: evidence({}, { mine: 'ord_8', control: 'ord_7', theirs: 'ord_8', look: 200 }),
      name: 'the next number, but the list of the second account shows it to be none of its own',
    },
  ],
  separate: [
    { outcome: 'pass', evidence: evidence({}) },
    {
      outcome: 'pass',
      evidence: evidence(
        { json: { id: '2042', at: 1768478420412 } },
        { mine: '2041', theirs: '2042', control: '2040' },
      ),
      name: 'the digits of an id stand in a longer number, too',
    },
    {
      outcome: 'pass',
      evidence: evidence({}, { mine: '3', control: '7', theirs: '8' }),
      name: 'each account numbers its own, and the numbers differ',
    },
    {
      outcome: 'pass',
      evidence: evidence({ json: { id: 'ord_theirs', items: 7 } }, { mine: '7' }),
      name: 'a short id of the first stands in the answer by chance',
    },
  ],
  unnamed: [
    { outcome: 'inconclusive', evidence: evidence({ json: { ok: true } }, { mine: null, theirs: null }) },
    {
      outcome: 'inconclusive',
      evidence: evidence({ json: { ok: true } }, { theirs: null }),
      name: 'only the second answer names none',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ json: { id: 'ord_theirs' } }, { mine: null }),
      name: 'only the first answer names none',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        { json: { ok: true }, headers: { Location: '/v1/orders' } },
        { mine: LIST, control: LIST, theirs: LIST },
      ),
      name: 'the Location is that of the list',
    },
  ],
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 422, json: {} }, { theirs: null }), says: /taken across accounts/ },
    {
      outcome: 'pass',
      evidence: evidence({ status: 409, sent: { id: OURS }, json: { taken: OURS } }, { mine: OURS, theirs: OURS }),
      name: 'naming only what the call itself named',
    },
    {
      outcome: 'pass',
      evidence: evidence({ status: 425, json: {} }, { theirs: null }),
      contract: { idempotency: { inFlight: { statuses: 425 } } },
    },
  ],
  'other-answer': [
    {
      outcome: 'inconclusive',
      evidence: evidence({ status: 401, json: { id: 'ord_theirs' } }),
      name: 'no success, although it names something',
    },
    { outcome: 'inconclusive', evidence: evidence({ status: 402, json: {} }, { theirs: null }) },
  ],
});
