import check from '../../../src/checks/endpoint/refuses-old-tls.js';
import { type ExchangeInput, exchange } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const failed = (code: string, ended: 'tls' | 'closed' | 'timeout' | 'unreachable' = 'tls'): ExchangeInput => ({
  status: null,
  ended,
  error: { code, message: 'no' },
});
const ALERT = failed('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
const evidence = (old: ExchangeInput, less: ExchangeInput = ALERT, control: ExchangeInput = { tls: {} }) => ({
  'endpoint.certificate': {
    host: 'api.example.com',
    call: exchange({ id: 'certificate.call', credential: 'none', ...control }),
  },
  'endpoint.old-tls': {
    tries: [
      { version: 'TLS 1.0', call: exchange({ id: 'old-tls.1.0', credential: 'none', ...old }) },
      { version: 'TLS 1.1', call: exchange({ id: 'old-tls.1.1', credential: 'none', ...less }) },
    ],
  },
});

judgeCases(check, {
  'control-failed': [
    { outcome: 'inconclusive', evidence: evidence(ALERT, ALERT, failed('ECONNRESET', 'closed')) },
    { outcome: 'inconclusive', evidence: evidence(ALERT, ALERT, { tls: { protocol: null } }) },
    { outcome: 'inconclusive', evidence: evidence(ALERT, ALERT, { tls: { protocol: 'TLSv1.1' } }) },
  ],
  accepted: [
    {
      outcome: 'fail',
      evidence: evidence({ tls: { protocol: 'TLSv1' } }, ALERT, ALERT),
      says: /TLS 1\.0 alone succeeded, and no TLS 1\.2 or 1\.3 came about/,
      name: 'old ones only',
    },
    {
      outcome: 'fail',
      evidence: evidence({ tls: { protocol: 'TLSv1', authorizationError: 'CERT_HAS_EXPIRED' } }),
      name: 'with a certificate that has ended',
    },
    {
      outcome: 'fail',
      evidence: evidence({ tls: { protocol: 'TLSv1' } }, { tls: { protocol: 'TLSv1.1' } }),
      says: /TLS 1\.0 and TLS 1\.1 alone succeeded/,
    },
    { outcome: 'fail', evidence: evidence(ALERT, { tls: { protocol: 'TLSv1.1' } }), says: /TLS 1\.1 alone/ },
    {
      outcome: 'fail',
      evidence: evidence({ tls: { protocol: 'TLSv1' }, status: 426 }),
      name: 'whatever is answered over it',
    },
    { outcome: 'fail', evidence: evidence(failed('CERT_HAS_EXPIRED')), name: 'verification comes after the handshake' },
  ],
  'not-the-server': [
    {
      outcome: 'inconclusive',
      evidence: evidence(failed('ERR_SSL_NO_PROTOCOLS_AVAILABLE')),
      says: /Nothing shows that the server refuses TLS 1\.0: /,
    },
    { outcome: 'inconclusive', evidence: evidence(failed('ERR_SSL_UNSUPPORTED_PROTOCOL')) },
    { outcome: 'inconclusive', evidence: evidence(failed('ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED')) },
    { outcome: 'inconclusive', evidence: evidence(failed('ERR_SSL_WRONG_VERSION_NUMBER')) },
    { outcome: 'inconclusive', evidence: evidence(failed('ETIMEDOUT', 'timeout')) },
    { outcome: 'inconclusive', evidence: evidence(ALERT, failed('UND_ERR_CONNECT_TIMEOUT', 'unreachable')) },
  ],
  refused: [
    { outcome: 'pass', evidence: evidence(ALERT), says: /TLS 1\.0 and TLS 1\.1; TLSv1\.3 works/ },
    { outcome: 'pass', evidence: evidence(failed('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')) },
    { outcome: 'pass', evidence: evidence(failed('ECONNRESET', 'closed')), name: 'by closing' },
    {
      outcome: 'pass',
      evidence: evidence(ALERT, ALERT, failed('CERT_HAS_EXPIRED')),
      says: /TLS 1\.2 or later works/,
      name: 'whatever its certificate',
    },
    { outcome: 'pass', evidence: evidence(ALERT, ALERT, { tls: { protocol: 'TLSv1.2' }, status: 500 }) },
  ],
});
