import { describeEnding } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isCertificateError } from '../shared/tls.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const FEWEST_DAYS = 14;
const FEW_DAYS = 30;

export default defineCheck({
  id: 'presents-valid-certificate',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'blocker',
  title: 'The certificate is valid for the host, and for weeks to come',
  why: 'With an invalid certificate, a client that verifies stops working; a client that does not verify gives its key to anybody.',
  fix: 'Have the provider renew the certificate, or serve the whole chain; a private authority goes into endpoint.ca.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4'],
  bounds: [`At least ${FEWEST_DAYS} days must be left; with fewer than ${FEW_DAYS} it says so.`],
  needs: ['endpoint.certificate'],

  judge({ 'endpoint.certificate': { host, call } }) {
    const { tls } = call;
    if (tls === null) {
      const code = call.error?.code ?? '';
      if (!isCertificateError(code))
        return inconclusive('no-handshake', `No TLS connection was established: ${describeEnding(call)}.`, [call]);
      return fail(
        'not-verified',
        `The certificate does not verify for ${host}: ${call.error?.message} (${code}).`,
        [call],
        {
          expected: `a chain to a trusted authority${code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? ` and the name ${host}` : ''}`,
          measured: code,
        },
      );
    }
    if (tls.authorizationError !== null)
      return fail('not-verified', `The certificate does not verify for ${host}: ${tls.authorizationError}.`, [call]);
    const ownEndMs = Date.parse(tls.validTo ?? '');
    const issuerEndMs = Date.parse(tls.issuerValidTo ?? '');
    const isIssuers = issuerEndMs < ownEndMs;
    const endsAtMs = isIssuers ? issuerEndMs : ownEndMs;
    const which = `certificate of ${host}${isIssuers ? ', with that of its issuer,' : ''}`;
    if (Number.isNaN(endsAtMs))
      return inconclusive('undated', 'The certificate verifies, but does not say readably when it ends.', [call]);
    const days = Math.floor((endsAtMs - call.startedAtEpochMs) / DAY_MS);
    const figures = { expected: `at least ${FEWEST_DAYS} days left`, measured: `${days} days left` };
    const until = `until ${new Date(endsAtMs).toISOString().slice(0, 10)}, ${days} days from now`;
    if (days < FEWEST_DAYS) return fail('ends-soon', `The ${which} verifies, but only ${until}.`, [call], figures);
    if (days < FEW_DAYS)
      return pass(
        'renew-soon',
        `Minor finding: the ${which} verifies ${until}; it should have been renewed.`,
        [call],
        figures,
      );
    return pass(
      'valid',
      `The certificate of ${host}, issued by ${tls.issuer ?? 'nobody named'}, verifies ${until}.`,
      [call],
      figures,
    );
  },
});
