import type { Exchange } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, notApplicable, pass } from '../define.js';
import { callOf, isFromTheEdge, plural } from '../shared/answers.js';
import { REQUEST_ID } from '../shared/promises.js';
import { requestIdOf, whereRequestIdsAre } from '../shared/request-ids.js';

/** A deliberate repeat may be answered with the stored answer, its id included. */
function operationOf(exchange: Exchange): string {
  return exchange.repeats ?? exchange.id;
}

export default defineCheck({
  id: 'sends-unique-request-ids',
  kind: 'endpoint',
  topic: 'Request ids',
  severity: 'major',
  title: 'No two answers carry the same request id',
  why: "An id that repeats points support at somebody else's call.",
  fix: 'Tell the provider; until then add an id of your own to each call.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9562'],
  promises: [REQUEST_ID],
  needs: ['endpoint.traffic', 'endpoint.authenticated', 'endpoint.unauthenticated', 'endpoint.unknown-path'],
  mayLack: ['endpoint.unauthenticated'],

  judge(
    {
      'endpoint.traffic': { exchanges },
      'endpoint.authenticated': _read,
      'endpoint.unauthenticated': _missing,
      'endpoint.unknown-path': _unknown,
    },
    contract,
  ) {
    if (whereRequestIdsAre(contract) === null)
      return notApplicable('unset', 'Applies with contract.requestId (headers or body).');
    const owners = new Map<string, Exchange>();
    let replayed = 0;
    for (const exchange of exchanges) {
      const id = requestIdOf(exchange, contract);
      if (id === null || isFromTheEdge(exchange)) continue;
      const owner = owners.get(id);
      if (owner === undefined) owners.set(id, exchange);
      else if (operationOf(owner) === operationOf(exchange)) replayed += 1;
      else
        return fail(
          'repeated',
          `${callOf(owner)} and ${callOf(exchange)} carry the same id ${id}.`,
          [exchange, owner],
          { expected: 'an id of its own on each answer', measured: `${id} twice` },
        );
    }
    if (owners.size < 2) return inconclusive('too-few', `Only ${plural(owners.size, 'answer')} carried an id.`);
    const note = replayed === 0 ? '' : `; ${plural(replayed, 'replay')} repeated the first answer's id`;
    return pass('unique', `${plural(owners.size, 'id')}, no id twice${note}.`, [...owners.values()].slice(0, 2));
  },
});
