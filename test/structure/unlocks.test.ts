// What a report tells the reader to set must be something that a config can hold.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { CHECKS } from '../../src/checks/index.js';
import type { Check } from '../../src/checks/verdict.js';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { targetSchema } from '../../src/config/schema.js';
import { alongPath } from '../../src/config/walk.js';
import { unlockOf } from '../../src/evidence/unlock.js';
import { PROBES } from '../../src/probes/index.js';
import { LEFT_OPEN } from '../../src/report/unlocks.js';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const KEY =
  /(['`])((?:endpoint|client|webhook|source|contract|checks|attestations)(?:\.(?:[\w-]+|<\w+>|\$\{[^}]*\}))+(?:: [\w]+)?)\1/g;

/** Every text of these files that is a key of the config, and nothing else. */
function writtenIn(...places: readonly string[]): string[] {
  const files = places.flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(join(SRC, place), { recursive: true, encoding: 'utf8' }).map((file) => join(place, file)),
  );
  const texts = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(SRC, file), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(KEY)].map(([, , key = '']) => key));
}

/** The part of a key that the schema does not know; null: it knows all of it, and takes the value. */
function unknownIn(key: string): string | null {
  const [path = '', value] = key.replace(/\$\{[^}]*\}/g, 'any').split(': ');
  const steps = path.split('.').map((step) => (step === '<status>' ? '422' : step.replace(/[<>]/g, '')));
  const places = alongPath(targetSchema, steps);
  if (places.length <= steps.length) return steps.slice(0, places.length).join('.');
  if (value === undefined) return null;
  const given = value === 'true' ? true : value === 'false' ? false : value;
  return (places.at(-1) ?? []).some((form) => z.safeParse(form, given).success) ? null : key;
}

it('every key that would make a check apply is one of the config', () => {
  const data = [
    ...PROBES.flatMap((probe) => ('settings' in probe ? unlockOf(probe.settings ?? []) : [])),
    ...CHECKS.flatMap((check: Pick<Check, 'promises'>) => unlockOf(check.promises ?? [])),
  ].flat();
  const evidence = new Set<string>(PROBES.map(({ key }) => key));
  const written = writtenIn('checks', 'probes', 'plan.ts').filter((key) => !evidence.has(key));
  const keys = [...new Set([...data, ...written])];
  expect(keys.length).toBeGreaterThan(60);
  expect(keys.map(unknownIn).filter((unknown) => unknown !== null)).toEqual([]);
  expect(unknownIn('endpoint.secondKey')).toBe('endpoint.secondKey');
  expect(unknownIn('client.durable: maybe')).toBe('client.durable: maybe');
});

it('what a check needs of the contract is a key of the contract', () => {
  const keys = CHECKS.flatMap((check: Pick<Check, 'promises'>) => unlockOf(check.promises ?? [])).flat();
  expect(keys.filter((key) => !key.startsWith('contract.'))).toEqual([]);
});

it('what a contract leaves open is what `init` asks for', async () => {
  const asked = await Promise.all(
    Object.entries(CONTRACTS).map(async ([name, load]) => {
      const keys = (await load()).asks.map(({ at }) => at).filter((at) => at.startsWith('contract.'));
      return [name, keys] as const;
    }),
  );
  const named = asked.filter(([name, keys]) => keys.length > 0 && !['ietf', 'none', 'agent-ready'].includes(name));
  expect(Object.fromEntries(named)).toEqual(LEFT_OPEN);
});
