import check from '../../../src/checks/endpoint/ignores-forwarded-address.js';
import type { ForwardedAddressesEvidence } from '../../../src/evidence/map.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { CLOSED, NO_WAY_OUT, OFFICE, OUTSIDE, readFrom } from '../../helpers/vantage.js';

const HEADERS = ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'CF-Connecting-IP'];

/** Each header answered 403, but for those said otherwise. */
function tries(special: Record<string, ExchangeInput> = {}): ForwardedAddressesEvidence {
  return {
    tries: HEADERS.map((header) => ({
      vantage: 'outside',
      header,
      address: '203.0.113.7',
      call: exchange({ id: `forwarded.${header}`, status: 403, expected: [200], ...special[header] }),
    })),
  };
}
const evidence = (forged: ForwardedAddressesEvidence, ...vantages: (typeof OFFICE)[]) => ({
  'endpoint.addresses': { vantages: vantages.length === 0 ? [OFFICE, OUTSIDE] : vantages },
  'endpoint.forwarded-addresses': forged,
});

const ELSEWHERE = readFrom('elsewhere', { listed: false });
const VIA = { header: 'Forwarded', address: '203.0.113.7', call: exchange({ id: 'forwarded.elsewhere' }) };

judgeCases(check, {
  'control-failed': [
    { outcome: 'inconclusive', evidence: evidence({ tries: [] }) },
    {
      outcome: 'inconclusive',
      evidence: evidence(tries(), readFrom('office', { status: 401 }), OUTSIDE),
      name: 'nobody was served',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(tries(), OFFICE, readFrom('outside', { listed: false })),
      name: 'the unlisted one is served anyway',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(tries(), OFFICE, readFrom('outside', { listed: false, ...NO_WAY_OUT })),
      name: 'the unlisted one never reached the API',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(tries(), readFrom('office', { status: 401 }), OUTSIDE, ELSEWHERE),
      name: 'only an unlisted one was served',
    },
  ],
  believed: [
    {
      outcome: 'fail',
      evidence: evidence(tries({ 'X-Real-IP': { status: 200 } })),
      says: /named 203\.0\.113\.7: X-Real-IP from outside: 200/,
    },
    {
      outcome: 'fail',
      evidence: evidence(tries({ Forwarded: { status: 200 }, 'X-Real-IP': NO_WAY_OUT })),
      name: 'and another is open',
    },
  ],
  unclear: [
    { outcome: 'inconclusive', evidence: evidence(tries({ Forwarded: { status: 400 } })), says: /Forwarded .*: 400/ },
    { outcome: 'inconclusive', evidence: evidence(tries({ Forwarded: NO_WAY_OUT })) },
  ],
  ignored: [
    {
      outcome: 'pass',
      evidence: evidence({ tries: [...tries().tries, { ...VIA, vantage: 'elsewhere' }] }, OFFICE, OUTSIDE, ELSEWHERE),
      name: 'where an unlisted one is served without any header, too',
    },
    { outcome: 'pass', evidence: evidence(tries()), says: /4 calls in the name of 203\.0\.113\.7/ },
    { outcome: 'pass', evidence: evidence(tries({ Forwarded: CLOSED })), name: 'one connection closed' },
  ],
});
