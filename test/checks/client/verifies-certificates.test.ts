import check from '../../../src/checks/client/verifies-certificates.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { control, type LaneInput, runs, type Tunnel } from '../../helpers/lane.js';

const LABELS = ['certificate of an unknown authority', 'certificate for another host', 'expired certificate'];
const broken: LaneInput = { attempts: [], ended: 'no-request', exitCode: 1, tunnels: [{}] };
const secure = control({ scheme: 'https' });
/** The expired certificate is met as given, the others are refused. */
const evidence = (last: LaneInput, good = secure) => ({
  'client.certificates': runs(...LABELS.map((label, at) => ({ ...(at === 2 ? last : broken), label }))),
  'client.control': good,
});
const shown = (...tunnels: readonly Tunnel[]) => evidence({ ...broken, tunnels });
const accepted: LaneInput = {
  attempts: [{ scheme: 'https' }],
  tunnels: [{ handshake: 'done', requests: 1, closedBy: 'us' }],
};

judgeCases(check, {
  refused: [
    { outcome: 'pass', evidence: evidence(broken), says: /unknown authority, .*another host, expired/ },
    {
      outcome: 'pass',
      evidence: shown({ handshake: 'done', closedBy: 'client' }),
      name: 'closed after the handshake, before a request',
    },
    { outcome: 'pass', evidence: shown({}, {}, {}), name: 'tried again, and refused each time' },
    {
      outcome: 'pass',
      evidence: evidence({ ...accepted, tunnels: [{ certificate: 'good', handshake: 'done', requests: 1 }, {}] }),
      name: 'on a new connection, while an older one was still in use',
    },
    {
      outcome: 'pass',
      evidence: evidence({
        ...broken,
        tunnels: [{ error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' }],
        exitCode: null,
        signal: 'SIGTERM',
      }),
      name: 'by an alert, and then it hung',
    },
  ],
  accepted: [
    { outcome: 'fail', evidence: evidence(accepted), says: /despite: expired certificate\.$/ },
    {
      outcome: 'fail',
      evidence: { 'client.certificates': runs({ ...accepted, label: LABELS[1] ?? '' }), 'client.control': secure },
      says: /another host/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...accepted, attempts: [{ scheme: 'https', logical: null, status: null }] }),
      name: 'a request of which only a part arrived',
    },
    {
      outcome: 'fail',
      evidence: evidence({ ...accepted, tunnels: [{ handshake: 'done', requests: 1 }, {}] }),
      name: 'on one of two connections',
    },
    { outcome: 'fail', evidence: evidence({ ...accepted, ended: 'interrupted' }), name: 'before it was interrupted' },
  ],
  'not-shown': [
    { outcome: 'inconclusive', evidence: shown(), says: /"expired certificate"/ },
    { outcome: 'inconclusive', evidence: shown({ handshake: 'none', certificate: null }), name: 'no TLS begun' },
    { outcome: 'inconclusive', evidence: shown({ handshake: 'begun', closedBy: null }), name: 'still under way' },
    { outcome: 'inconclusive', evidence: shown({ handshake: 'done', closedBy: 'us' }), name: 'closed by us' },
    { outcome: 'inconclusive', evidence: shown({ route: 'elsewhere' }), name: 'another host' },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...accepted, tunnels: [{ certificate: 'good', handshake: 'done', requests: 1 }] }),
      name: 'a connection that was open before',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...broken, tunnels: [{ handshake: 'done' }], exitCode: null, signal: 'SIGTERM' }),
      name: 'closed by ending the process',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ ...broken, tunnels: [{ error: 'ECONNRESET' }], exitCode: null, signal: 'SIGTERM' }),
      name: 'ended in the middle of the handshake',
    },
    {
      outcome: 'inconclusive',
      evidence: evidence({ attempts: [{ scheme: 'http' }] }),
      name: 'plain HTTP instead',
    },
  ],
  'no-tls': [{ outcome: 'inconclusive', evidence: evidence(broken, control()) }],
  'control-failed': [
    {
      outcome: 'inconclusive',
      evidence: evidence(broken, runs({ exitCode: 1 }, { repeat: 2 })),
      says: /The control failed/,
    },
    {
      outcome: 'inconclusive',
      evidence: evidence(
        broken,
        runs({ exitCode: 1, otherHosts: [{ authority: 'login.example.com:443', route: 'refused', calls: 1 }] }),
      ),
      says: /login\.example\.com:443 was not let through/,
    },
  ],
  interrupted: [{ outcome: 'inconclusive', evidence: evidence({ ...broken, ended: 'interrupted' }) }],
});
