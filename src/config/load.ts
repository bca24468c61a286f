// One file (or none) -> the targets to run: layers merged, references filled in, validated, secrets set apart.
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { Secret } from '../evidence/redact.js';
import { contradictionsOfClient } from './client-contradictions.js';
import { DEFAULT_CONTRACT } from './contracts/define.js';
import { CONTRACTS } from './contracts/index.js';
import { contradictionsIn } from './contradictions.js';
import { findLiteralCredentials, type Interpolated, interpolate, type Path } from './env.js';
import { withKnownUrl, withoutEndpoint } from './environments.js';
import { at, type Complaint, didYouMean, explainIssues } from './issues.js';
import { isPlain, merge } from './merge.js';
import { type Contract, contractSchema, manySchema, oneSchema, type Target, targetSchema } from './schema.js';
import { loadSource, readSource, type Source } from './source.js';
import { badTemplatesIn } from './templates.js';
import { secretsOfVia } from './via.js';

export interface ResolvedTarget {
  name: string;
  /** What `extends` named, the built-in default included. */
  extends: readonly string[];
  /** True where the config named no contract and the default stands in. */
  byDefault: boolean;
  config: Target;
  contract: Contract;
  secrets: readonly Secret[];
  /** Folder of the config file: relative paths and commands start here. */
  directory: string;
}

export interface LoadOptions {
  config?: string | undefined;
  cwd: string;
  environment: NodeJS.ProcessEnv;
  /** `plan` and friends send nothing, so a variable that is not set may stay open. */
  allowMissing?: boolean;
}

/** @throws UserError with every complaint, when there is anything to complain about. */
export async function loadConfig(options: LoadOptions): Promise<{ file: string; targets: ResolvedTarget[] }> {
  const source = await loadSource(options.config, options.cwd);
  return { file: source.file, targets: await resolveSource(source, options) };
}

export async function resolveSource(source: Source, options: Omit<LoadOptions, 'config'>): Promise<ResolvedTarget[]> {
  if (!isPlain(source.raw))
    throw new UserError(
      'invalid-config',
      `${source.file}: found ${nameOfForm(source.raw)}; expected a map of sections`,
    );
  if ('targets' in source.raw) {
    const { targets, ...others } = source.raw;
    const stray = Object.keys(others).filter((key) => key !== '$schema');
    if (stray.length > 0)
      await refuse(
        source,
        stray.map((key) => ({
          path: [key],
          text: 'found beside targets; expected it within each target that needs it',
        })),
      );
    if (!isPlain(targets))
      await refuse(source, explainIssues(manySchema.safeParse(source.raw).error?.issues ?? [], source.raw, manySchema));
    const entries = Object.entries(targets as Record<string, unknown>);
    if (entries.length === 0)
      throw new UserError('invalid-config', `${source.file}: targets is empty; expected at least one integration`);
    return Promise.all(entries.map(([name, raw]) => resolveTarget(name, raw, ['targets', name], source, options)));
  }
  const { $schema: _, ...raw } = source.raw;
  return [await resolveTarget(null, raw, [], source, options)];
}

async function resolveTarget(
  name: string | null,
  raw: unknown,
  prefix: Path,
  source: Source,
  options: Omit<LoadOptions, 'config'>,
): Promise<ResolvedTarget> {
  const literals = findLiteralCredentials(raw);
  if (literals.length > 0) {
    await refuse(
      source,
      literals.map((path) => ({
        path: [...prefix, ...path],
        text: "found a literal that is, or looks like, a credential; expected a reference to an environment variable such as ${API_KEY}, or env('API_KEY') in code",
      })),
    );
  }
  const directory = dirname(source.file);
  const named = extendsOf(raw);
  const names = named ?? [DEFAULT_CONTRACT];
  const bases = await layersOf(names, { source, path: [...prefix, 'extends'] }, [source.file]);
  const { value, written, secrets, missing } = await fillIn(
    [...bases, { layer: raw, builtIn: false }],
    source,
    prefix,
    options,
  );
  const schema = prefix.length === 0 ? oneSchema : targetSchema;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const complaints = explainIssues(parsed.error.issues, raw, schema);
    await refuse(
      source,
      complaints.map(({ path, text }) => {
        // A plan goes without secrets, but not without what shapes it, such as the URL.
        const unset = missing.find((one) => one.path.join('.') === path.join('.'));
        return { path: [...prefix, ...path], text: unset === undefined ? text : notSet(unset.name) };
      }),
    );
  }
  const config = parsed.data as Target;
  const contract = contractSchema.parse(config.contract ?? {});
  const target: ResolvedTarget = {
    name: name ?? config.name ?? contract.name ?? 'target',
    extends: names,
    byDefault: named === null,
    config,
    contract,
    secrets: [...secrets, ...secretsOfEgress(config)],
    directory,
  };
  const contradictions = [
    ...badTemplatesIn(written),
    ...contradictionsIn(contract, config.endpoint),
    ...(await contradictionsOfClient(config)),
  ];
  if (contradictions.length > 0) {
    await refuse(
      source,
      contradictions.map((one) => ({ ...one, path: [...prefix, ...one.path] })),
    );
  }
  return target;
}

