import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largeReport } from '../../../src/dev/many.js';
import { sampleReport } from '../../../src/dev/rendered.js';
import renderHtml from '../../../src/report/html/html.js';
import { forbiddenIn, HOSTILE, joint, PLAIN } from '../made.js';
import { attribute, type Element, elementsOf, textOf } from './parsed.js';
import { whole } from './whole.js';

const page = (of: Parameters<typeof renderHtml>[0], changes = {}) => renderHtml(of, { ...PLAIN, ...changes });
const named = (elements: readonly Element[], tag: string) => elements.filter(({ tagName }) => tagName === tag);
const withClass = (elements: readonly Element[], name: string) =>
  elements.filter((one) => attribute(one, 'class')?.split(' ').includes(name));

/** Names and attributes of all elements, without the texts that others decide. */
function shapeOf(text: string): string[] {
  return elementsOf(text).map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(' ')}`);
}

describe('the page', () => {
  const elements = elementsOf(page(whole('harmless')));

  it('loads nothing, and its policy names the hashes of what is inline', () => {
    const policy = named(elements, 'meta').find((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy');
    const hash = (tag: string) => {
      const [only, ...more] = named(elements, tag);
      expect(more).toEqual([]);
      return `'sha256-${createHash('sha256')
        .update(textOf(only as Element))
        .digest('base64')}'`;
    };
    expect((attribute(policy as Element, 'content') ?? '').split('; ').toSorted()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      `script-src ${hash('script')}`,
      `style-src ${hash('style')}`,
    ]);
    expect(
      elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)).filter((name) => /^(?:on|src|style)/.test(name)),
    ).toEqual([]);
    expect(['link', 'img', 'iframe', 'object', 'form', 'base'].flatMap((tag) => named(elements, tag))).toEqual([]);
  });

  it.each([
    ['one target', page(whole('a'))],
    ['two targets', page(joint([whole('a'), whole('b')]))],
  ])('has ids once each, and names no other: %s', (_, text) => {
    const all = elementsOf(text);
    const ids = all.flatMap((one) => attribute(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = all.flatMap((one) =>
      ['aria-labelledby', 'for'].flatMap((name) => attribute(one, name)?.split(' ') ?? []),
    );
    const links = all.flatMap((one) => attribute(one, 'href')?.match(/^#(.+)/)?.[1] ?? []);
    expect(links.filter((id) => id.endsWith('accepts-valid-key'))).not.toEqual([]);
    for (const id of [...links, ...labels]) expect(ids).toContain(id);
  });

  it('has one first heading, and leaves out no level', () => {
    const expectLevels = (of: readonly Element[]) => {
      const levels = of.flatMap(({ tagName }) => /^h([1-6])$/.exec(tagName)?.[1] ?? []).map(Number);
      expect(levels.filter((level) => level === 1)).toEqual([1]);
      for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    };
    expectLevels(elements);
    expectLevels(elementsOf(page(joint([whole('a'), whole('b')]))));
  });

  it('says the verdict first, then what to do, the causes and the list', () => {
    expect(named(elements, 'h1').map(textOf)[0]).toContain('NO-GO');
    const titles = named(elements, 'h2').map(textOf);
    expect(titles.slice(0, 4)).toEqual([
      'What to do next',
      '1 cause for 2 findings',
      '1 other failure',
      'Go-live list',
    ]);
    const failed = elements.find((one) => attribute(one, 'id') === 'first-fails') as Element;
    const within = textOf(failed);
    for (const word of [
      'Expected',
      'Seen',
      'Why',
      'Fix',
      'Reproduce',
      'golive-check run --only first-fails',
      'curl harmless',
    ])
      expect(within).toContain(word);
    expect(attribute(failed, 'open')).toBeNull();
  });

  it('has every check once, and leaves out what did not fail where that is asked for', () => {
    const ids = (of: string) => withClass(elementsOf(of), 'check').map((one) => attribute(one, 'id'));
    const all = whole('a').checks.map(({ id }) => id);
    expect(ids(page(whole('a'))).toSorted()).toEqual(all.toSorted());
    expect(ids(page(whole('a'), { onlyFailures: true }))).toEqual(['first-fails', 'second-fails', 'third-fails']);
    const both = ids(page(joint([whole('a'), whole('b')])));
    expect(both.toSorted()).toEqual(['t1-', 't2-'].flatMap((prefix) => all.map((id) => prefix + id)).toSorted());
  });
});

describe('drawings', () => {
  const drawn = (of: string, id: string) => {
    const row = elementsOf(of).find((one) => attribute(one, 'id') === id) as Element;
    return withinOf(row).flatMap((one) =>
      attribute(one, 'role') === 'img' ? (attribute(one, 'aria-label') ?? '') : [],
    );
  };
  const all = page(whole('harmless'));

  it('show the attempts of a failure since its first, beside the run without faults', () => {
    const [attempts = ''] = drawn(all, 'second-fails');
    expect(attempts).toContain(
      '503 for good, run 1: 503 at 0 ms (the next expected from 1.0 s to 4.5 s), 503 at 410 ms, 503 at 1.2 s.',
    );
    expect(attempts).toContain('503 for good, run 3:');
    expect(attempts).toMatch(/without faults: 201 at 0 ms\.$/);
  });

  it('show the waits of all repeats with their spread', () => {
    expect(drawn(all, 'second-fails')[1]).toContain(
      'Retry 1: 400 ms to 400 ms, median 400 ms. Retry 2: 800 ms to 1.6 s, median 1.0 s.',
    );
  });

  it('show requests with one key, and which got the same answer', () => {
    expect(drawn(all, 'first-fails')).toEqual([
      'Requests with one key. race: POST, 2 requests, 2 at once: 201 (answer a), 201 (answer b) 20 ms later.',
    ]);
  });

  it('draw by the waits alone where a report holds no attempts', () => {
    expect(drawn(all, 'third-fails')).toEqual(['Attempts of your client. Run: harmless at 0 ms, 201 at 20 ms.']);
  });
});

describe('what others decide', () => {
  const harmless = shapeOf(page(whole('harmless')));
  const PIECES = [
    '<script>alert(1)</script>',
    '</script><img src=x onerror=alert(1)>',
    '</style></title></svg>',
    '"onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    '<!--',
    '-->',
    ']]>',
    '&lt;b&gt;',
    '&#x3c;script>',
    'javascript:alert(1)',
    '\u202e',
    '\u0000',
    '\x1b[31m',
    HOSTILE,
    'text',
    ' ',
  ];

  it('is only ever text', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 5 })), {
        minLength: 1,
        maxLength: 6,
      })
      .map((pieces) => `x${pieces.join('')}x`);
    fc.assert(
      fc.property(text, (hostile) => {
        const found = page(whole(hostile));
        expect(forbiddenIn(found)).toBeNull();
        // An address with a space in it is no link.
        const shape = shapeOf(found).filter((one) => one !== 'a href rel');
        expect(shape).toEqual(harmless.filter((one) => one !== 'a href rel'));
        for (const one of named(elementsOf(found), 'a')) expect(attribute(one, 'href')).toMatch(/^(?:#|https?:\/\/)/);
      }),
      { numRuns: 15 },
    );
  });

  it('stands there as it is', () => {
    const text = textOf(elementsOf(page(whole('a <b> & "c" \'d\'')))[0] as Element);
    expect(text).toContain('curl a <b> & "c" \'d\'');
  });
});

it('stays of a size that a browser shows at once', async () => {
  const sample = await sampleReport('naive-client');
  const checks = 1000;
  const countOf = (exchanges: number) => {
    const found = page(largeReport(sample, { checks, exchanges }));
    return { elements: elementsOf(found).length, bytes: found.length };
  };
  const [few, many] = [countOf(5_000), countOf(10_000)];
  expect(many.elements / checks).toBeLessThan(80);
  // The same checks: twice as many exchanges add strokes, and no elements.
  expect(many.elements).toBeLessThan(1.05 * few.elements);
  expect(many.bytes).toBeLessThan(1.2 * few.bytes);
});

function withinOf(element: Element): Element[] {
  return element.childNodes.flatMap((node) => ('tagName' in node ? [node, ...withinOf(node)] : []));
}
