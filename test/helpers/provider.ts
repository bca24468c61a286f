// What holds for every built-in contract: it resolves, each setting rests on a fact, and each fact has its page.
import { expect, it } from 'vitest';
import type { Provider } from '../../src/config/contracts/define.js';
import { type ResolvedTarget, resolveSource } from '../../src/config/load.js';
import { isPlain, merge, nested } from '../../src/config/merge.js';

/** The target of a user who gives what the provider asks for. `raw` comes on top; `key` is what the variable holds. */
export async function resolved(provider: Provider, raw: object = {}, key?: string): Promise<ResolvedTarget> {
  const asked = provider.asks.reduce<unknown>((base, { at, sample }) => merge(base, nested(at, sample)), {
    extends: provider.id,
    ...(provider.baseUrlEnv === null ? {} : { endpoint: key === undefined ? {} : { key: '${KEY}' } }),
  });
  const source = { file: '/nowhere/golive-check.json', raw: merge(asked, raw), placeOf: async () => null };
  const environment = { KEY: key };
  const [target, ...others] = await resolveSource(source, { cwd: '/nowhere', environment, allowMissing: true });
  if (target === undefined || others.length > 0) throw new Error('expected one target');
  return target;
}

/** `path` of each setting; a list, or a body, is one setting. */
function settings(value: unknown, path: string): string[] {
  if (!isPlain(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => settings(inner, `${path}.${key}`));
}

export function providerRules(provider: Provider): void {
  const { layer, facts } = provider;
  const set = Object.entries(layer)
    .flatMap(([section, value]) => settings(value, section))
    .filter((path) => path !== 'contract.name' && !path.startsWith('contract.sources'));
  const rests = (path: string, place: string) => path === place || path.startsWith(`${place}.`);

  it('resolves, and is named', async () => {
    const { contract } = await resolved(provider);
    expect(contract.name).toBe(provider.id);
  });

  it('has a page for every fact', () => {
    const pages = facts.flatMap(({ source, but }) => (but === undefined ? [source] : [source, but.source]));
    for (const page of pages) expect(page).toMatch(/^https:\/\/\S+$/);
    expect(layer.contract?.sources).toEqual([...new Set(pages)]);
    for (const { says } of facts) expect(says, says).toMatch(/[.)]$/);
  });

  it('sets nothing without a fact, and states no fact of what is not set', () => {
    const places = facts.flatMap(({ at }) => at);
    expect(set.filter((path) => !places.some((place) => rests(path, place)))).toEqual([]);
    expect(places.filter((place) => !set.some((path) => rests(path, place)))).toEqual([]);
  });
}
