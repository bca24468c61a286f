// "No request arrived": the likeliest reason, by what was configured and what the process said.
import type { Client } from '../config/schema.js';
import type { Recording } from '../evidence/recording.js';
import { type Start, whyNotStarted } from '../evidence/start.js';
import { diagnoseInterception } from '../intercept/diagnosis.js';
import { runtimeOf } from './runtime.js';

type Asked = Pick<Client, 'intercept' | 'baseUrlEnv'> &
  Partial<Pick<Client, 'service'>> & { command?: string | readonly string[] | undefined };

export function diagnose(
  client: Asked,
  output: string,
  facts: Start,
  recording: Pick<Recording, 'url' | 'connections' | 'otherHosts'>,
  /** Calls that showed no credentials of the proxy. */
  unadmitted = 0,
): string {
  const unstarted = whyNotStarted(output, facts);
  if (unstarted !== null) return unstarted;
  const command = [client.service?.start ?? client.command ?? []].flat().join(' ');
  if (client.intercept === 'proxy')
    return diagnoseInterception(runtimeOf(command, output), new URL(recording.url).host, { ...recording, unadmitted });
  if (client.baseUrlEnv === undefined)
    return 'client.baseUrlEnv is not set, so the client does not know where to send its calls';
  const names = [client.baseUrlEnv].flat().join(', ');
  if (/ECONNREFUSED|Connection refused/i.test(output))
    return `the client called another port: does it use the whole value of ${names}, port included?`;
  if (facts.exitCode !== null && facts.exitCode !== 0)
    return `the process ended with exit ${facts.exitCode} before it sent anything: see its output`;
  return `the client ended without a call to us: does it read ${names}?`;
}
