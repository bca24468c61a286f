// One file (or none) -> the targets to run: layers merged, references filled in, validated, secrets set apart.
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { Description } from '../openapi/load.js';
import { SHORTEST_SECRET } from '../redaction/redact.js';
import type { Secret } from '../redaction/secret.js';
import { contradictionsOfAttestations } from './attestations.js';
import { refuseUnknownTargets } from './chosen-targets.js';
import { contradictionsOfClient } from './client-contradictions.js';
import { DEFAULT_CONTRACT } from './contracts/define.js';
import { CONTRACTS } from './contracts/index.js';
import { contradictionsIn } from './contradictions.js';
import type { Path } from './env.js';
import { withKnownUrl, withoutSections } from './environments.js';
import { type Interpolated, interpolate } from './interpolate.js';
import { at, type Complaint, didYouMean, explainIssues, keysAt } from './issues.js';
import { unknownChecksIn } from './known-checks.js';
import { forbiddenIn } from './literals.js';
import { pendingIn } from './marks.js';
import { isPlain, merge, own, withoutPrototypes } from './merge.js';
import type { Source } from './parsed.js';
import { type Contract, contractSchema, manySchema, oneSchema, type Target, targetSchema } from './schema.js';
import { quoted, shownPath, shownPlace } from './shown.js';
import { loadSource, readSource } from './source.js';
import { badTemplatesIn } from './templates.js';
import { notSet } from './unset.js';
import { secretsOfVia } from './via.js';
import { contradictionsOfWebhook } from './webhook-contradictions.js';

export interface ResolvedTarget {
  name: string;
  /** What `extends` named, the built-in default included; then what the layers of a team name in turn. */
  extends: readonly string[];
  /** True where the config named no contract and the default stands in. */
  byDefault: boolean;
  config: Target;
  contract: Contract;
  secrets: readonly Secret[];
  /** Variables that it refers to and that are not set; only under `allowMissing` are there any. */
  unset: readonly string[];
  /** Folder of the config file: relative paths and commands start here. */
  directory: string;
  /** The config file itself. */
  file: string;
  /** What endpoint.openapi names: read by the plan, where a check needs it. */
  description?: Description;
  /** Adjusted to --fast; else absent. */
  isFast?: true;
}

export interface LoadOptions {
  config?: string | undefined;
  cwd: string;
  environment: NodeJS.ProcessEnv;
  /** `plan` and friends send nothing, so a variable that is not set may stay open. */
  allowMissing?: boolean;
  /** Epoch ms. Statements may not begin later. */
  now?: () => number;
  /** Names of targets: of several, only these are resolved, and only their variables must be set. */
  only?: readonly string[] | undefined;
}

/** @throws UserError with every complaint, when there is anything to complain about. */
export async function loadConfig(options: LoadOptions): Promise<{ file: string; targets: ResolvedTarget[] }> {
  const source = await loadSource(options.config, options.cwd);
  return { file: source.file, targets: await resolveSource(source, options) };
}

export async function resolveSource(source: Source, options: Omit<LoadOptions, 'config'>): Promise<ResolvedTarget[]> {
  const whole = await mapOf(source);
  if (Object.hasOwn(whole, 'targets')) {
    const { targets, ...others } = whole;
    const stray = Object.keys(others).filter((key) => key !== '$schema');
    if (stray.length > 0)
      await refuse(
        source,
        stray.map((key) => ({
          path: [key],
          text: 'found a section beside targets; expected it within each target that needs it',
        })),
      );
    if (!isPlain(targets))
      await refuse(source, explainIssues(manySchema.safeParse(whole).error?.issues ?? [], whole, manySchema));
    const entries = Object.entries(targets as Record<string, unknown>);
    if (entries.length === 0)
      await refuse(source, [
        { path: ['targets'], text: 'found an empty map; expected at least one integration, under a name of its own' },
      ]);
    const names = Object.fromEntries(entries.map(([name]) => [name, null]));
    await refuseAny(source, forbiddenIn(names), ['targets']);
    const { only } = options;
    refuseUnknownTargets(only ?? [], Object.keys(names));
    const chosen = entries.filter(([name]) => only === undefined || only.includes(name));
    return Promise.all(chosen.map(([name, raw]) => resolveTarget(name, raw, ['targets', name], source, options)));
  }
  const { $schema: _, ...raw } = whole;
  const target = await resolveTarget(null, raw, [], source, options);
  refuseUnknownTargets(options.only ?? [], [target.name]);
  return [target];
}

