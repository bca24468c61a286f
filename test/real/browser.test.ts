// The HTML report in a real Chromium: what only a browser can tell.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import renderHtml from '../../src/report/html/html.js';
import { whole } from '../report/html/whole.js';
import { HOSTILE, joint, PLAIN } from '../report/made.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const BINARY = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
const WHY = BINARY === undefined ? ` (skipped: no Chromium at ${PLACES.join(', ')}, nor one that CHROMIUM names)` : '';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ATTACK = [
  '<script>hacked=1</script>',
  '</script></style></title></svg><script>hacked=1</script>',
  '<img src=x onerror=hacked=1>',
  '"autofocus onfocus="hacked=1',
  HOSTILE,
].join(' ');

describe.skipIf(BINARY === undefined)(`the HTML report in Chromium${WHY}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'golive-page-'));
  const addressOf = (name: string, text: string) => {
    const path = join(folder, `${name}.html`);
    writeFileSync(path, text);
    return pathToFileURL(path).href;
  };
  const report = addressOf('report', renderHtml(whole(ATTACK), PLAIN));
  const twoTargets = addressOf('joint', renderHtml(joint([whole('one'), whole('two')]), PLAIN));
  let browser: Browser;
  const complaints: string[] = [];

  /** With a look at all that it says and asks for. */
  async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url().split('#')[0] !== address && complaints.push(request.url()));
    await page.goto(address);
    return page;
  }

  const openDetails = (page: Page) =>
    page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  const shownChecks = (page: Page) =>
    page.evaluate<string[]>(
      '[...document.querySelectorAll("details.check")].filter((one) => one.checkVisibility()).map(({ id }) => id)',
    );
  const isOpen = (page: Page, id: string) => page.evaluate<boolean>(`document.getElementById('${id}').open`);

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BINARY as string, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['light', 1280, report],
    ['dark', 390, twoTargets],
  ] as const)('is accessible in %s at a width of %i', async (colorScheme, width, address) => {
    const page = await open(address, { colorScheme, viewport: { width, height: 800 } });
    await openDetails(page);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.evaluate(AXE);
    const violations = await page.evaluate<string[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
    );
    expect(violations).toEqual([]);
  });

  it('opens a finding by the keyboard, and follows a link to one', async () => {
    const page = await open(report);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the findings');
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate('document.activeElement.closest("details")?.id');
    for (let presses = 0; presses < 20 && (await focused()) !== 'first-fails'; presses++)
      await page.keyboard.press('Tab');
    expect(await isOpen(page, 'first-fails')).toBe(false);
    await page.keyboard.press('Enter');
    expect(await isOpen(page, 'first-fails')).toBe(true);
    await page.click('a[href="#third-fails"]');
    await expect.poll(() => isOpen(page, 'third-fails')).toBe(true);
  });

  it('filters without a server', async () => {
    const page = await open(report);
    await page.fill('#filter-words', 'SECOND-fails mend');
    expect(await shownChecks(page)).toEqual(['second-fails']);
    expect(await page.textContent('[role=status]')).toMatch(/^1 of \d+ lines$/);
    expect(await page.isVisible('#lists')).toBe(false);
    await page.fill('#filter-words', '');
    await page.selectOption('#filter-outcome', 'open');
    expect(await shownChecks(page)).toEqual(['stays-open']);
    await page.selectOption('#filter-outcome', '');
    expect((await shownChecks(page)).toSorted()).toEqual(
      whole('')
        .checks.map(({ id }) => id)
        .toSorted(),
    );
    await page.click('#open-all');
    expect(await page.evaluate('document.querySelectorAll("main details:not([open])").length')).toBe(0);
  });

  it('is whole without its script, and on paper', async () => {
    const page = await open(report, { javaScriptEnabled: false });
    expect(await page.isVisible('.filter')).toBe(false);
    expect(await page.isVisible('#first-fails summary')).toBe(true);
    expect(await page.isVisible('#first-fails pre')).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#first-fails pre')).toBe(true);
    expect(await page.isVisible('#accepts-valid-key dl')).toBe(false);
  });

  it('runs nothing of what others decide, asks for nothing, and says nothing on the console', async () => {
    const page = await open(report);
    await openDetails(page);
    expect(await page.evaluate('"hacked" in globalThis')).toBe(false);
    expect(await page.evaluate('document.scripts.length')).toBe(1);
    expect(await page.textContent('#first-fails .seen')).toContain('<script>hacked=1</script>');
    expect(complaints).toEqual([]);
  });
});
