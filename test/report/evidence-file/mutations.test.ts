// What an edited, cut or invented file of evidence can do to `judge`: be refused with the place, or be judged without ending in GO.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { digestOf } from '../../../src/report/evidence-file/manifest.js';
import renderJson from '../../../src/report/json.js';
import renderText from '../../../src/report/text/text.js';
import { isFull } from '../../helpers/full.js';
import { forbiddenIn, HOSTILE, PLAIN } from '../made.js';
import { judgeText, smallFile } from './saved.js';

const WHOLE = smallFile();
const NAME = 'evidence.json';

interface Result {
  /** null: it was refused. */
  code: number | null;
  /** All that reaches a terminal. */
  shown: string;
}

function judged(text: string): Result {
  try {
    const [report] = judgeText(text, NAME, 'major', null);
    if (report === undefined) throw new Error('no report');
    const shown = [renderText(report, { ...PLAIN, verbose: true }), renderJson(report, PLAIN)].join('\n');
    return { code: report.exitCode, shown };
  } catch (error) {
    if (error instanceof UserError) return { code: null, shown: error.message };
    throw error;
  }
}

/** Interrupted evidence keeps the code of its run. */
const OTHER_THAN_GO = [1, 3, 130];

function expectHarmless({ code, shown }: Result): void {
  expect(forbiddenIn(shown)).toBeNull();
  if (code === null) expect(shown).toMatch(/^evidence\.json: (not JSON: |the file: |[\w.-]+)/);
  else expect(OTHER_THAN_GO).toContain(code);
}

function nested(levels: number): string {
  return `${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`;
}

// A member, or an element, in whose place something else is put.
interface Place {
  holder: Record<string, unknown>;
  name: string;
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Record<string, unknown>;
  for (const name of Object.keys(holder)) {
    found.push({ holder, name });
    placesIn(holder[name], found);
  }
  return found;
}

const COUNT = placesIn(JSON.parse(WHOLE)).length;
const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 0.5, 1e308, 2 ** 53, '', 'x', HOSTILE, '2026-02-30T00:00:00Z', '1'.repeat(5000)],
  ...[
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    { exchange: 'x' },
    { ok: true },
    { ok: false, why: 'not-configured', detail: 'x' },
  ],
  ...[{ ok: false, why: 'crashed', detail: HOSTILE }, JSON.parse('{"__proto__":{"ok":true}}'), JSON.parse(nested(150))],
];

type Edit = (place: Place, all: readonly Place[], by: number) => void;
const EDITS: Readonly<Record<string, Edit>> = {
  replace: ({ holder, name }, _, by) => {
    holder[name] = structuredClone(ODD[by % ODD.length]);
  },
  remove: ({ holder, name }) => {
    if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else delete holder[name];
  },
  copyFromElsewhere: ({ holder, name }, all, by) => {
    const from = all[by % all.length];
    if (from !== undefined) holder[name] = structuredClone(from.holder[from.name]);
  },
  rename: ({ holder, name }, _, by) => {
    if (Array.isArray(holder)) return;
    const value = holder[name];
    delete holder[name];
    holder[['__proto__', 'constructor', 'toString', `${name}x`, HOSTILE][by % 5] ?? ''] = value;
  },
  repeat: ({ holder, name }) => {
    const value = holder[name];
    if (Array.isArray(value)) value.push(...structuredClone(value));
    else if (typeof value === 'string') holder[name] = value + value;
    else if (typeof value === 'number') holder[name] = -value - 1;
  },
};

const edit = fc.record({
  how: fc.constantFrom(...Object.keys(EDITS)),
  at: fc.nat(COUNT - 1),
  by: fc.nat(1_000_000),
});

function edited(edits: readonly { how: string; at: number; by: number }[]): string {
  const file = JSON.parse(WHOLE);
  for (const { how, at, by } of edits) {
    const all = placesIn(file);
    const place = all[at % all.length];
    if (place !== undefined) EDITS[how]?.(place, all, by);
  }
  return JSON.stringify(file);
}

const SAME = digestOf(JSON.parse(WHOLE));

/** Whether it is the same in another layout. */
function isSame(text: string): boolean {
  try {
    return digestOf(JSON.parse(text)) === SAME;
  } catch {
    return false;
  }
}

const EDITIONS = isFull() ? 1_000 : 250;
const CUTS = isFull() ? 150 : 50;
// Neighbours go the same way: one in so many will do.
const STEP = isFull() ? 10 : 30;

const seeded = (numRuns: number) => ({ seed: 20_261_129, numRuns, endOnFailure: true });

describe('saved evidence that somebody edited', () => {
  it('ends in GO as it was written, in any layout and order of members', () => {
    expect(judged(WHOLE).code).toBe(0);
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).toReversed();
      return Object.fromEntries(entries.map(([name, inner]) => [name, reversed(inner)]));
    };
    expect(judged(JSON.stringify(reversed(JSON.parse(WHOLE)))).code).toBe(0);
  });

  it('is refused with the place, or judged and never GO: members replaced, removed, moved, renamed', () => {
    const codes = new Map<number | null, number>();
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edited(edits);
        if (isSame(text)) return;
        const result = judged(text);
        codes.set(result.code, (codes.get(result.code) ?? 0) + 1);
        expectHarmless(result);
      }),
      seeded(EDITIONS),
    );
    // Else it would show nothing.
    for (const code of [null, 3]) expect(codes.get(code), String(code)).toBeGreaterThan(EDITIONS / 10);
  });

  it('is refused where the text is cut or broken', () => {
    const broken = fc.record({
      at: fc.nat(WHOLE.length - 2),
      put: fc.constantFrom('', '}', '"', '\\', '\u0000', HOSTILE),
    });
    fc.assert(
      fc.property(broken, ({ at, put }) => {
        expectHarmless(judged(WHOLE.slice(0, at)));
        const text = WHOLE.slice(0, at) + put + WHOLE.slice(at + 1);
        if (!isSame(text)) expectHarmless(judged(text));
      }),
      seeded(CUTS),
    );
  });

  it.each([
    ['the file', (deep: string) => deep],
    ['a contract', (deep: string) => WHOLE.replace('"contract": {', `"contract": { "x": ${deep},`)],
    ['evidence', (deep: string) => WHOLE.replace('"evidence": {', `"evidence": { "x": ${deep},`)],
    ['the parameters of a fault', (deep: string) => WHOLE.replace(/"params": \{/, `"params": { "x": ${deep},`)],
  ])('is refused where %s is nested without end', (_, put) => {
    const text = put(nested(50_000));
    expect(text.length).toBeGreaterThan(300_000);
    const { code, shown } = judged(text);
    expect(code).toBeNull();
    expect(shown).toContain('found a value 201 levels deep; expected at most 200');
    expect(shown.length).toBeLessThan(2000);
  });

  it('is refused where a number is beyond all bounds, which no digest can tell from null', () => {
    expect(judged(WHOLE.replace(/"params": \{/, '"params": { "x": 1e999,')).shown).toContain(
      'a number beyond all bounds',
    );
  });

  it('reaches no terminal raw, whichever text is hostile', () => {
    for (let at = 0; at < COUNT; at += STEP) {
      const file = JSON.parse(WHOLE);
      const place = placesIn(file)[at];
      if (typeof place?.holder[place.name] !== 'string') continue;
      place.holder[place.name] = `${place.holder[place.name]}${HOSTILE}`;
      expectHarmless(judged(JSON.stringify(file)));
    }
  });
});
