// The usual variables of a proxy, and what they do to calls to this machine.
import type { ResolvedTarget } from '../config/load.js';
import { environmentOf } from '../lanes/listener.js';
import { type Finding, ok, warning } from './row.js';

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;
const LOOPBACK = '127.0.0.1';

/** Those that are set, in upper case, each with the place of the proxy and without its password. */
export function proxiesIn(environment: NodeJS.ProcessEnv): string[] {
  return NAMES.flatMap((name) => {
    const value = environment[name] || environment[name.toLowerCase()] || '';
    return value === '' ? [] : [`${name} (${placeOf(value)})`];
  });
}

function placeOf(value: string): string {
  const text = value.includes('://') ? value : `http://${value}`;
  return URL.canParse(text) && new URL(text).host !== '' ? new URL(text).host : 'not a URL';
}

export function lookAtProxies(environment: NodeJS.ProcessEnv, targets: readonly ResolvedTarget[]): Finding {
  const set = proxiesIn(environment);
  const astray = targets.flatMap((target) => exposedIn(target, environment));
  const [first] = astray;
  if (first !== undefined)
    return warning(
      `${first} sets NO_PROXY without ${LOOPBACK}: what heeds the proxy variables sends it the calls that are ours`,
      `add ${LOOPBACK} to NO_PROXY in ${first}`,
    );
  if (set.length === 0) return ok('no variable of a proxy is set');
  return ok(
    `${set.join(', ')}: golive-check calls the API directly, not through it; your client is started with NO_PROXY=${LOOPBACK},localhost`,
  );
}

/** Sections whose own variables send calls to this machine through a proxy. */
function exposedIn({ config }: ResolvedTarget, environment: NodeJS.ProcessEnv): string[] {
  const sections = {
    'client.env': config.client?.intercept === undefined ? config.client : undefined,
    'webhook.env': config.webhook?.baseUrlEnv === undefined ? undefined : config.webhook,
  };
  return Object.entries(sections).flatMap(([name, section]) => {
    if (section === undefined) return [];
    const own = environmentOf(`http://${LOOPBACK}`, '', { client: section, environment, interception: null });
    const isExposed = proxiesIn(own).length > 0 && ![own.NO_PROXY, own.no_proxy].every(isExempt);
    return isExposed ? [name] : [];
  });
}

/** By its address or by *; ranges are known to some programs alone. */
function isExempt(list = ''): boolean {
  return list.split(',').some((one) => [LOOPBACK, '*'].includes(one.trim()));
}
