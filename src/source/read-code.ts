// Reads the code of a repository for habits that cost in production.
import { isLoopback } from '../config/environments.js';
import { CODE_TOPICS, type CodeFindings, type CodeScan, type CodeTopic } from '../evidence/source.js';
import { type CodeReader, createCodeReader, type Met, type Wanted } from './code-reader.js';
import type { SourceContext } from './context.js';
import { languageOf } from './patterns/define.js';
import { CODE_PATTERNS } from './patterns/index.js';
import { treeOf } from './read-tree.js';
import { shownPath } from './shown-path.js';

const MOST_PLACES = 20;
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|bower_components|\.yarn|dist|build)\//;
const MINIFIED = /\.min\.(?:js|css)$|(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|composer\.lock)$/;
const LONGEST_AVERAGE = 500;
const NEWLINE = 10;

export async function readCode(context: SourceContext): Promise<CodeScan> {
  const facts = factsOf(context);
  const reader = createCodeReader(CODE_PATTERNS, facts.wanted);
  const tree = await treeOf(context);
  const wanted = tree.files.filter(({ path }) => context.isWanted(path));
  const languages: Record<string, number> = {};
  const bounds = new Set(tree.bounds);
  const met: Met[] = [];
  let read = 0;
  let foreign = 0;
  for (const { path } of wanted) {
    const language = languageOf(path);
    if (language === null) continue;
    if (!(await context.hasTime())) {
      bounds.add('the time budget (budget.seconds)');
      break;
    }
    const content = context.read(path);
    if (content.kind === 'large' || content.kind === 'unreadable') bounds.add(`a file that is ${content.kind}`);
    if (content.kind === 'missing') bounds.add('a file that git tracks and that is not there');
    if (content.kind !== 'text') continue;
    if (FOREIGN.test(path) || MINIFIED.test(path) || isDense(content.bytes)) {
      foreign += 1;
      continue;
    }
    read += 1;
    if (language !== 'settings') languages[language] = (languages[language] ?? 0) + 1;
    const isSwitch = facts.liveHosts.some((host) => content.bytes.includes(host));
    // A file that knows both environments chooses between them.
    met.push(...reader.read(path, language, content.bytes).filter(({ topic }) => topic !== 'sandbox' || !isSwitch));
    context.met(1);
  }
  return {
    from: tree.from,
    read,
    languages,
    foreign,
    excluded: tree.files.length - wanted.length,
    bounds: [...bounds],
    hosts: facts.hosts,
    sandbox: facts.sandbox,
    topics: Object.fromEntries(CODE_TOPICS.map((topic) => [topic, findingsOf(topic, met)])) as CodeScan['topics'],
    control: controlOf(reader),
  };
}

/** One line of tens of thousands of characters was written by a program. */
function isDense(bytes: Buffer): boolean {
  if (bytes.length < 20_000) return false;
  let lines = 1;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return bytes.length / lines > LONGEST_AVERAGE;
}

function findingsOf(topic: CodeTopic, met: readonly Met[]): CodeFindings {
  const own = met.filter((one) => one.topic === topic);
  const shown = (isTest: boolean) =>
    own
      .filter((one) => one.isTest === isTest)
      .slice(0, MOST_PLACES)
      .map(({ path, line, column, rule }) => ({ path: shownPath(path), line, column, rule }));
  return { places: shown(false), found: own.filter(({ isTest }) => !isTest).length, inTests: shown(true) };
}

/** Each pattern finds its own example. */
function controlOf(reader: CodeReader): CodeScan['control'] {
  const found = CODE_PATTERNS.filter(({ topic, rule, languages: [language], example }) => {
    if (language === undefined) return false;
    return reader
      .read('control', language, Buffer.from(example))
      .some((one) => one.topic === topic && one.rule === rule);
  });
  return { planted: CODE_PATTERNS.length, found: found.length };
}

interface Facts {
  wanted: readonly Wanted[];
  hosts: readonly string[];
  liveHosts: readonly string[];
  sandbox: readonly string[] | null;
}

const SHORTEST_PREFIX = 4;
const PUBLIC_PREFIXES = [
  'NEXT_PUBLIC_',
  'VITE_',
  'REACT_APP_',
  'NUXT_PUBLIC_',
  'EXPO_PUBLIC_',
  'GATSBY_',
  'VUE_APP_',
  'NG_APP_',
];
const isHostEnd = (rest: string) => !/^[\w-]|^\.\w/.test(rest);
const isNameEnd = (rest: string) => !/^\w/.test(rest);
const isKey = (rest: string) => /^[A-Za-z0-9]{8}/.test(rest);

function factsOf({ target: { config, contract, secrets } }: SourceContext): Facts {
  const { sandbox, live } = contract.environments ?? {};
  const url = config.endpoint === undefined ? [] : [new URL(config.endpoint.url).hostname];
  const hosts = [...new Set([...url, ...(sandbox?.hosts ?? []), ...(live?.hosts ?? [])])].filter(
    (host) => !isLoopback(host),
  );
  const liveHosts = [...new Set([...(live?.hosts ?? []), ...(config.endpoint?.environment === 'live' ? url : [])])];
  const ofSandbox = (sandbox?.hosts ?? []).filter((host) => !liveHosts.includes(host) && !isLoopback(host));
  const prefixes = (sandbox?.keyPrefixes ?? []).filter((prefix) => prefix.length >= SHORTEST_PREFIX);
  const isLive = config.endpoint?.environment === 'live';
  const names = secrets.filter(({ kind, name }) => kind === 'credential' && /^[A-Z][A-Z0-9_]*$/.test(name));
  const wanted: Wanted[] = [
    ...hosts.map(
      (host): Wanted => ({ topic: 'plain-urls', rule: `http://${host}`, text: `http://${host}`, fits: isHostEnd }),
    ),
    ...(isLive ? ofSandbox : []).map((host): Wanted => ({ topic: 'sandbox', rule: host, text: host, fits: isHostEnd })),
    ...(isLive ? prefixes : []).map(
      (text): Wanted => ({ topic: 'sandbox', rule: `a key that begins with ${text}`, text, fits: isKey }),
    ),
    ...names.flatMap(({ name }) =>
      PUBLIC_PREFIXES.map(
        (prefix): Wanted => ({
          topic: 'public-keys',
          rule: `${prefix}${name}, built into what browsers load`,
          text: `${prefix}${name}`,
          fits: isNameEnd,
        }),
      ),
    ),
  ];
  return { wanted, hosts, liveHosts, sandbox: isLive ? [...ofSandbox, ...prefixes] : null };
}
