// Saved evidence, judged and rendered again: a change of any verdict or of any line of a report shows here.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evidenceFile, judgeTarget } from '../../src/pipeline.js';
import { writeEvidence } from '../../src/report/evidence-file/file.js';
import { readEvidence } from '../../src/report/evidence-file/read.js';
import { FORMATS } from '../../src/report/formats.js';
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
    for (const [format, load] of Object.entries(FORMATS)) {
      const expected = readFileSync(`${base}.${format === 'text' ? 'txt' : format}`, 'utf8');
      expect((await load())(report, OPTIONS), format).toBe(expected);
    }
  });
});
