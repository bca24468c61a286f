// A provider's documentation as data: what it promises, each fact with its page, and what only the user can know.
import type { TargetInput } from '../schema.js';

type WebhookInput = NonNullable<TargetInput['webhook']>;

export interface Fact {
  /** Places in the layer that rest on it; empty for a fact that no setting expresses. */
  at: readonly string[];
  says: string;
  source: string;
  /** Another page of the same provider says otherwise; the layer then admits both, or leaves the place unset. */
  but?: { says: string; source: string };
}

/** A setting that differs from account to account. */
export interface Ask {
  at: string;
  why: string;
  /** What `init` writes there, to be replaced. */
  sample: unknown;
  /** A promise that a sample must not make: left out where nobody answers. */
  optional?: boolean;
}

/** Where programs get their packages from. */
export type Ecosystem = 'npm' | 'pypi' | 'go' | 'composer' | 'rubygems' | 'maven';

export interface Provider {
  id: string;
  title: string;
  /** It is no contract but a list alone: the contract beside which it usually stands. */
  beside?: string;
  /** Merged under the user's config. */
  layer: Pick<TargetInput, 'contract' | 'endpoint' | 'client'> & { webhook?: Pick<WebhookInput, 'event' | 'earlier'> };
  facts: readonly Fact[];
  /** Not documented, so unset: observed and reported, never failed. */
  open: readonly string[];
  asks: readonly Ask[];
  /** Packages by which programs call it, as their manifests name them; a Maven artifact behind its group and a colon. */
  sdks?: Partial<Record<Ecosystem, readonly string[]>>;
  /** Environment variables that `init` proposes; null where there is no static key. */
  keyEnv: string | null;
  /** null: nothing is known of its API, its webhooks alone. */
  baseUrlEnv: string | null;
}

/** The contract's name and sources follow from the rest. */
export function defineProvider(provider: Provider): Provider {
  const pages = provider.facts.flatMap(({ source, but }) => (but === undefined ? [source] : [source, but.source]));
  const contract = { name: provider.id, sources: [...new Set(pages)], ...provider.layer.contract };
  return { ...provider, layer: { ...provider.layer, contract } };
}

/** Stands where a config names no contract. */
export const DEFAULT_CONTRACT = 'ietf';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
