// Which keys of the config would make a check apply, as data.

/**
 * Each entry must be set; of an entry, any one is enough. A key is a path ("client.workloads.list"), with the value that it
 * needs where not any will do ("client.durable: true").
 */
export type Unlock = readonly (readonly string[])[];

/** What keeps a probe from running: in words, and the keys that would let it. No keys: no setting would. */
export interface Lack {
  lacking: string;
  unlock: Unlock;
}

export type Key = string | readonly string[];

export function lack(lacking: string, ...keys: readonly Key[]): Lack {
  return { lacking, unlock: unlockOf(keys) };
}

/** Where the keys say it all. */
export function without(...keys: readonly Key[]): Lack {
  const names = keys.map((key) => (typeof key === 'string' ? key : key.join(' or ')));
  return lack(names.join(' and '), ...keys);
}

export function isLack(value: object): value is Lack {
  return 'lacking' in value && typeof value.lacking === 'string';
}

/** All of both, each once: what the first names by a name of its own stands for `<name>` of the other. */
export function joined(one: Unlock, other: Unlock): Unlock {
  const all = [...one];
  for (const keys of other) {
    const isKnown = all.some((known) => known.some((key) => keys.some(isMeant(key))));
    if (!isKnown) all.push(keys);
  }
  return all;
}

function isMeant(key: string): (pattern: string) => boolean {
  const steps = key.split('.');
  return (pattern) => {
    const wanted = pattern.split('.');
    return wanted.length === steps.length && wanted.every((step, at) => step.startsWith('<') || step === steps[at]);
  };
}

export function unlockOf(keys: readonly Key[]): Unlock {
  return keys.map((key) => (typeof key === 'string' ? [key] : key));
}

/** Those of these keys that the settings lack. */
export function unsetIn(settings: unknown, wanted: readonly Key[]): Unlock {
  return unlockOf(wanted).filter((keys) => !keys.some((key) => isSet(settings, key)));
}

/** Empty lists and maps are as good as none. */
function isSet(settings: unknown, key: string): boolean {
  const [path = '', wanted] = key.split(': ');
  const found = path.split('.').reduce(membersOf, [settings]);
  return found.some((value) => {
    if (wanted !== undefined) return String(value) === wanted;
    if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
    return value !== undefined && value !== null;
  });
}

/** `<name>`: any member. */
function membersOf(values: readonly unknown[], step: string): unknown[] {
  return values.flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    if (step.startsWith('<')) return Object.values(value);
    return Object.hasOwn(value, step) ? [(value as Record<string, unknown>)[step]] : [];
  });
}
