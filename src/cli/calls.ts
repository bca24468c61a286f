// Who is called by a run, in words: a client under faults is answered by our stub, so its runs call nobody else.
import { isLink } from '../config/attestations.js';
import type { Plan } from '../plan.js';

export interface Calls {
  /** What stands before the progress while the API itself is called, while the client runs, while the receiver does, and then. */
  endpoint: string;
  client: string;
  receiver: string;
  statements: string;
  source: string;
  /** One sentence for each of them that takes place. */
  lines: readonly string[];
}

/** @param checkLinks whether the links of attestations are opened */
export function callsOf(
  { target, endpointProbes, clientProbes, receiverProbes, sourceProbes, statementProbes }: Plan,
  checkLinks = false,
): Calls {
  const { endpoint, client, webhook } = target.config;
  const where = endpoint?.url ?? 'the API';
  const isProbing = endpointProbes.some(({ missing, calls }) => missing === null && Object.keys(calls).length > 0);
  const isRunning = clientProbes.some(({ missing, probe }) => missing === null && probe.runs > 0);
  const isReceiving = receiverProbes.some(({ missing }) => missing === null);
  const reach =
    client?.upstream === 'endpoint'
      ? `a stub on loopback, which passes the first call of each operation on to ${where}`
      : `a stub on loopback; none of its calls reaches ${where}`;
  const isReading = sourceProbes.some(({ missing: lacking }) => lacking === null);
  // A receiver that the config names is to be attacked: why it is not must be seen without being asked for.
  const missing = webhook === undefined || isReceiving ? undefined : receiverProbes[0]?.missing;
  const stated = statementProbes.length === 0 ? [] : Object.values(target.config.attestations ?? {});
  const links = checkLinks ? new Set(stated.map(({ evidence }) => evidence).filter(isLink)).size : 0;
  const lines = [
    ...(isProbing ? [`probing ${where}`] : []),
    ...(isRunning ? [`running your client against ${reach}`] : []),
    ...(isReceiving ? [`sending events to your receiver at ${webhook?.url}`] : []),
    ...(links === 0 ? [] : [`opening ${links} ${links === 1 ? 'link' : 'links'} that attestations rest on`]),
    ...(isReading ? ['reading your repository; nothing of it is run'] : []),
    ...(missing == null
      ? []
      : [`sending no events to your receiver at ${webhook?.url}: that needs ${missing.lacking}`]),
  ];
  return {
    endpoint: endpoint?.url ?? target.name,
    client: `${target.name}: your client, answered by a stub`,
    receiver: `${target.name}: your receiver`,
    statements: `${target.name}: what is stated`,
    source: `${target.name}: your repository`,
    lines:
      lines.length === 0 ? [`calling nobody for ${target.name}: nothing that this run needs is configured`] : lines,
  };
}
