// `init --openapi`: what a description says becomes a config; only what it leaves open is asked.
import { dirname, resolve } from 'node:path';
import { didYouMean } from '../config/issues.js';
import { withoutKeys } from '../config/key-shapes.js';
import { refuseBadAnswers } from '../config/scaffold.js';
import type { OwnCode } from '../config/scaffold-blocks.js';
import { scaffoldOpenApi } from '../config/scaffold-openapi.js';
import { quoted } from '../config/shown.js';
import { UserError } from '../errors.js';
import { candidatesOf, nameOfOperation } from '../openapi/derive/candidates.js';
import { type DescribedOperation, type Node, nodeAt, operationsOf, textOf } from '../openapi/derive/document.js';
import { bestOf, serversOf } from '../openapi/derive/servers.js';
import { type Choices, type Derived, derive, environmentOf, type Fact } from '../openapi/derive.js';
import { loadDescription } from '../openapi/load.js';
import type { Asker } from './asking.js';
import { placeFrom, refuseCredentialIn } from './description-place.js';
import type { Flags } from './flags.js';

type InitFlags = Flags<'init'>;

export interface Scaffolded {
  text: string;
  /** What was found, one line each. */
  found: readonly string[];
}

const NO_PROMISES = 'none';
/** Where the description names no server, and nobody is there to ask. */
const PLACEHOLDER = 'https://sandbox.example.com/v1';
const MOST_OTHERS = 5;

export async function initOpenApi(flags: InitFlags, place: string, code: OwnCode, ask: Asker): Promise<Scaffolded> {
  refuseCredentialIn(place);
  const { file, version, document } = await loadDescription(place, { cwd: process.cwd() });
  const { reads, creates } = candidatesOf(document);
  const url = await urlFrom(flags, document, file, ask);
  const choices: Choices = {
    url,
    environment: flags.environment ?? (await environmentFrom(document, file, url, ask)),
    read: await operationFrom('read', flags.read, reads, { document, method: 'GET', ask }),
    create: await operationFrom('create', flags.create, creates, { document, method: 'POST', ask }),
  };
  const { sample } = await import('../openapi/derive/sampler.js');
  const said = await withAuth(derive(document, choices, sample, file), ask);
  const derived = withOthers(said, { reads, creates });
  const title = withoutKeys(textOf(nodeAt(document, document.info).title).replace(/\s+/g, ' ').trim());
  const text = await scaffoldOpenApi(derived, {
    place: placeFrom(dirname(resolve(flags.output)), file),
    title: title === '' ? 'an API' : title.slice(0, 80),
    keyEnv: await keyFrom(flags, derived, ask),
    extends: flags.extends?.split(',').filter((name) => name !== '') ?? [NO_PROMISES],
    command: code.command,
    baseUrlEnv: code.baseUrlEnv,
  });
  return { text, found: linesOf(`Found in ${place} (OpenAPI ${version}):`, derived) };
}

async function urlFrom(flags: InitFlags, document: Node, file: string, ask: Asker): Promise<string> {
  if (flags.url !== undefined) {
    refuseBadAnswers({ url: flags.url });
    return flags.url.replace(/\/$/, '');
  }
  const servers = serversOf(document, file);
  const best = bestOf(servers);
  if (servers.length === 1 && best !== undefined) return best.url;
  const known = servers.map(({ url, environment }) => `${url}${environment === null ? '' : ` [${environment}]`}`);
  const question =
    known.length === 0
      ? 'Base URL of the API (the description names none)'
      : `Base URL of the API, of ${known.join(', ')}`;
  const answer = await ask(question, best?.url ?? PLACEHOLDER, (given) => refuseBadAnswers({ url: given }));
  return answer.replace(/\/$/, '');
}

/** Asked only where neither the description nor the host says. */
async function environmentFrom(document: Node, file: string, url: string, ask: Asker): Promise<Choices['environment']> {
  const server = serversOf(document, file).find((one) => one.url === url);
  if ((server?.environment ?? null) !== null) return null;
  const usual = environmentOf(url, server);
  if (usual === 'sandbox') return null;
  const answer = await ask(`Whether ${url} is a sandbox or live (live: reads only)`, usual, (given) => {
    if (given !== 'sandbox' && given !== 'live')
      throw new UserError('bad-environment', `found ${quoted(given)}; expected sandbox or live`);
  });
  return answer === 'sandbox' ? 'sandbox' : 'live';
}

