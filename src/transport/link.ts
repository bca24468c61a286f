// Opens a page that a statement rests on: without credentials, over HTTPS alone, and reads nothing of what it says.
import { lookup } from 'node:dns';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { StatementLink } from '../evidence/statements.js';
import { version } from '../version.js';
import { isPrivate } from './private-addresses.js';

const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

interface Options {
  signal: AbortSignal;
  timeoutMs: number;
}

/** Never throws: what goes wrong is the answer. */
export async function openLink(link: string, { signal, timeoutMs }: Options): Promise<StatementLink> {
  const first = new URL(link);
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    let url: URL = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const { status, location } = await ask(url, url.hostname === first.hostname, bounded);
      if (!REDIRECTS.includes(status)) return { status, host: url.host };
      if (location === undefined) return { problem: `${url.host} redirects to nowhere` };
      if (!URL.canParse(location, url.href)) return { problem: `${url.host} redirects to what is no URL` };
      url = new URL(location, url.href);
      if (url.protocol !== 'https:')
        return { problem: `it redirects to ${url.host} over ${url.protocol.slice(0, -1)}` };
    }
    return { problem: `it redirects more than ${MOST_REDIRECTS} times` };
  } catch (error) {
    if (signal.aborted) return { problem: 'the run was interrupted' };
    if (bounded.aborted) return { problem: `no answer came within ${timeoutMs / 1000} s` };
    const { code, message } = error as NodeJS.ErrnoException;
    return { problem: code ?? message.slice(0, 120) };
  }
}

interface Answer {
  status: number;
  location: string | undefined;
}

/** @param isNamed by the config: it may be a private host */
function ask(url: URL, isNamed: boolean, signal: AbortSignal): Promise<Answer> {
  const { hostname } = url;
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    if (!isNamed && isPrivate(host)) return reject(new Error(`it redirects to ${hostname}, a private address`));
    const sent = request(
      {
        host,
        port: url.port === '' ? 443 : url.port,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        headers: { Host: url.host, Accept: '*/*', 'User-Agent': `golive-check/${version}` },
        servername: isIP(host) === 0 ? host : '',
        rejectUnauthorized: true,
        agent: false,
        signal,
        ...(isNamed ? {} : { lookup: publicLookup }),
      },
      ({ statusCode = 0, headers: { location } }) => {
        resolve({ status: statusCode, location });
        sent.destroy();
      },
    );
    // What comes after the answer was read changes nothing.
    sent.on('error', reject);
    sent.end();
  });
}

/** A name that stands for a private address would lead there, too. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const open = addresses?.filter(({ address }) => !isPrivate(address)) ?? [];
    const [first] = open;
    if (error !== null) callback(error, '', 0);
    else if (first === undefined) callback(new Error(`it redirects to ${hostname}, a private address`), '', 0);
    else if (options.all === true) callback(null, open);
    else callback(null, first.address, first.family);
  });
};
