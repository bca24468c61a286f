// Files of environment variables: which git tracks, and whether it ignores those that hold the secrets of one machine.
import { readdirSync } from 'node:fs';
import type { EnvFile, EnvFilesEvidence } from '../evidence/source.js';
import { NoEvidence } from '../transport/budget.js';
import type { SourceContext } from './context.js';
import { isExample } from './examples.js';
import { gitText, type Repository } from './git.js';
import { shownPath } from './shown-path.js';
import { trackedTree } from './tree.js';

const ENV_NAME = /^(?:\.env(?:\.[\w.-]+)?|\.envrc|[\w-]+\.env)$/;
const SAMPLE_NAME = /[.-](?:example|sample|template|dist|defaults?|schema|tpl)\b/i;
/** They hold the values of one machine, whatever these are called. */
const OWN_NAME = /^\.env$|^\.envrc$|\.local$/;
const SETTING = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=[ \t]*(.*)$/;
const SECRET_NAME = /KEY|SECRET|TOKEN|PASS|PWD|CREDENTIAL|PRIVATE|DSN|DATABASE_URL/i;
// Sent to every browser, and meant to be.
const PUBLIC_NAME = /^(?:NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY)_|PUBLISHABLE|PUBLIC_KEY/;
const MANIFESTS = new Set([
  'package.json',
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'Gemfile',
  'composer.json',
  'go.mod',
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.yml',
  'compose.yaml',
]);
const READERS = /dotenv|env[-_]file|environs|decouple|"(?:next|nuxt|vite|react-scripts)"/i;
const MOST_NAMES = 5;
const MOST_PLACES = 200;

export async function readEnvFiles(context: SourceContext): Promise<EnvFilesEvidence> {
  const { repository, root, scope, signal } = context;
  if (repository === null)
    throw new NoEvidence('unreachable', `there is no git repository at ${root}`, { fact: 'no-repository' });
  const tree = await trackedTree(repository, scope, signal);
  const paths = tree.files.map(({ path }) => path).filter((path) => ENV_NAME.test(nameOf(path)));
  const files: EnvFile[] = [];
  const unread: string[] = [];
  for (const path of paths.filter((one) => !SAMPLE_NAME.test(nameOf(one)))) {
    const content = context.read(path);
    if (content.kind === 'text') files.push(envFile(path, content.bytes.toString('utf8')));
    else unread.push(shownPath(path));
  }
  return {
    tracked: tree.files.length,
    files: files.filter(({ names }) => names.length > 0),
    unread,
    places: await ignored(repository, scope, placesOf(root, paths), signal),
    used: paths.length + ownIn(root).length > 0 || loadsEnvFiles(context, tree.files),
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function envFile(path: string, text: string): EnvFile {
  const set = text.split(/\r?\n/).flatMap((line) => {
    const [, name, rest = ''] = SETTING.exec(line) ?? [];
    return name === undefined || !hasValue(rest) ? [] : [name];
  });
  const secret = set.filter((name) => SECRET_NAME.test(name) && !PUBLIC_NAME.test(name));
  const isOwn = OWN_NAME.test(nameOf(path));
  const names = isOwn ? set : secret;
  return { path: shownPath(path), names: names.slice(0, MOST_NAMES), isSecret: isOwn || secret.length > 0 };
}

/** Neither empty, nor a reference to another variable, nor a placeholder. */
function hasValue(rest: string): boolean {
  const value =
    /^"([^"]*)"|^'([^']*)'|^([^#]*)/
      .exec(rest)
      ?.slice(1)
      .find((one) => one !== undefined) ?? '';
  const bare = value.trim();
  return (
    bare !== '' &&
    !/^\$[({A-Za-z_]/.test(bare) &&
    !/^(?:<.*>|changeme|your.*|x+|\.+|null|true|false)$/i.test(bare) &&
    !isPlaceholder(bare)
  );
}

function isPlaceholder(value: string): boolean {
  return value.length >= 8 && isExample(value, '');
}

/** Whether a manifest of the repository names what reads such files. */
function loadsEnvFiles(context: SourceContext, tracked: readonly { path: string }[]): boolean {
  const manifests = tracked.filter(({ path }) => MANIFESTS.has(nameOf(path))).slice(0, MOST_PLACES);
  return manifests.some(({ path }) => {
    const content = context.read(path);
    return content.kind === 'text' && READERS.test(content.bytes.toString('utf8'));
  });
}

/** Where a file of one machine stands, or would: at the root, and beside each sample. */
function placesOf(root: string, tracked: readonly string[]): string[] {
  const samples = tracked.filter((path) => SAMPLE_NAME.test(nameOf(path)) && nameOf(path).startsWith('.env'));
  const beside = samples.map((path) => `${path.slice(0, path.lastIndexOf('/') + 1)}.env`);
  return [...new Set(['.env', ...ownIn(root), ...beside])].slice(0, MOST_PLACES);
}

function ownIn(root: string): string[] {
  return namesIn(root).filter((name) => OWN_NAME.test(name) && name.startsWith('.env'));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether a .gitignore of the repository names them: what one clone alone ignores protects no other. */
async function ignored(
  repository: Repository,
  scope: string,
  places: readonly string[],
  signal: AbortSignal,
): Promise<EnvFilesEvidence['places']> {
  const full = places.map((path) => (scope === '' ? path : `${scope}/${path}`));
  const words = ['check-ignore', '--no-index', '--verbose', '--non-matching', '-z', '--stdin'];
  const input = [`${full.join('\0')}\0`];
  const printed = await gitText(repository, words, { signal, input, ends: [0, 1] });
  const fields = printed.toString('utf8').split('\0');
  return places.map((path, at) => {
    const [source = '', , pattern = ''] = fields.slice(at * 4, at * 4 + 3);
    const isOfRepository = /(?:^|\/)\.gitignore$/.test(source) && !source.startsWith('/');
    return { path: shownPath(path), ignored: isOfRepository && pattern !== '' && !pattern.startsWith('!') };
  });
}
