// What the error of a TLS connection says, by its code: whose refusal it is.
import type { Exchange } from '../../evidence/exchange.js';

/** The handshake itself succeeded, and verification of what it showed did not (OpenSSL's X509_V_ERR, and Node's own). */
export function isCertificateError(code: string): boolean {
  return /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT)_|CRL_|INVALID_(CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH)/.test(
    code,
  );
}

/** An alert that the server sent, or the end that it put to the connection: anything else is raised on our side. */
export function isRefusedByServer({ ended, error }: Exchange): boolean {
  return ended === 'closed' || (ended === 'tls' && /_ALERT_/.test(error?.code ?? ''));
}
