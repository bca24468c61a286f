import { isIP, isIPv6 } from 'node:net';
import { isExpected } from '../../evidence/exchange.js';
import type { VantageRead } from '../../evidence/map.js';
import { isLack, lack } from '../../evidence/unlock.js';
import { NoEvidence } from '../../transport/budget.js';
import { isPrivate } from '../../transport/private-addresses.js';
import type { Api } from '../api.js';
import { defineProbe } from '../define.js';
import { readFrom, type Vantage, vantagesOf } from '../reading.js';
import { NO_MOCK } from '../writing.js';

const WANTED = lack(
  'endpoint.egress.<name>.address: the address under which the API sees a listed vantage point',
  'endpoint.egress.<name>.address',
);

const HEADERS: Readonly<Record<string, (address: string) => string>> = {
  'X-Forwarded-For': (address) => address,
  // RFC 7239, 6: an IPv6 address stands in brackets and quotes.
  Forwarded: (address) => `for=${isIPv6(address) ? `"[${address}]"` : address}`,
  'X-Real-IP': (address) => address,
  'CF-Connecting-IP': (address) => address,
};

export default defineProbe({
  key: 'endpoint.forwarded-addresses',
  says: 'reading from unlisted vantage points in the name of a listed address',
  after: ['endpoint.addresses'],
  settings: ['endpoint.egress.<name>.listed: false'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const { unlisted, listed } = split(api);
    if (unlisted.length === 0)
      return lack('endpoint.egress with a vantage point that is listed: false', 'endpoint.egress.<name>.listed: false');
    if (!listed.some((one) => one.address !== null || isIP(one.via) !== 0)) return WANTED;
    const calls = unlisted.flatMap((vantage) =>
      Object.keys(HEADERS).flatMap((header) => {
        const call = readFrom(api, vantage, { headers: { ...api.endpoint.operations.read?.headers, [header]: '' } });
        return isLack(call) ? [] : [[labelOf(vantage, header), call] as const];
      }),
    );
    return Object.fromEntries(calls);
  },
  async run({ api, send, evidence }) {
    const { vantages } = evidence('endpoint.addresses');
    const admitted = vantages.filter((one) => one.listed && isExpected(one.call));
    const address = admitted.map(addressOf).find((one) => one !== null);
    if (admitted.length > 0 && address === undefined) throw new NoEvidence('not-configured', WANTED.lacking);
    if (address == null) return { tries: [] };
    const refused = vantages.filter((one) => !one.listed && one.call.ended !== 'vantage' && !isExpected(one.call));
    const { headers } = api.endpoint.operations.read ?? {};
    const tries = refused.flatMap((vantage) =>
      Object.entries(HEADERS).map(async ([header, write]) => ({
        vantage: vantage.name,
        header,
        address,
        call: await send(labelOf(vantage, header), {
          headers: { ...headers, [header]: write(address) },
          whatever: true,
        }),
      })),
    );
    return { tries: await Promise.all(tries) };
  },
});

function split(api: Api): { listed: Vantage[]; unlisted: Vantage[] } {
  const vantages = vantagesOf(api);
  return { listed: vantages.filter((one) => one.listed), unlisted: vantages.filter((one) => !one.listed) };
}

function labelOf(vantage: Vantage, header: string): string {
  return `${vantage.name} ${header}`;
}

/** A private address is what the API sees only where the API is on a private network too: else it is translated. */
function addressOf({ address, via, call }: VantageRead): string | null {
  if (address !== null) return address;
  if (isIP(via) === 0) return null;
  const remote = call.remoteAddress?.replace(/:\d+$/, '') ?? '';
  return isPrivate(via) && !isPrivate(remote) ? null : via;
}
