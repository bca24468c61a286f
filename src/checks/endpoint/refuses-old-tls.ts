import type { Exchange } from '../../evidence/exchange.js';
import { describeEnding } from '../../evidence/exchange.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { isCertificateError, isRefusedByServer } from '../shared/tls.js';

/** The version that came about with all that we usually offer, which is 1.2 and 1.3; null: none did. */
function currentOf({ tls, error }: Exchange): string | null {
  if (tls?.protocol != null) return /^TLSv1\.[23]$/.test(tls.protocol) ? tls.protocol : null;
  // The certificate is looked at when the handshake is done.
  return isCertificateError(error?.code ?? '') ? 'TLS 1.2 or later' : null;
}

export default defineCheck({
  id: 'refuses-old-tls',
  kind: 'endpoint',
  topic: 'Access',
  severity: 'major',
  title: 'TLS 1.0 and 1.1 are refused',
  why: 'Both are broken and forbidden (RFC 8996); an attacker can downgrade connections to a server that accepts them.',
  fix: 'Ask the provider to switch TLS 1.0 and 1.1 off, and set TLS 1.2 as the least version in your client.',
  refs: ['https://www.rfc-editor.org/rfc/rfc8996'],
  needs: ['endpoint.certificate', 'endpoint.old-tls'],

  judge({ 'endpoint.certificate': { call: control }, 'endpoint.old-tls': { tries } }) {
    const current = currentOf(control);
    const noCurrent = `no TLS 1.2 or 1.3 came about (${control.tls?.protocol ?? describeEnding(control)})`;
    // A certificate is verified after the handshake: even where it fails, the version was agreed on.
    const accepted = tries.filter(({ call }) => call.tls !== null || isCertificateError(call.error?.code ?? ''));
    const names = (some: typeof tries) => some.map(({ version }) => version).join(' and ');
    if (accepted.length > 0)
      return fail(
        'accepted',
        `A handshake with ${names(accepted)} alone succeeded${current === null ? `, and ${noCurrent}` : ''}.`,
        [...accepted.map(({ call }) => call), ...(current === null ? [control] : [])],
        {
          expected: 'TLS 1.2 or later only',
          measured: names(accepted),
        },
      );
    if (current === null) return inconclusive('control-failed', `The control failed: ${noCurrent}.`, [control]);
    const open = tries.filter(({ call }) => !isRefusedByServer(call));
    if (open.length > 0)
      return inconclusive(
        'not-the-server',
        `Nothing shows that the server refuses ${names(open)}: ${open.map(({ call }) => describeEnding(call)).join('; ')}.`,
        open.map(({ call }) => call),
      );
    return pass('refused', `The server refused handshakes with ${names(tries)}; ${current} works.`, [
      ...tries.map(({ call }) => call),
      control,
    ]);
  },
});
