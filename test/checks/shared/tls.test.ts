import { describe, expect, it } from 'vitest';
import { isCertificateError, isRefusedByServer } from '../../../src/checks/shared/tls.js';
import type { Ending } from '../../../src/evidence/exchange.js';
import { exchange } from '../../helpers/exchange.js';

describe('isCertificateError', () => {
  it.each([
    ['CERT_HAS_EXPIRED', true],
    ['CERT_SIGNATURE_FAILURE', true],
    ['ERR_TLS_CERT_ALTNAME_INVALID', true],
    ['UNABLE_TO_GET_ISSUER_CERT', true],
    ['HOSTNAME_MISMATCH', true],
    ['ERR_SSL_CERT_LENGTH_MISMATCH', false],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', false],
    ['ERR_TLS_INVALID_PROTOCOL_VERSION', false],
    ['ECONNRESET', false],
    ['', false],
  ])('%s: %s', (code, is) => {
    expect(isCertificateError(code)).toBe(is);
  });
});

describe('isRefusedByServer', () => {
  it.each<[Ending, string, boolean]>([
    ['tls', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', true],
    ['tls', 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', true],
    ['closed', 'ECONNRESET', true],
    ['tls', 'ERR_SSL_NO_PROTOCOLS_AVAILABLE', false],
    ['tls', 'EPROTO', false],
    ['refused', 'ECONNREFUSED', false],
    ['timeout', 'ETIMEDOUT', false],
  ])('%s by %s: %s', (ended, code, is) => {
    expect(isRefusedByServer(exchange({ status: null, ended, error: { code, message: 'no' } }))).toBe(is);
  });
});
