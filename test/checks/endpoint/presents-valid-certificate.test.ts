import check from '../../../src/checks/endpoint/presents-valid-certificate.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

// The exchange takes place on 15 January 2026 at noon.
const evidence = (input: ExchangeInput) => ({
  'endpoint.certificate': {
    host: 'api.example.com',
    call: exchange({ id: 'certificate.call', credential: 'none', status: 401, ...input }),
  },
});
const until = (validTo: string | null) => evidence({ tls: { validTo } });
const failing = (code: string, message = 'no') => evidence({ status: null, ended: 'tls', error: { code, message } });

judgeCases(check, {
  valid: [
    {
      outcome: 'pass',
      evidence: until('Apr 15 12:00:00 2026 GMT'),
      says: /issued by Example Authority, .*2026-04-15, 90 days/,
    },
    { outcome: 'pass', evidence: until('Feb 14 12:00:00 2026 GMT'), name: '30 days' },
    {
      outcome: 'pass',
      evidence: evidence({ tls: { issuerValidTo: 'Jan 1 12:00:00 2030 GMT' } }),
      says: /2026-04-15, 90 days/,
      name: 'an issuer that goes on for longer',
    },
    {
      outcome: 'pass',
      evidence: evidence({ tls: {}, status: null, ended: 'timeout' }),
      name: 'although no answer followed',
    },
  ],
  'renew-soon': [
    { outcome: 'pass', evidence: until('Feb 14 11:00:00 2026 GMT'), says: /^Minor finding: .*29 days/ },
    { outcome: 'pass', evidence: until('Jan 29 12:00:00 2026 GMT'), says: /14 days/ },
  ],
  'ends-soon': [
    { outcome: 'fail', evidence: until('Jan 29 11:59:59 2026 GMT'), says: /2026-01-29, 13 days/ },
    { outcome: 'fail', evidence: until('Jan 15 13:00:00 2026 GMT'), says: /, 0 days/ },
    {
      outcome: 'fail',
      evidence: evidence({ tls: { issuerValidTo: 'Jan 20 12:00:00 2026 GMT' } }),
      says: /with that of its issuer, verifies, but only until 2026-01-20, 5 days/,
    },
  ],
  'not-verified': [
    {
      outcome: 'fail',
      evidence: failing('CERT_HAS_EXPIRED', 'certificate has expired'),
      says: /certificate has expired/,
    },
    {
      outcome: 'fail',
      evidence: failing('ERR_TLS_CERT_ALTNAME_INVALID', "Host: api.example.com. is not in the cert's altnames"),
    },
    { outcome: 'fail', evidence: failing('DEPTH_ZERO_SELF_SIGNED_CERT') },
    { outcome: 'fail', evidence: failing('SELF_SIGNED_CERT_IN_CHAIN') },
    { outcome: 'fail', evidence: failing('UNABLE_TO_GET_ISSUER_CERT_LOCALLY') },
    { outcome: 'fail', evidence: failing('UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
    { outcome: 'fail', evidence: failing('CERT_NOT_YET_VALID') },
    { outcome: 'fail', evidence: failing('CERT_REVOKED') },
    { outcome: 'fail', evidence: evidence({ tls: { authorizationError: 'CERT_HAS_EXPIRED' } }) },
  ],
  'no-handshake': [
    { outcome: 'inconclusive', evidence: failing('ERR_SSL_WRONG_VERSION_NUMBER') },
    { outcome: 'inconclusive', evidence: failing('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION') },
    { outcome: 'inconclusive', evidence: evidence({ status: null, ended: 'refused' }) },
    { outcome: 'inconclusive', evidence: evidence({ status: null, ended: 'unreachable' }) },
  ],
  undated: [
    { outcome: 'inconclusive', evidence: until(null) },
    { outcome: 'inconclusive', evidence: until('some day') },
  ],
});
