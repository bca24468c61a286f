// The sample reports as text, for each width, and in the README: written by `npm run golden`, compared by its test.
import { readFile } from 'node:fs/promises';
import type { RenderOptions } from '../report/index.js';
import type { Report } from '../report/schema.js';
import renderText from '../report/text/text.js';
import { PACKAGE_ROOT } from '../version.js';

export const SAMPLES = ['good-client', 'naive-client', 'unreachable-host'] as const;
export const WIDTHS = [60, 80, 100, 120, 160] as const;
const IN_README = 120;

const PLAIN = { color: false, unicode: true, verbose: false };

export async function sampleReport(name: string): Promise<Report> {
  return JSON.parse(await readFile(`${PACKAGE_ROOT}fixtures/samples/${name}.json`, 'utf8')) as Report;
}

/** Paths from the root of the package, and what stands there. */
export async function rendered(): Promise<[path: string, text: string][]> {
  const files: [string, string][] = [];
  let readme = await readFile(`${PACKAGE_ROOT}README.md`, 'utf8');
  for (const name of SAMPLES) {
    const report = await sampleReport(name);
    const text = (options: Partial<RenderOptions> & { width: number }) => renderText(report, { ...PLAIN, ...options });
    for (const width of WIDTHS) files.push([`fixtures/samples/${name}.${width}.txt`, text({ width })]);
    files.push([`fixtures/samples/${name}.ascii.txt`, text({ width: 80, unicode: false })]);
    files.push([`fixtures/samples/${name}.verbose.txt`, text({ width: 100, verbose: true })]);
    readme = withBlock(readme, name, text({ width: IN_README }));
  }
  return [...files, ['README.md', readme]];
}

/** The text between the fences behind a mark. @throws where the mark is missing */
function withBlock(page: string, name: string, text: string): string {
  const begin = `<!-- sample: ${name} -->\n\`\`\`\n`;
  const at = page.indexOf(begin);
  if (at === -1) throw new Error(`README.md has no place for the sample ${name}`);
  const from = at + begin.length;
  return `${page.slice(0, from)}${text}${page.slice(page.indexOf('```', from))}`;
}
