import type { LaneRun } from '../../evidence/run.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { cutShort, failedControl, ids } from '../shared/clients.js';

type Attempt = LaneRun['recording']['attempts'][number];

function encryptedCalls(run: LaneRun): Attempt[] {
  return run.recording.attempts.filter((attempt) => attempt.scheme === 'https');
}

/** Calls on connections that were shown the bad certificate: a service may still have an older one open. */
function trustingCalls(run: LaneRun): Attempt[] {
  const bad = run.recording.connections.filter(({ tunnel }) => (tunnel?.certificate ?? 'good') !== 'good');
  return encryptedCalls(run).filter((call) => bad.some(({ number }) => number === call.connection));
}

/** Whether the client saw the certificate and then broke off. After TLS 1.3's handshake some close without an alert. */
function refused(run: LaneRun): boolean {
  // What was closed by ending the process was not refused, except where an alert had said so.
  const byItself = run.process.signal === null;
  return run.recording.connections.some(({ tunnel, closedBy, requests }) => {
    if (tunnel?.route !== 'lane' || requests > 0) return false;
    if (tunnel.handshake === 'failed') return byItself || tunnel.error !== 'ECONNRESET';
    return tunnel.handshake === 'done' && closedBy === 'client' && byItself;
  });
}

export default defineCheck({
  id: 'verifies-certificates',
  kind: 'client',
  topic: 'Access',
  severity: 'blocker',
  title: 'Your client refuses certificates that it must not trust',
  why: 'A client that accepts any certificate gives the key to anybody between it and the API.',
  fix: 'Leave the verification of certificates and host names on; add a missing authority by NODE_EXTRA_CA_CERTS, SSL_CERT_FILE or the like instead of switching it off.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4', 'https://www.rfc-editor.org/rfc/rfc9525'],
  needs: ['client.certificates', 'client.control'],

  judge({ 'client.certificates': under, 'client.control': control }) {
    const accepted = under.runs.filter((run) => trustingCalls(run).length > 0);
    if (accepted.length > 0) {
      const labels = accepted.map((run) => run.label).join(', ');
      return fail(
        'accepted',
        `Your client sent its call despite: ${labels}.`,
        accepted.flatMap((run) => ids(run, trustingCalls(run))),
        { expected: 'the connection is closed before a request is sent', measured: labels },
      );
    }
    const unable = cutShort([...control.runs, ...under.runs]) ?? failedControl(control);
    if (unable !== null) return unable;
    const plain = control.runs.find((run) => encryptedCalls(run).length === 0);
    if (plain !== undefined)
      return inconclusive(
        'no-tls',
        'Without faults no call came by https, so your client never looked at a certificate.',
        ids(plain, plain.recording.attempts),
      );
    const unclear = under.runs.find((run) => !refused(run));
    if (unclear !== undefined)
      return inconclusive(
        'not-shown',
        `In the run "${unclear.label}" your client began no TLS handshake that it then broke off, so it did not judge the certificate.`,
        ids(unclear, unclear.recording.attempts),
      );
    return pass(
      'refused',
      `Refused before a request was sent: ${under.runs.map((run) => run.label).join(', ')}. The right certificate was accepted.`,
      control.runs.flatMap((run) => ids(run, encryptedCalls(run))),
    );
  },
});
