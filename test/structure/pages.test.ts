// What users read in the repository: short enough, linked to what exists, with examples that load.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { oneSchema } from '../../src/config/schema.js';
import { CLIENTS } from '../../src/sandbox/clients.js';
import { DEFECTS } from '../../src/sandbox/defects.js';
import { RECEIVERS } from '../../src/sandbox/receivers.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_LINES = 250;

const pagesUnder = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'));

const pages = ['README.md', ...['.github', 'src', 'fixtures'].flatMap(pagesUnder)];
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** GitHub's anchors: lower case, no punctuation, hyphens for spaces. */
const anchorsIn = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('README', () => {
  const text = read('README.md');

  it(`has at most ${MOST_LINES} lines`, () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
  });

  it('names providers that can be extended', () => {
    const named = text.match(/^Built in, among others: ([\s\S]*?)\. `/m)?.[1] ?? '';
    const ids = [...named.matchAll(/`([^`]+)`/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(5);
    expect(Object.keys(CONTRACTS)).toEqual(expect.arrayContaining(ids));
  });

  it('links every page for users', () => {
    for (const page of pages.filter((path) => path.startsWith('.github/'))) expect(text).toContain(`](${page})`);
  });
});

describe('pages', () => {
  it('are found', () => expect(pages.length).toBeGreaterThan(5));

  it.each(pages)('%s links to what exists', (page) => {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      expect(existsSync(join(ROOT, file)), `${page}: ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchorsIn(file), `${page}: ${target}`).toContain(anchor);
    }
  });

  it.each(pages)('%s runs the demo with defects, clients and receivers that exist', (page) => {
    for (const [, name] of read(page).matchAll(/--defect ([a-z-]+)/g)) expect(Object.keys(DEFECTS)).toContain(name);
    for (const [, name] of read(page).matchAll(/--client ([a-z-]+)/g)) expect(Object.keys(CLIENTS)).toContain(name);
    for (const [, name] of read(page).matchAll(/--receiver ([a-z-]+)/g)) expect(Object.keys(RECEIVERS)).toContain(name);
  });

  it.each(pages)('%s has examples of configs that fit the schema', (page) => {
    for (const [, block = ''] of read(page).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)) {
      const example: unknown = parse(block);
      if (Array.isArray(example)) continue; // steps of a workflow
      // An example shows a part: what is missing is not wrong.
      const { error } = oneSchema.safeParse(example, { reportInput: true });
      expect(error?.issues.filter(({ input }) => input !== undefined) ?? [], block).toEqual([]);
    }
  });
});