/** The layers as one, its references filled in from the environment. Not validated yet. */
async function fillIn(
  layers: readonly Layer[],
  source: Source,
  prefix: Path,
  options: Omit<LoadOptions, 'config'>,
): Promise<Pick<Interpolated, 'value' | 'secrets' | 'missing'> & { written: unknown }> {
  const layered = layers.reduce<unknown>((base, { layer }) => merge(base, layer), {});
  // Nothing is sent to an endpoint that only a built-in contract names: the config asks for it, if but with a key.
  const asked = layers.some(({ layer, builtIn }) => !builtIn && at(layer, ['endpoint']) !== undefined);
  const { value, secrets, missing } = interpolate(layered, options.environment);
  const needed = missing.filter(({ path }) => asked || !path.join('.').startsWith('contract.auth.login.'));
  if (needed.length > 0 && options.allowMissing !== true) {
    await refuse(
      source,
      needed.map(({ path, name: variable }) => ({
        path: [...prefix, ...path],
        text: notSet(variable),
      })),
    );
  }
  const written = asked ? layered : withoutEndpoint(layered);
  return { value: asked ? withKnownUrl(value) : withoutEndpoint(value), written, secrets, missing };
}

function notSet(variable: string): string {
  return `the environment variable ${variable} is not set (or empty); set it, or name a file that does with --env-file`;
}

/** A variable may hold the whole URL of a proxy, its credentials among it. */
function secretsOfEgress({ endpoint }: Target): Secret[] {
  return Object.entries(endpoint?.egress ?? {}).flatMap(([name, { via }]) =>
    secretsOfVia(via, `endpoint.egress.${name}.via`),
  );
}

function nameOfForm(raw: unknown): string {
  if (raw === null || raw === undefined) return 'an empty file';
  return Array.isArray(raw) ? 'a list' : `a ${typeof raw}`;
}

/** null: the config does not say. */
function extendsOf(raw: unknown): readonly string[] | null {
  const written = at(raw, ['extends']);
  if (typeof written === 'string') return [written];
  return Array.isArray(written) ? written.filter((one): one is string => typeof one === 'string') : null;
}

interface Layer {
  layer: unknown;
  builtIn: boolean;
}

/** Where `extends` stands. */
interface Place {
  source: Source;
  path: Path;
}

async function layersOf(names: readonly string[], place: Place, trail: readonly string[]): Promise<Layer[]> {
  const layers: Layer[] = [];
  for (const name of names) layers.push(...(await layerOf(name, place, trail)));
  return layers;
}

async function layerOf(name: string, { source, path }: Place, trail: readonly string[]): Promise<Layer[]> {
  const directory = dirname(source.file);
  const builtIn = CONTRACTS[name];
  if (builtIn !== undefined) return [{ layer: (await builtIn()).layer, builtIn: true }];
  const isFile = name.startsWith('.') || name.startsWith('/') || /\.(ya?ml|json|[cm]?[jt]s)$/.test(name);
  let file: string;
  if (isFile) file = resolve(directory, name);
  else {
    try {
      file = createRequire(resolve(directory, 'noop.js')).resolve(name);
    } catch {
      const known = Object.keys(CONTRACTS);
      const text = `found "${name}"; expected a built-in contract (${known.join(', ')}), a file (./team.yaml) or an installed package${didYouMean(name, known)}`;
      return refuse(source, [{ path, text }]);
    }
  }
  if (trail.includes(file)) await refuse(source, [{ path, text: `${[...trail, file].join(' -> ')} goes in a circle` }]);
  const base = await readSource(file).catch((error: unknown) => {
    if (!(error instanceof UserError) || error.code !== 'unreadable-config') throw error;
    return refuse(source, [{ path, text: `found "${name}", but ${error.message}` }]);
  });
  if (!isPlain(base.raw))
    throw new UserError('invalid-config', `${file}: found ${nameOfForm(base.raw)}; expected a map of sections`);
  const { extends: _, $schema: __, ...layer } = base.raw;
  const literals = findLiteralCredentials(layer);
  if (literals.length > 0)
    await refuse(
      base,
      literals.map((path) => ({
        path,
        text: 'found a literal that is, or looks like, a credential; expected a reference such as ${API_KEY}',
      })),
    );
  const below = await layersOf(extendsOf(base.raw) ?? [], { source: base, path: ['extends'] }, [...trail, file]);
  return [...below, { layer, builtIn: false }];
}

async function refuse(source: Source, complaints: readonly Complaint[]): Promise<never> {
  const lines: string[] = [];
  for (const { path, text } of complaints) {
    const line = await source.lineOf(path);
    lines.push(
      `${source.file}${line === null ? '' : `:${line}`}: ${path.length === 0 ? 'config' : path.join('.')}: ${text}`,
    );
  }
  throw new UserError(
    'invalid-config',
    lines.join('\n'),
    'nothing was sent; see the config with: golive-check schema config',
  );
}