interface Asked {
  document: Node;
  method: string;
  ask: Asker;
}

async function operationFrom(
  name: 'read' | 'create',
  given: string | undefined,
  candidates: readonly DescribedOperation[],
  { document, method, ask }: Asked,
): Promise<DescribedOperation | null> {
  const known = operationsOf(document).filter((one) => one.method === method);
  const named = (text: string): DescribedOperation | null => {
    if (text === '' || text === 'none') return null;
    const path = text.toUpperCase().startsWith(`${method} `) ? text.slice(method.length).trim() : text;
    const found = known.find((one) => one.path === path || one.node.operationId === path);
    if (found !== undefined) return found;
    throw new UserError(
      'unknown-operation',
      `--${name}: found ${quoted(withoutKeys(text))}; expected the path of a ${method} that the description has, or none${didYouMean(
        path,
        known.map((one) => one.path),
      )}`,
    );
  };
  if (given !== undefined) return named(given);
  const [best, ...others] = candidates;
  if (best === undefined || others.length === 0) return best ?? null;
  const beside = others.slice(0, MOST_OTHERS).map(({ path }) => path);
  const question =
    name === 'read' ? 'A harmless GET that needs the key' : 'The POST that creates something (none: leave it out)';
  return named(await ask(`${question}, else ${beside.join(', ')}`, best.path, (answer) => void named(answer)));
}

const PLACE_OF_KEY = 'contract.auth';

/** Asked only where the description shows that there is a key, and not where it goes. */
async function withAuth({ facts, gaps }: Derived, ask: Asker): Promise<Derived> {
  if (!gaps.some(({ at }) => at === PLACE_OF_KEY)) return { facts, gaps };
  const question = 'Header that carries the key: X-Api-Key, or Authorization for a bearer token (empty: leave it out)';
  const name = await ask(question, '', (given) => {
    if (!/^[\w-]*$/.test(given))
      throw new UserError('bad-header', `found ${quoted(given)}; expected the name of a header`);
  });
  if (name === '') return { facts, gaps };
  const prefix = name.toLowerCase() === 'authorization' ? { prefix: 'Bearer ' } : {};
  const auth: Fact = {
    at: ['contract', 'auth'],
    value: { headers: [{ name, ...prefix }] },
    source: '',
    note: 'your answer',
  };
  return { facts: [...facts, auth], gaps: gaps.filter(({ at }) => at !== PLACE_OF_KEY) };
}

/** None where the API takes none, or where a log-in gets one. */
async function keyFrom(flags: InitFlags, { facts }: Derived, ask: Asker): Promise<string | null> {
  const auth = facts.find(({ at }) => at.join('.') === PLACE_OF_KEY)?.value;
  const takesNone = auth === 'none' || (typeof auth === 'object' && auth !== null && 'login' in auth);
  if (takesNone) return null;
  return (
    flags.keyEnv ??
    (await ask('Environment variable that holds the key', 'API_KEY', (keyEnv) => refuseBadAnswers({ keyEnv })))
  );
}

/** The config says which other operations there were to choose from. */
function withOthers(
  { facts, gaps }: Derived,
  { reads, creates }: { reads: readonly DescribedOperation[]; creates: readonly DescribedOperation[] },
): Derived {
  const others: Readonly<Record<string, readonly DescribedOperation[]>> = {
    'endpoint.operations.read': reads,
    'endpoint.operations.create': creates,
  };
  const told = facts.map((fact) => {
    const beside = (others[fact.at.join('.')] ?? [])
      .filter((one) => one.source !== fact.source)
      .slice(0, MOST_OTHERS)
      .map(nameOfOperation);
    return beside.length === 0
      ? fact
      : { ...fact, note: `${fact.note === undefined ? '' : `${fact.note}; `}could also be ${beside.join(', ')}` };
  });
  return { facts: told, gaps };
}

function linesOf(head: string, { facts, gaps }: Derived): string[] {
  const open = gaps.map(({ at, why }) => `  ${at}: ${why}`);
  return [head, ...facts.map(lineOf), ...(open.length === 0 ? [] : ['', 'Not in it, and yours to say:', ...open])];
}

const WIDTH = 60;

function lineOf({ at, value, source }: Fact): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const cut = shown.length > WIDTH ? `${shown.slice(0, WIDTH)}…` : shown;
  return `  ${at.join('.')}: ${cut}${source === '' ? '' : `  (${source})`}`;
}
