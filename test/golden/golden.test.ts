// Saved evidence, judged and rendered again: a change of any verdict or of any line of a report shows here.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rendered, SAMPLES, sampleReport, WIDTHS } from '../../src/dev/rendered.js';
import { evidenceFile, judgeTarget } from '../../src/pipeline.js';
import { writeEvidence } from '../../src/report/evidence-file/file.js';
import { readEvidence } from '../../src/report/evidence-file/read.js';
import { FORMATS } from '../../src/report/formats.js';
import type { Reporter } from '../../src/report/index.js';
import renderText from '../../src/report/text/text.js';
import { version } from '../../src/version.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const OPTIONS = { color: false, width: 80, unicode: true, verbose: false };

describe('golden reports (written anew by `npm run golden`)', () => {
  it.each(readdirSync(`${FIXTURES}evidence`))('%s', async (name) => {
    const text = readFileSync(`${FIXTURES}evidence/${name}`, 'utf8');
    const file = readEvidence(text, name, version);
    expect(writeEvidence(evidenceFile(file.targets))).toBe(text);
    const [target] = file.targets;
    if (target === undefined) throw new Error('no target');
    const report = judgeTarget(target, 'major');
    const base = `${FIXTURES}reports/${name.replace('.json', '')}`;
    for (const [format, load] of Object.entries<() => Promise<Reporter>>(FORMATS)) {
      const expected = readFileSync(`${base}.${format === 'text' ? 'txt' : format}`, 'utf8');
      expect((await load())(report, OPTIONS, [target]), format).toBe(expected);
    }
  });

  it('the sample reports, in each width and in the README', async () => {
    for (const [path, text] of await rendered()) expect(readFileSync(`${FIXTURES}../${path}`, 'utf8'), path).toBe(text);
  });

  it.each(SAMPLES)('%s fits every width', async (name) => {
    const report = await sampleReport(name);
    // Nor does a path of the machine that recorded it stand there.
    expect(JSON.stringify(report)).not.toMatch(/--config \/|"\/\w/);
    for (const width of WIDTHS) {
      const text = renderText(report, { ...OPTIONS, width });
      const lines = text.split('\n').filter((line) => !/https?:\/\//.test(line));
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width);
      expect(text).not.toContain('…');
    }
  });
});
