// Members are put into a config, and not one other byte changes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { withJsonMembers } from '../../src/config/json-edit.js';
import { withMembers } from '../../src/config/yaml-edit.js';

const ID = 'rotates-keys';
const MEMBERS = { by: 'dana@example.com', evidence: 'docs/keys.md', until: '2027-05-31' };
const PATH = ['attestations', ID];
const edited = (text: string, members: Readonly<Record<string, string>> = MEMBERS, path: readonly string[] = PATH) =>
  withMembers(text, path, members);

/** The lines that the edit added; every other byte must stand as before. */
function added(
  text: string,
  path: readonly string[] = PATH,
  members: Readonly<Record<string, string>> = MEMBERS,
): string {
  const result = edited(text, members, path);
  if (result === null) throw new Error('not edited');
  let head = 0;
  while (head < text.length && text[head] === result[head]) head += 1;
  let tail = 0;
  while (tail < text.length - head && text.at(-1 - tail) === result.at(-1 - tail)) tail += 1;
  expect(text.length - head - tail, 'nothing is taken away').toBe(0);
  return result.slice(head, result.length - tail);
}

const ENTRY = '  rotates-keys:\n    by: dana@example.com\n    evidence: docs/keys.md\n    until: 2027-05-31\n';

describe('a YAML config', () => {
  it('gets the section at its end, behind all comments', () => {
    const text =
      '# top\nextends: runa   # odd   spacing\n\nclient:\n    command:   "node x"  # why\n    # patience: 1\n# end\n';
    const wide = ENTRY.replace(/^ {2,}/gm, (spaces) => spaces.repeat(2));
    expect(edited(text)).toBe(`${text}\nattestations:\n${wide}`);
  });

  it.each([
    ['no line break at its end', 'extends: runa', 'extends: runa\n\nattestations:\n'],
    ['a blank line at its end', 'extends: runa\n\n', 'extends: runa\n\nattestations:\n'],
    ['a begin mark', '---\nextends: runa\n', '---\nextends: runa\n\nattestations:\n'],
  ])('with %s', (_, text, before) => expect(edited(text)?.trimEnd()).toBe(`${before}${ENTRY}`.trimEnd()));

  it('gets an entry behind the others, and behind the comments that belong to them', () => {
    const text =
      'attestations:\n  prevents-injection: { by: Dana, evidence: a.md, until: 2027-01-31 } # ours\n  # rotates-keys: later\n\n# next\nbudget: { requests: 5 }\n';
    expect(edited(text)).toBe(text.replace('later\n', `later\n${ENTRY}`));
  });

  it('gets the first entry under a name that has none', () => {
    expect(edited('attestations:   # what we state\nextends: runa\n')).toBe(
      `attestations:   # what we state\n${ENTRY}extends: runa\n`,
    );
    expect(edited('attestations:')).toBe(`attestations:\n${ENTRY}`);
  });

  it.each([
    ['attestations: {}\nextends: runa\n', 'attestations: { rotates-keys: { by: '],
    ['attestations: { prevents-injection: { by: Dana } } # c\n', '{ prevents-injection: { by: Dana }, rotates-keys: {'],
    ['{ extends: runa, client: { command: a b } }\n', ', attestations: { rotates-keys: { by: dana@example.com,'],
    ['{"extends": "runa"}', '{"extends": "runa", attestations: {'],
    ['attestations: {\n  prevents-injection: { by: Dana }, # why\n}\n', '{ by: Dana }, rotates-keys: {'],
  ])('in braces: %s', (text, words) => {
    added(text);
    expect(edited(text)).toContain(words);
    expect(parse(edited(text) ?? '').attestations[ID]).toEqual(MEMBERS);
  });

  it('changes what is stated already where it stands', () => {
    const text = `attestations:\n  # why\n  rotates-keys:\n    by: "Dana"  # left in May\n    # the wiki\n    evidence: a.md\n    until: 2026-01-31\n    note: 'old'\n`;
    expect(edited(text)).toBe(
      text.replace('"Dana"', 'dana@example.com').replace('a.md', 'docs/keys.md').replace('2026-01-31', '2027-05-31'),
    );
    expect(edited(text, { ...MEMBERS, since: '2026-01-01' })).toMatch(/note: 'old'\n {4}since: 2026-01-01\n$/);
    const flow = 'attestations: { rotates-keys: { by: Dana, evidence: "a,b.md", until: 2026-01-31 } }\n';
    expect(edited(flow, { ...MEMBERS, note: 'a, b: {c}' })).toBe(
      'attestations: { rotates-keys: { by: dana@example.com, evidence: docs/keys.md, until: 2027-05-31, note: "a, b: {c}" } }\n',
    );
  });

  it('keeps the line ends of Windows', () => {
    const text = 'extends: runa\r\nattestations:\r\n  prevents-injection: { by: Dana }\r\n';
    expect(edited(text)).toBe(`${text}${ENTRY.replaceAll('\n', '\r\n')}`);
  });

  it('reaches one of several targets', () => {
    const text = 'targets:\n  orders:\n    extends: runa\n    # of orders\n  payouts: { extends: killb }\n';
    const deep = ENTRY.replace(/^/gm, '    ').trimEnd();
    expect(edited(text, MEMBERS, ['targets', 'orders', ...PATH])).toBe(
      text.replace('# of orders\n', `# of orders\n    attestations:\n${deep}\n`),
    );
    expect(added(text, ['targets', 'payouts', ...PATH])).toMatch(/^, attestations: \{ rotates-keys: \{/);
  });

  it('stands behind a text of several lines', () => {
    const text = 'attestations:\n  prevents-injection:\n    note: |\n      one\n\n      two\n\n\nextends: runa\n';
    expect(parse(edited(text) ?? '')).toEqual({
      ...parse(text),
      attestations: { ...parse(text).attestations, [ID]: MEMBERS },
    });
    added(text);
  });

  it.each([
    ['an alias', 'a: &all { x: { by: Dana } }\nattestations: *all\n'],
    ['a list', 'attestations: []\n'],
    ['a text', 'attestations: later\n'],
    ['null, written out', 'attestations: null\n'],
    ['an anchor on what is to change', `attestations: { rotates-keys: { by: &me Dana } }\n`],
    ['a text of several lines that is to change', 'attestations:\n  rotates-keys:\n    by: |\n      Dana\n'],
    ['a list at the top', '- a\n'],
    ['nothing', '# only a comment\n'],
  ])('is left alone where the place is %s', (_, text) => expect(edited(text)).toBeNull());

  it('of any kind means the same afterwards, with the members in it, or is left alone', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const name = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);
    const inner = fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, scalar)), { maxKeys: 4 });
    const config = fc.record({ before: inner, attestations: fc.dictionary(name, inner, { maxKeys: 3 }), after: inner });
    const layout = fc.record({
      indent: fc.constantFrom(1, 2, 3, 4),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const, 'block' as const),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'BLOCK_LITERAL' as const),
    });
    const note = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(config, layout, note, (value, options, text) => {
        const before = stringify(value, options);
        const members = { ...MEMBERS, note: text };
        const after = edited(before, members);
        if (after === null) return;
        const { attestations, ...rest } = parse(after) as typeof value;
        expect(rest).toEqual({ before: parse(before).before, after: parse(before).after });
        expect(attestations).toEqual({ ...parse(before).attestations, [ID]: members });
        added(before, PATH, members);
      }),
      { numRuns: 150, seed: 4711 },
    );
  });
});

