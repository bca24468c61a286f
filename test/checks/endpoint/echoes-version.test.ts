import check from '../../../src/checks/endpoint/echoes-version.js';
import { type ExchangeInput, exchange, problem, read, traffic } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const PINNED = '2025-06-01';
const contract = { version: { name: 'Api-Version', value: PINNED, echo: 'Api-Version' } };
const withDefault = { version: { ...contract.version, absent: '2024-01-01' } };
const echo = (version: string) => ({ 'Api-Version': version });

const ok: ExchangeInput = { id: 'authenticated.call', version: PINNED, headers: echo(PINNED) };
const refused: ExchangeInput = { id: 'unauthenticated.call', version: PINNED, headers: echo(PINNED) };
const evidence = (...exchanges: ReturnType<typeof exchange>[]) => ({
  'endpoint.traffic': traffic(exchanges),
  'endpoint.authenticated': read(ok),
  'endpoint.unauthenticated': { call: exchanges.find((one) => one.id === refused.id) ?? problem(401, refused) },
});
const both = [exchange({ ...ok, expected: [200] }), problem(401, refused)];
const limited = exchange({ id: 'race.call.1', status: 429, version: PINNED });

judgeCases(check, {
  unset: [
    { outcome: 'not-applicable', evidence: evidence(...both) },
    {
      outcome: 'not-applicable',
      evidence: evidence(...both),
      contract: { version: { value: PINNED } },
      name: 'a version without an echo',
    },
  ],
  'too-few': [
    { outcome: 'inconclusive', evidence: evidence(), contract },
    { outcome: 'inconclusive', evidence: evidence(exchange({ ...ok, expected: [200] })), contract, name: 'no error' },
    { outcome: 'inconclusive', evidence: evidence(problem(401, refused)), contract, name: 'no success' },
    {
      outcome: 'inconclusive',
      evidence: evidence(exchange({ ...ok, expected: [200] }), limited),
      contract,
      name: 'a limit is not an error of the API',
    },
  ],
  echoed: [
    { outcome: 'pass', evidence: evidence(...both), contract, says: /all 2 answers/ },
    {
      outcome: 'pass',
      evidence: evidence(...both, limited, exchange({ id: 'replay.first', status: 503 })),
      contract,
      name: 'answers from before the API echo nothing',
    },
    {
      outcome: 'pass',
      evidence: evidence(...both, problem(400, { id: 'unknown-version.call', version: '1999-01-01' })),
      contract,
      name: 'the refusal of an unknown version is its own affair',
    },
    {
      outcome: 'pass',
      evidence: evidence(...both, exchange({ id: 'absent-version.call', headers: echo('2024-01-01') })),
      contract: withDefault,
      name: 'without a version the default one',
    },
    {
      outcome: 'pass',
      evidence: evidence(...both, exchange({ id: 'absent-version.call', headers: echo('2023-01-01') })),
      contract,
      name: 'an unset default is observed, not failed',
    },
    {
      outcome: 'pass',
      evidence: evidence(...both, exchange({ id: 'lost-response.lost.1', version: PINNED, ended: 'cut-by-us' })),
      contract,
      name: 'an answer that was not read whole',
    },
    {
      outcome: 'pass',
      evidence: evidence(
        ...both,
        exchange({ id: 'provoked-reads.long-url', status: 431, version: PINNED, provokes: 414 }),
      ),
      contract,
      says: /all 2 answers.* Not counted: 1 answer \(431\) to a URL that was too long/,
      name: 'a URL that the HTTP server refused before any code of the API',
    },
  ],
  missing: [
    {
      outcome: 'fail',
      evidence: evidence(
        ...both,
        problem(414, {
          id: 'provoked-reads.long-url',
          version: PINNED,
          headers: { Date: 'Thu, 15 Jan 2026 12:00:00 GMT' },
          provokes: 414,
        }),
      ),
      contract,
      says: /\(414\) has no Api-Version/,
      name: 'a URL that the API itself found too long',
    },
    {
      outcome: 'fail',
      evidence: evidence(...both, problem(413, { id: 'provoked-writes.large-body', version: PINNED, provokes: 413 })),
      contract,
      says: /\(413\) has no Api-Version/,
      name: 'a body that was too large',
    },
    {
      outcome: 'fail',
      evidence: evidence(exchange({ ...ok, expected: [200] }), problem(401, { ...refused, headers: {} })),
      contract,
      says: /\(401\) has no Api-Version/,
    },
  ],
  differs: [
    {
      outcome: 'fail',
      evidence: evidence(...both, exchange({ id: 'replay.again', version: PINNED, headers: echo('2024-01-01') })),
      contract,
      says: /echoes 2024-01-01/,
    },
    {
      outcome: 'fail',
      evidence: evidence(...both, exchange({ id: 'absent-version.call', headers: echo(PINNED) })),
      contract: withDefault,
      name: 'another default than documented',
    },
  ],
});
