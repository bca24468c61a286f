// The command that shows a failure again by hand.
import { isLoopback } from '../config/environments.js';
import type { Exchange } from '../evidence/exchange.js';
import type { GatheredMap } from '../evidence/map.js';
import { curlOf, quoted } from './curl.js';

const USUAL_SECRET_ENV = 'WEBHOOK_SECRET';

/** undefined: no single call shows it. Secrets are environment variables. */
export function reproduceOf(exchange: Exchange, evidence: GatheredMap): string | undefined {
  const { url, vector } = exchange.request;
  if (vector === undefined) return curlOf(exchange);
  // It was killed meanwhile, which no event does.
  if (exchange.probe === 'killed') return undefined;
  const control = evidence['webhook.control'];
  const { scheme, secretEnv } = control?.ok === true ? control.value.told : { scheme: null, secretEnv: null };
  return [
    // A recorded signature is stale after some minutes: this signs anew.
    `golive-check webhook send ${vector} --url ${quoted(url)}`,
    ...(scheme === null ? [] : [`--scheme ${scheme}`]),
    `--secret-env ${secretEnv ?? USUAL_SECRET_ENV}`,
    ...(isLoopback(new URL(url).hostname) ? [] : ['--allow-remote']),
  ].join(' ');
}
