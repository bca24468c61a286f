// What a project says of its integration by itself: packages in its manifests, names of variables in its .env files.
// Values of variables are never kept.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Ecosystem, Provider } from './contracts/define.js';
import { CONTRACTS } from './contracts/index.js';
import { looksLikeKey } from './key-shapes.js';
import { isPlain } from './merge.js';
import { textOfSmallFile } from './text.js';

export interface Found {
  name: string;
  /** The file that it stands in. */
  file: string;
}

export interface Detection {
  /** Built-in contracts whose packages the project uses, in order of their names. */
  providers: readonly (Found & { provider: Provider; sdk: string })[];
  /** Names of variables, those of .env first. */
  variables: readonly Found[];
  /** How the project starts its program. */
  command: Found | null;
  /** A command as its language has them, for one that nobody knows. */
  sample: string;
}

/** A file that cannot be read, or not be understood, shows nothing. */
export async function detectIn(folder: string): Promise<Detection> {
  const manifests = await Promise.all(
    MANIFESTS.map(async ({ file, ...manifest }) => {
      const text = await textOfSmallFile(join(folder, file));
      return text === null ? [] : [{ file, ecosystem: manifest.ecosystem, names: manifest.names(text), text }];
    }),
  );
  const found = manifests.flat();
  const providers = await Promise.all(
    Object.values(CONTRACTS).map(async (load) => {
      const provider = await load();
      for (const { file, ecosystem, names } of found) {
        const sdk = provider.sdks?.[ecosystem]?.find((one) => names.some((name) => isOf(name, one)));
        if (sdk !== undefined) return [{ name: provider.id, file, sdk, provider }];
      }
      return [];
    }),
  );
  return {
    providers: providers.flat(),
    variables: await variablesIn(folder),
    command: commandIn(found),
    sample: SAMPLES[found[0]?.ecosystem ?? 'npm'],
  };
}

interface Manifest {
  file: string;
  ecosystem: Ecosystem;
  /** Every name in it that may be one of a package. */
  names(text: string): readonly string[];
}

const MANIFESTS: readonly Manifest[] = [
  { file: 'package.json', ecosystem: 'npm', names: (text) => membersOf(text, 'dependencies') },
  { file: 'pyproject.toml', ecosystem: 'pypi', names: wordsOf },
  { file: 'requirements.txt', ecosystem: 'pypi', names: wordsOf },
  { file: 'go.mod', ecosystem: 'go', names: wordsOf },
  { file: 'composer.json', ecosystem: 'composer', names: (text) => membersOf(text, 'require') },
  { file: 'Gemfile', ecosystem: 'rubygems', names: wordsOf },
  { file: 'pom.xml', ecosystem: 'maven', names: dependenciesOfMaven },
  { file: 'build.gradle', ecosystem: 'maven', names: wordsOf },
  { file: 'build.gradle.kts', ecosystem: 'maven', names: wordsOf },
];

const SAMPLES: Readonly<Record<Ecosystem, string>> = {
  npm: 'node src/create.js',
  pypi: 'python create.py',
  go: 'go run ./cmd/create',
  composer: 'php create.php',
  rubygems: 'ruby create.rb',
  maven: 'java -jar target/create.jar',
};

/** A Go module may end in its major version, one of Gradle in any version. */
function isOf(name: string, sdk: string): boolean {
  const [one, other] = [name.toLowerCase(), sdk.toLowerCase()];
  return one === other || one.startsWith(`${other}/v`) || one.startsWith(`${other}:`);
}

function membersOf(text: string, section: string): string[] {
  const members = objectIn(text)?.[section];
  return isPlain(members) ? Object.keys(members) : [];
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isPlain(value) ? value : null;
  } catch {
    return null;
  }
}

/** Outside of comments. What a Go module only needs through others is not what the program calls. */
function wordsOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(#|\/\/)/.test(line) && !line.includes('// indirect'))
    .flatMap((line) => (line.split(/\s[#]/)[0] ?? '').split(/[^\w.@/:-]/))
    .filter((word) => word !== '');
}

/** The project's own name stands before the first. */
function dependenciesOfMaven(text: string): string[] {
  const [, ...dependencies] = text.split('<dependency>');
  return dependencies.flatMap((part) => {
    const [group, artifact] = ['groupId', 'artifactId'].map((tag) => part.split(`<${tag}>`)[1]?.split('<')[0]?.trim());
    return group === undefined || artifact === undefined ? [] : [`${group}:${artifact}`];
  });
}

function commandIn(found: readonly { file: string; text: string }[]): Found | null {
  const manifest = objectIn(found.find(({ file }) => file === 'package.json')?.text ?? '');
  if (manifest === null) return null;
  const { scripts, main } = manifest;
  if (isPlain(scripts) && typeof scripts.start === 'string') return { name: 'npm start', file: 'package.json' };
  return typeof main === 'string' && /^[\w./-]+$/.test(main) ? { name: `node ${main}`, file: 'package.json' } : null;
}

async function variablesIn(folder: string): Promise<Found[]> {
  const files = await readdir(folder).catch(() => []);
  const env = files.filter((file) => /^\.env(\.[\w.-]+)?$/.test(file)).toSorted();
  const found = await Promise.all(
    env.map(async (file) => namesIn((await textOfSmallFile(join(folder, file))) ?? '').map((name) => ({ name, file }))),
  );
  const all = found.flat();
  return all.filter((one, at) => all.findIndex(({ name }) => name === one.name) === at);
}

/** What was pasted in the place of a name may be a key. */
function namesIn(text: string): string[] {
  return Object.keys(parseEnv(text)).filter((name) => /^[A-Za-z_]\w*$/.test(name) && !looksLikeKey(name));
}

const WEBHOOK_SECRET = /WEBHOOK_?(SIGNING_?)?SECRET|SIGNING_?SECRET/i;
const CREDENTIAL = /(^|_)(API_?KEY|SECRET_?KEY|ACCESS_?TOKEN|API_?TOKEN)$/i;
const BASE_URL = /(^|_)(BASE|API)_?(URL|URI)$/i;

/** The variable that `usual` names, else the only one that looks like it; null: none, or several. */
function oneOf(variables: readonly Found[], usual: string | null, shape: RegExp): Found | null {
  const named = variables.find(({ name }) => name === usual);
  if (named !== undefined) return named;
  const [first, ...others] = variables.filter(({ name }) => shape.test(name));
  return first !== undefined && others.length === 0 ? first : null;
}

/** `provider`: null where none is chosen. */
export function variablesFor(
  { variables }: Pick<Detection, 'variables'>,
  provider: Pick<Provider, 'keyEnv' | 'baseUrlEnv'> | null,
): Record<'keyEnv' | 'baseUrlEnv' | 'webhookSecretEnv', Found | null> {
  const secret = oneOf(variables, null, WEBHOOK_SECRET);
  const others = variables.filter(({ name }) => !WEBHOOK_SECRET.test(name));
  return {
    keyEnv: oneOf(others, provider?.keyEnv ?? null, CREDENTIAL),
    baseUrlEnv: oneOf(others, provider?.baseUrlEnv ?? null, BASE_URL),
    webhookSecretEnv: secret,
  };
}
