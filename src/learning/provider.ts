// Whose API a host is: the built-in contracts say it themselves.
import type { Provider } from '../config/contracts/define.js';
import { CONTRACTS } from '../config/contracts/index.js';
import { hostOf } from '../intercept/hosts.js';

export interface KnownProvider {
  provider: Provider;
  /** The base URL at this host, as the contract knows it. */
  url: string;
}

/** By the host, and of several APIs at one host by the path; null: no built-in contract knows it. */
export async function providerAt(url: URL): Promise<KnownProvider | null> {
  const known: KnownProvider[] = [];
  for (const load of Object.values(CONTRACTS)) {
    const provider = await load();
    for (const base of placesOf(provider, url)) known.push({ provider, url: base });
  }
  const fits = known.filter((one) => isBelow(url.pathname, new URL(one.url).pathname));
  return fits.toSorted((a, b) => b.url.length - a.url.length)[0] ?? null;
}

/** Base URLs of the provider at this host. */
function placesOf({ layer }: Provider, { host, origin }: URL): string[] {
  const { sandbox, live } = layer.contract?.environments ?? {};
  const written = [sandbox?.url, live?.url, layer.endpoint?.url].filter((one) => one !== undefined);
  const here = written.filter((one) => URL.canParse(one) && hostOf(new URL(one).host) === hostOf(host));
  const listed = [...(sandbox?.hosts ?? []), ...(live?.hosts ?? [])].some((one) => one === hostOf(host));
  return here.length > 0 || !listed ? here : [origin];
}

function isBelow(path: string, base: string): boolean {
  const bare = base.replace(/\/$/, '');
  return path === bare || path.startsWith(`${bare}/`);
}
