import check from '../../../src/checks/endpoint/isolates-keys-between-accounts.js';
import { create, type ExchangeInput } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

interface Facts {
  mine?: string | null;
  theirs?: string | null;
  control?: string | null;
  seesFirst?: boolean | null;
}

function evidence(other: ExchangeInput, facts: Facts = {}) {
  const { mine = 'ord_mine', theirs = 'ord_theirs', control = 'ord_control', seesFirst = false } = facts;
  const ids = { first: mine, other: theirs, control };
  const named = Object.entries(ids).map(([label, id]) => ({ exchange: `second-account.${label}`, id, location: null }));
  return {
    'endpoint.second-account': {
      control: create({ id: 'second-account.control', credential: 'second', json: { id: control } }),
      first: create({ id: 'second-account.first', json: { id: mine } }),
      other: create({ id: 'second-account.other', credential: 'second', json: { id: theirs }, ...other }),
      named,
      look: null,
      seesFirst,
    },
  };
}

judgeCases(check, {
  'same-account': [
    { outcome: 'inconclusive', evidence: evidence({}, { theirs: 'ord_mine', seesFirst: true }), says: /one account/ },
  ],
  numbered: [{ outcome: 'inconclusive', evidence: evidence({}, { mine: '8', control: '7', theirs: '8' }) }],
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
  ],
  unnamed: [{ outcome: 'inconclusive', evidence: evidence({ json: { ok: true } }, { mine: null, theirs: null }) }],
  refused: [
    { outcome: 'pass', evidence: evidence({ status: 422, json: {} }, { theirs: null }), says: /taken across accounts/ },
    {
      outcome: 'pass',
      evidence: evidence({ status: 425, json: {} }, { theirs: null }),
      contract: { idempotency: { inFlight: { statuses: 425 } } },
    },
  ],
  'other-answer': [{ outcome: 'inconclusive', evidence: evidence({ status: 402, json: {} }, { theirs: null }) }],
});