async function resolveTarget(
  name: string | null,
  raw: unknown,
  prefix: Path,
  source: Source,
  options: Omit<LoadOptions, 'config'>,
): Promise<ResolvedTarget> {
  await refuseAny(source, [...forbiddenIn(raw), ...unsupportedIn(raw)], prefix);
  const directory = dirname(source.file);
  const named = extendsOf(raw);
  const names = named ?? [DEFAULT_CONTRACT];
  const bases = await layersOf(names, { source, path: [...prefix, 'extends'] }, [source.file]);
  const { value, written, secrets, missing, unset } = await fillIn(
    [...bases, { layer: raw, builtIn: null }],
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
      await Promise.all(
        complaints.map(async ({ path, text }) => {
          // A plan goes without secrets, but not without what shapes it, such as the URL.
          const gap = missing.find((one) => one.path.join('.') === path.join('.'));
          return {
            path: [...prefix, ...path],
            text: gap === undefined ? text : await foundUnset(gap.name, directory, options),
          };
        }),
      ),
    );
  }
  const config = withoutPrototypes(parsed.data as Target);
  const contract = withoutPrototypes(contractSchema.parse(config.contract ?? {}));
  const target: ResolvedTarget = {
    name: name ?? config.name ?? contract.name ?? 'target',
    extends: [...new Set([...names, ...bases.flatMap(({ builtIn }) => builtIn ?? [])])],
    byDefault: named === null,
    config,
    contract,
    secrets: [...secrets, ...secretsOfEgress(config)],
    unset,
    directory,
    file: source.file,
  };
  const contradictions = [
    ...badTemplatesIn(written),
    ...contradictionsIn(contract, config.endpoint),
    ...(await contradictionsOfClient(config)),
    ...contradictionsOfWebhook(config.webhook, contract),
    ...contradictionsOfAttestations(config.attestations, (options.now ?? Date.now)()),
    ...(await unknownChecksIn(config)),
  ];
  await refuseAny(source, contradictions, prefix);
  return target;
}

/** Keys of the design that nothing reads yet: to take one would promise what is not done. */
function unsupportedIn(raw: unknown): Complaint[] {
  return pendingIn(targetSchema, raw).map((path) => ({
    path,
    text: 'found a key that is not supported yet; expected none, since nothing would read it',
  }));
}

/** The layers as one, its references filled in from the environment. Not validated yet. */
async function fillIn(
  layers: readonly Layer[],
  source: Source,
  prefix: Path,
  options: Omit<LoadOptions, 'config'>,
): Promise<Pick<Interpolated, 'value' | 'secrets' | 'missing'> & { written: unknown; unset: readonly string[] }> {
  const layered = layers.reduce<unknown>((base, { layer }) => merge(base, layer), {});
  // Nothing is sent to what only a built-in contract names: the config asks for it, if but with a key.
  const unasked = ['endpoint', 'webhook'].filter((section) =>
    layers.every(({ layer, builtIn }) => builtIn !== null || at(layer, [section]) === undefined),
  );
  const { value, secrets, missing, short } = interpolate(layered, options.environment);
  const needed = missing.filter(
    ({ path }) => !unasked.includes('endpoint') || !path.join('.').startsWith('contract.auth.login.'),
  );
  if (needed.length > 0 && options.allowMissing !== true) {
    await refuse(
      source,
      await Promise.all(
        needed.map(async ({ path, name: variable }) => ({
          path: [...prefix, ...path],
          text: await foundUnset(variable, dirname(source.file), options),
        })),
      ),
    );
  }
  const tooShort = short.map(({ path, name, length }) => ({
    path,
    text: `found ${length} characters in the environment variable ${name}; expected at least ${SHORTEST_SECRET}: fewer cannot be kept out of a report`,
  }));
  await refuseAny(source, tooShort, prefix);
  const [asked, written] = [value, layered].map((target) => withoutSections(target, unasked));
  return {
    value: withKnownUrl(asked),
    written,
    secrets,
    missing,
    unset: [...new Set(needed.map((one) => one.name))],
  };
}