describe('a JSON config', () => {
  const entry =
    '    "rotates-keys": {\n      "by": "dana@example.com",\n      "evidence": "docs/keys.md",\n      "until": "2027-05-31"\n    }';

  it.each([
    [
      '{\n  "extends": "runa",\n  "client": {"command":"a"}\n}\n',
      `{\n  "extends": "runa",\n  "client": {"command":"a"},\n  "attestations": {\n${entry}\n  }\n}\n`,
    ],
    ['{\n  "attestations": {}\n}\n', `{\n  "attestations": {\n${entry}\n  }\n}\n`],
    [
      '{\n  "attestations": {\n    "prevents-injection": {   "by": "Dana" }\n  }\n}',
      `{\n  "attestations": {\n    "prevents-injection": {   "by": "Dana" },\n${entry}\n  }\n}`,
    ],
  ])('is laid out as it was: %j', (text, expected) => {
    expect(withJsonMembers(text, PATH, MEMBERS)).toBe(expected);
    const wide = (some: string) => some.replaceAll('  ', '\t').replaceAll('\n', '\r\n');
    const tabbed = text.includes('   ') ? null : withJsonMembers(wide(text), PATH, MEMBERS);
    if (tabbed !== null) expect(tabbed).toBe(wide(expected));
  });

  it('stays on one line', () => {
    expect(withJsonMembers('{ "extends": "runa", "attestations": { "a": { "by": "Dana" } } }', PATH, MEMBERS)).toBe(
      '{ "extends": "runa", "attestations": { "a": { "by": "Dana" }, "rotates-keys": { "by": "dana@example.com", "evidence": "docs/keys.md", "until": "2027-05-31" } } }',
    );
  });

  it('changes what is stated already', () => {
    const text = '{ "attestations": { "rotates-keys": { "by": "Dana",   "until": "2026-01-31" } } }';
    expect(withJsonMembers(text, PATH, MEMBERS)).toBe(
      '{ "attestations": { "rotates-keys": { "by": "dana@example.com",   "until": "2027-05-31", "evidence": "docs/keys.md" } } }',
    );
  });

  it.each([
    '{"attestations": []}',
    '{"attestations": "later"}',
    '{"attestations": null}',
    '[]',
    '{"attestations": {"rotates-keys": {"by": 5}}}',
  ])('is left alone where the place is no map: %s', (text) => expect(withJsonMembers(text, PATH, MEMBERS)).toBeNull());

  it('of any kind means the same afterwards, with the members in it', () => {
    const name = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);
    const inner = fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    const config = fc.record({ before: inner, attestations: fc.dictionary(name, inner, { maxKeys: 3 }), after: inner });
    fc.assert(
      fc.property(config, fc.constantFrom(0, 1, 2, 4, '\t'), fc.string({ minLength: 1 }), (value, step, note) => {
        const members = { ...MEMBERS, note };
        const after = JSON.parse(withJsonMembers(JSON.stringify(value, null, step), PATH, members) ?? 'null');
        const plain = JSON.parse(JSON.stringify(value));
        expect(after).toEqual({ ...plain, attestations: { ...plain.attestations, [ID]: members } });
      }),
      { numRuns: 150, seed: 4711 },
    );
  });
});
