// Who is called by a run, in words: a client under faults is answered by our stub, so its runs call nobody else.
import type { Plan } from '../plan.js';

export interface Calls {
  /** What stands before the progress while the API itself is called, while the client runs, and while the receiver does. */
  endpoint: string;
  client: string;
  receiver: string;
  /** One sentence for each of them that takes place. */
  lines: readonly string[];
}

export function callsOf({ target, endpointProbes, clientProbes, receiverProbes }: Plan): Calls {
  const { endpoint, client, webhook } = target.config;
  const where = endpoint?.url ?? 'the API';
  const isProbing = endpointProbes.some(({ missing, calls }) => missing === null && Object.keys(calls).length > 0);
  const isRunning = clientProbes.some(({ missing, probe }) => missing === null && probe.runs > 0);
  const isReceiving = receiverProbes.some(({ missing }) => missing === null);
  const reach =
    client?.upstream === 'endpoint'
      ? `a stub on loopback, which passes the first call of each operation on to ${where}`
      : `a stub on loopback; none of its calls reaches ${where}`;
  // A receiver that the config names is to be attacked: why it is not must be seen without being asked for.
  const missing = webhook === undefined || isReceiving ? undefined : receiverProbes[0]?.missing;
  const lines = [
    ...(isProbing ? [`probing ${where}`] : []),
    ...(isRunning ? [`running your client against ${reach}`] : []),
    ...(isReceiving ? [`sending events to your receiver at ${webhook?.url}`] : []),
    ...(missing == null ? [] : [`sending no events to your receiver at ${webhook?.url}: that needs ${missing}`]),
  ];
  return {
    endpoint: endpoint?.url ?? target.name,
    client: `${target.name}: your client, answered by a stub`,
    receiver: `${target.name}: your receiver`,
    lines:
      lines.length === 0 ? [`calling nobody for ${target.name}: nothing that this run needs is configured`] : lines,
  };
}
