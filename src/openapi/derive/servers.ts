// The base URLs of a description, and which environment each of them says that it is.
import { isPlain } from '../../config/merge.js';
import { listOf, type Node, nodeAt, textOf } from './document.js';

export interface Server {
  url: string;
  /** null: neither its words nor its host say. */
  environment: 'sandbox' | 'live' | null;
  source: string;
}

const SANDBOX =
  /(^|[^a-z])(sandbox|sbx|test(ing|net)?|tst|staging|stage|stg|playground|demo|dev(elopment|el)?|uat|qa|mock|pre-?prod(uction)?|non-?prod(uction)?|local(host)?)\d*([^a-z]|$)/i;
const LIVE = /(^|[^a-z])(prod(uction)?|live)\d*([^a-z]|$)/i;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const MOST_SERVERS = 20;

/** @param place where the description was read from: relative URLs stand below it when it is a URL */
export function serversOf(document: Node, place: string): Server[] {
  const found = listOf(document.servers).flatMap((written, at) => {
    const node = nodeAt(document, written);
    return expanded(node).map(({ url, words }) => ({ url: baseUrl(url, place), words, source: `servers.${at}` }));
  });
  const seen = new Set<string>();
  return found
    .flatMap(({ url, words, source }) => {
      if (url === null || seen.has(url.href)) return [];
      seen.add(url.href);
      return [{ url: url.href.replace(/\/$/, ''), environment: environmentOf(url, words), source }];
    })
    .slice(0, MOST_SERVERS);
}

/** The server that a config names where nobody says: one that is made for calls of others before any other. */
export function bestOf(servers: readonly Server[]): Server | undefined {
  const sandboxes = servers.filter(({ environment }) => environment === 'sandbox');
  const meant = sandboxes.find(({ url }) => /sandbox|sbx|playground|test/i.test(url));
  return meant ?? sandboxes.find(({ url }) => !LOOPBACK.test(new URL(url).hostname)) ?? sandboxes[0] ?? servers[0];
}

/** Whether a URL by itself says that it is no live one. */
export function isSandboxUrl(url: string): boolean {
  return URL.canParse(url) && environmentOf(new URL(url), '') === 'sandbox';
}

/** One for each value of a variable, where the values are listed; else the default. */
function expanded(node: Node): { url: string; words: string }[] {
  const variables = Object.entries(isPlain(node.variables) ? node.variables : {});
  return variables.reduce(
    (made, [name, variable]) => {
      const { default: usual, enum: values } = isPlain(variable) ? variable : {};
      const listed = listOf(values).filter((one) => typeof one === 'string');
      const named = listed.some((one) => SANDBOX.test(one) || LIVE.test(one)) ? listed : [textOf(usual)];
      return made.flatMap(({ url, words }) =>
        url.includes(`{${name}}`)
          ? named.map((one) => ({ url: url.replaceAll(`{${name}}`, one), words: `${words} ${one}` }))
          : [{ url, words }],
      );
    },
    [{ url: textOf(node.url), words: `${textOf(node.description)} ${textOf(node['x-name'])} ${textOf(node.name)}` }],
  );
}

/** null: it is no URL of a server, or one of another place that nobody told. */
function baseUrl(written: string, place: string): URL | null {
  const below = /^https?:\/\//i.test(place) ? place : undefined;
  if (/[{}]/.test(written) || !URL.canParse(written, below)) return null;
  const url = new URL(written, below);
  if (!/^https?:$/.test(url.protocol)) return null;
  for (const part of ['username', 'password', 'search', 'hash'] as const) url[part] = '';
  return url;
}

function environmentOf(url: URL, words: string): Server['environment'] {
  if (LOOPBACK.test(url.hostname)) return 'sandbox';
  const labels = url.hostname.split('.');
  // Nobody's: RFC 6761.
  if (labels.at(-1) === 'test') return 'sandbox';
  // A domain may have such a name (dev.to); what stands before it says what the host is. Words may speak of others, too.
  for (const said of [labels.slice(0, -2).join('.'), words, url.pathname]) {
    const [sandbox, live] = [SANDBOX.test(said), LIVE.test(said)];
    if (sandbox !== live) return sandbox ? 'sandbox' : 'live';
  }
  return null;
}
