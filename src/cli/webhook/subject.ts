// Whose events `golive-check webhook` makes: the scheme, the sample and the secrets, from flags and the config.
import { REFERENCE } from '../../config/env.js';
import { loadConfig, type ResolvedTarget } from '../../config/load.js';
import { type Contract, contractSchema, type Webhook } from '../../config/schema.js';
import { notSet, type Places } from '../../config/unset.js';
import { UserError } from '../../errors.js';
import type { Sample } from '../../webhook/delivery.js';
import { type Event, filledEvent, freshId, USUAL_EVENT } from '../../webhook/event.js';
import type { Scheme } from '../../webhook/scheme.js';
import { schemeOf } from '../../webhook/schemes.js';
import { sign, UnusableSecret } from '../../webhook/sign.js';
import { environmentWith } from '../env-file.js';
import type { Flags } from '../flags.js';

/** Without any word about it. */
const USUAL_SCHEME = 'standard';

export interface Subject {
  scheme: Scheme;
  contract: NonNullable<Contract['webhook']>;
  event: Event;
  /** null: neither a flag nor the config names any, or their variables are not set. */
  secrets: { values: readonly [string, ...string[]]; from: string } | null;
  /** Variables that the config names for them and that are not set. */
  unset: readonly string[];
  /** Where they could be set. */
  places: Places;
  url: string | null;
}

type WebhookFlags = Pick<Flags<'webhook send'>, 'as' | 'config' | 'scheme' | 'secretEnv' | 'envFile'>;
type Found = Pick<Subject, 'contract' | 'event' | 'secrets' | 'unset' | 'url'> & { directory?: string };

/** @throws UserError where nothing, or not enough, says how events are signed. */
export async function subjectOf(flags: WebhookFlags): Promise<Subject> {
  const environment = await environmentWith(flags.envFile);
  const found = await foundBy(flags, environment);
  const contract = flags.scheme === undefined ? found.contract : withScheme(found.contract, flags.scheme);
  const scheme = schemeOf(contract, found.event);
  if (typeof scheme === 'string')
    throw new UserError(
      'no-scheme',
      `webhook: nothing says how events are signed; expected ${scheme}`,
      'set it in a config and name that with --config, or name a provider with --as',
    );
  const cwd = process.cwd();
  const { directory = cwd, ...rest } = found;
  const places = { environment, cwd, directory };
  const secrets = flags.secretEnv === undefined ? found.secrets : await fromEnvironment(flags.secretEnv, places);
  for (const secret of secrets?.values ?? []) mustSign(scheme, secret, secrets?.from ?? '');
  return { ...rest, contract, scheme, secrets, places };
}

/** What the contract says of another scheme does not hold for this one. */
function withScheme(contract: Found['contract'], scheme: NonNullable<Found['contract']['scheme']>): Found['contract'] {
  return contract.scheme === undefined || contract.scheme === scheme ? { ...contract, scheme } : { scheme };
}

async function foundBy({ as, config, scheme }: WebhookFlags, environment: NodeJS.ProcessEnv): Promise<Found> {
  if (as !== undefined && config !== undefined)
    throw new UserError('too-many-flags', '--as: found beside --config; expected one of them');
  if (as !== undefined) return ofProvider(as);
  const asked = config === undefined ? {} : { config };
  const loaded = await loadConfig({ ...asked, cwd: process.cwd(), environment, allowMissing: true }).catch(
    (error: unknown) => {
      if (error instanceof UserError && error.code === 'no-config') return null;
      throw error;
    },
  );
  if (loaded === null)
    return { contract: { scheme: scheme ?? USUAL_SCHEME }, event: USUAL_EVENT, secrets: null, unset: [], url: null };
  return ofTarget(onlyOne(loaded.targets));
}

async function ofProvider(name: string): Promise<Found> {
  const { builtInContract } = await import('../../config/contracts/find.js');
  const { layer } = await builtInContract(name, '--as');
  const { webhook = {} } = contractSchema.parse(layer.contract ?? {});
  return {
    contract: webhook,
    event: (layer.webhook?.event as Event | undefined) ?? USUAL_EVENT,
    secrets: null,
    unset: [],
    url: null,
  };
}

/** A config may hold several integrations, of which one takes events. */
function onlyOne(targets: readonly ResolvedTarget[]): ResolvedTarget {
  const receiving = targets.filter(({ config }) => config.webhook !== undefined);
  const [target, ...others] = receiving.length > 0 ? receiving : targets;
  if (target !== undefined && others.length === 0) return target;
  const names = [target, ...others].map((one) => one?.name).join(', ');
  throw new UserError(
    'several-targets',
    `webhook: found several integrations in the config (${names}); expected one with a webhook section`,
  );
}

function ofTarget({ config: { webhook }, contract, directory }: ResolvedTarget): Found {
  return {
    contract: contract.webhook ?? {},
    event: webhook?.event ?? USUAL_EVENT,
    ...secretsOf(webhook),
    url: webhook?.url ?? null,
    directory,
  };
}

/** References are left as they stand where their variables are not set. */
function secretsOf(webhook: Webhook | undefined): Pick<Subject, 'secrets' | 'unset'> {
  const written = [webhook?.secret ?? []].flat();
  const unset = written.flatMap((one) => [...one.matchAll(REFERENCE)].map(([, name = '']) => name));
  const [first, ...others] = written.filter((one) => one.search(REFERENCE) === -1);
  return { secrets: first === undefined ? null : { values: [first, ...others], from: 'webhook.secret' }, unset };
}

async function fromEnvironment(name: string, places: Places): Promise<Subject['secrets']> {
  const value = places.environment[name];
  if (value !== undefined && value !== '') return { values: [value], from: name };
  throw new UserError('unset-secret', `--secret-env: ${await notSet(name, places)}`);
}

function mustSign(scheme: Scheme, secret: string, from: string): void {
  try {
    sign(scheme, secret, { id: '', timestamp: '', url: '', body: '' });
  } catch (error) {
    if (error instanceof UnusableSecret) throw new UserError('unusable-secret', `${from}: ${error.message}`);
    throw error;
  }
}

/** A sample of its own for each vector. */
export function sampleFor(
  { scheme, contract, event }: Subject,
  vector: string,
  { secrets, url, nowMs }: Pick<Sample, 'secrets' | 'url' | 'nowMs'>,
): Sample {
  const seed = `${nowMs} ${vector}`;
  const filled = filledEvent(event, `glc-${seed.replace(' ', '-')}`);
  const [type] = contract.events ?? [];
  const typed = scheme.type !== null && 'header' in scheme.type && type !== undefined ? { type } : {};
  return { id: freshId(scheme, filled, seed), nowMs, event: filled, url, secrets, ...typed };
}
