// What checks that do not apply wait for: by key of the config, the gravest first.
import { SEVERITIES, type Severity } from '../checks/severity.js';
import type { Unlock } from '../evidence/unlock.js';
import type { Report, ReportCheck } from './schema.js';
import { type Pen, plural, wrap } from './text/layout.js';

// Nobody's API in particular: what it promises beyond them is for the reader to write down.
const GENERIC: readonly string[] = ['ietf', 'none', 'agent-ready'];

/** What a provider's own contract leaves for the reader to fill in. */
export const LEFT_OPEN: Readonly<Record<string, readonly string[]>> = {
  github: ['contract.webhook.events'],
  'print-one': ['contract.environments.sandbox.keyPrefixes'],
  securbase: ['contract.idempotency.header'],
  shopify: ['contract.webhook.events'],
};

/** The keys that a reader may set; none where the contract of the provider rules the check out. */
export function settable(unlock: Unlock, extended: readonly string[]): Unlock {
  const providers = extended.filter((name) => !GENERIC.includes(name));
  const open = providers.flatMap((name) => LEFT_OPEN[name] ?? []);
  const isOurs = (key: string) => providers.length === 0 || !isPromise(key) || open.includes(key);
  const kept = unlock.map((keys) => keys.filter(isOurs));
  return kept.some((keys) => keys.length === 0) ? [] : kept;
}

function isPromise(key: string): boolean {
  return key.startsWith('contract.');
}

export interface UnlockGroup {
  /** Each must be set. */
  keys: readonly string[];
  /** Ids of the checks that would apply then. */
  checks: readonly string[];
  worst: Severity;
  blockers: number;
  /** The contract must promise more: that is no matter of the reader's set-up, but of the API. */
  isPromise: boolean;
}

export interface Unlocks {
  /** How many checks do not apply. */
  count: number;
  /** The gravest first, then what unlocks most. */
  groups: readonly UnlockGroup[];
  /** Checks that nothing in the config would make apply. */
  never: number;
}

export function unlocksOf(checks: Report['checks']): Unlocks {
  const idle = checks.filter(({ outcome }) => outcome === 'not-applicable');
  const byKeys = new Map<string, ReportCheck[]>();
  for (const one of idle) {
    const keys = shownKeys(one.unlock ?? []).join(' and ');
    if (keys !== '') byKeys.set(keys, [...(byKeys.get(keys) ?? []), one]);
  }
  const groups = [...byKeys].map(([keys, some]) => groupOf(keys.split(' and '), some));
  return {
    count: idle.length,
    groups: groups.toSorted(inOrder),
    never: idle.filter(({ unlock = [] }) => unlock.length === 0).length,
  };
}

/** The first of each choice, and no key whose member is named, too. All statements are made in one place. */
function shownKeys(unlock: Unlock): string[] {
  const keys = unlock.map(([key = '']) => (key.startsWith('attestations.') ? 'attestations' : key));
  return keys.filter((key) => !keys.some((other) => other.startsWith(`${key}.`)));
}

function groupOf(keys: readonly string[], checks: readonly ReportCheck[]): UnlockGroup {
  const ranks = checks.map(({ severity }) => SEVERITIES.indexOf(severity));
  return {
    keys,
    checks: checks.map(({ id }) => id),
    worst: SEVERITIES[Math.min(...ranks)] ?? 'minor',
    blockers: checks.filter(({ severity }) => severity === 'blocker').length,
    isPromise: keys.some(isPromise),
  };
}

function inOrder(one: UnlockGroup, other: UnlockGroup): number {
  return (
    Number(one.isPromise) - Number(other.isPromise) ||
    SEVERITIES.indexOf(one.worst) - SEVERITIES.indexOf(other.worst) ||
    other.checks.length - one.checks.length ||
    (one.keys[0] ?? '').localeCompare(other.keys[0] ?? '')
  );
}

/** In one sentence, as many keys as stand on so many lines; '' where every check applies. */
export function unlockSentence(pen: Pen, { count, groups, never }: Unlocks, indent: number, lines = 3): string {
  if (count === 0) return '';
  const setUp = groups.filter(({ isPromise: ofApi }) => !ofApi);
  const promised = groups.filter(({ isPromise: ofApi }) => ofApi).flatMap(({ checks }) => checks).length;
  const begin = `${plural(count, 'check')} ${count === 1 ? 'does' : 'do'} not apply`;
  if (never === count) return `${begin} to this API or environment.`;
  const rest = [
    ...(promised === 0
      ? []
      : [`${promised} ${promised === 1 ? 'needs' : 'need'} a promise that your contract does not make`]),
    ...(never === 0 ? [] : [`${never} ${never === 1 ? 'does' : 'do'} not apply to this API or environment`]),
  ];
  const sentence = (shown: number) => {
    const left = setUp.slice(shown).flatMap(({ checks }) => checks).length;
    const gains = [
      ...setUp.slice(0, shown).map((group) => [group.keys.join(' and '), gainOf(group)]),
      ...(left === 0 ? [] : [['other settings', String(left)]]),
    ];
    const told = gains.map(([keys, gain], at) => `${keys}${at === 0 ? ' would unlock' : ''} ${gain}`).join(', ');
    return `${begin}: ${[...(told === '' ? [] : [told]), ...rest].join('; ')}.`;
  };
  const fits = (text: string) => wrap(pen.text(text), pen.width - indent).length <= lines;
  const most = setUp.findLastIndex((_, at) => fits(sentence(at + 1)));
  return sentence(most + 1);
}

/** "a blocker", "3 (2 blockers)", "2" */
function gainOf({ checks, blockers }: UnlockGroup): string {
  if (blockers === 0) return String(checks.length);
  const grave = blockers === 1 ? 'a blocker' : plural(blockers, 'blocker');
  return blockers === checks.length ? grave : `${checks.length} (${grave})`;
}
