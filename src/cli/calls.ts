// Who is called by a run, in words: a client under faults is answered by our stub, so its runs call nobody else.
import type { Plan } from '../plan.js';

export interface Calls {
  /** What stands before the progress while the API itself is called, and while the client runs. */
  api: string;
  client: string;
  /** One sentence for each of the two that takes place. */
  lines: readonly string[];
}

export function callsOf({ target, endpointProbes, clientProbes }: Plan): Calls {
  const { endpoint, client } = target.config;
  const where = endpoint?.url ?? 'the API';
  const isProbing = endpointProbes.some(({ missing, calls }) => missing === null && Object.keys(calls).length > 0);
  const isRunning = clientProbes.some(({ missing, probe }) => missing === null && probe.runs > 0);
  const reach =
    client?.upstream === 'endpoint'
      ? `a stub on loopback, which passes the first call of each operation on to ${where}`
      : `a stub on loopback; none of its calls reaches ${where}`;
  const lines = [
    ...(isProbing ? [`probing ${where}`] : []),
    ...(isRunning ? [`running your client against ${reach}`] : []),
  ];
  return {
    api: endpoint?.url ?? target.name,
    client: `${target.name}: your client, answered by a stub`,
    lines:
      lines.length === 0 ? [`calling nobody for ${target.name}: nothing that this run needs is configured`] : lines,
  };
}