async function foundUnset(
  variable: string,
  directory: string,
  { environment, cwd }: Pick<LoadOptions, 'environment' | 'cwd'>,
): Promise<string> {
  return `found ${quoted(`\${${variable}}`)}, but ${await notSet(variable, { environment, cwd, directory })}`;
}

/** The map that a config, or what another one extends, is. */
async function mapOf(source: Source): Promise<Record<string, unknown>> {
  if (isPlain(source.raw)) return source.raw;
  const text = `found ${nameOfForm(source.raw)}; expected a map of sections: ${keysAt(targetSchema, []).join(', ')}, or targets`;
  return refuse(source, [{ path: [], text }]);
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
  /** Its name; null: it is a config's, a file's or a package's. */
  builtIn: string | null;
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
  const builtIn = own(CONTRACTS, name);
  if (builtIn !== undefined) return [{ layer: (await builtIn()).layer, builtIn: name }];
  const isFile = name.startsWith('.') || name.startsWith('/') || /\.(ya?ml|json|[cm]?[jt]s)$/.test(name);
  let file: string;
  if (isFile) file = resolve(directory, name);
  else {
    try {
      file = createRequire(resolve(directory, 'noop.js')).resolve(name);
    } catch {
      const known = Object.keys(CONTRACTS);
      const text = `found ${quoted(name)}; expected a built-in contract (${known.join(', ')}), a file (./team.yaml) or an installed package${didYouMean(name, known)}`;
      return refuse(source, [{ path, text }]);
    }
  }
  if (trail.includes(file))
    await refuse(source, [
      {
        path,
        text: `found ${quoted(name)}, which goes in a circle (${[...trail, file].join(' -> ')}); expected a contract that does not extend this one`,
      },
    ]);
  const base = await readSource(file).catch((error: unknown) => {
    if (!(error instanceof UserError) || error.code !== 'unreadable-config') throw error;
    return refuse(source, [{ path, text: `found ${quoted(name)}, but ${error.message}` }]);
  });
  const { extends: _, $schema: __, ...layer } = await mapOf(base);
  await refuseAny(base, [...forbiddenIn(layer), ...unsupportedIn(layer)], []);
  const below = await layersOf(extendsOf(base.raw) ?? [], { source: base, path: ['extends'] }, [...trail, file]);
  return [...below, { layer, builtIn: null }];
}

/** Refuses where there is anything to complain about. The paths of complaints stand below `prefix`. */
async function refuseAny(source: Source, complaints: readonly Complaint[], prefix: Path): Promise<void> {
  if (complaints.length === 0) return;
  await refuse(
    source,
    complaints.map((one) => ({ ...one, path: [...prefix, ...one.path] })),
  );
}

async function refuse(source: Source, complaints: readonly Complaint[]): Promise<never> {
  const lines: string[] = [];
  for (const { path, text } of complaints) {
    lines.push(`${shownPlace(source.file, await source.placeOf(path))}: ${shownPath(path)}: ${text}`);
  }
  throw new UserError(
    'invalid-config',
    lines.join('\n'),
    'nothing was sent; see the config with: golive-check schema config',
  );
}
