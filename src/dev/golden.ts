// npm run golden: renders the saved evidence of fixtures/evidence into fixtures/reports, to be looked at and committed,
// and the sample reports of fixtures/samples as text, also in the README.
// The manifests of the evidence are written anew, too, so that it may be edited by hand.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { evidenceFile, judgeTarget } from '../pipeline.js';
import { writeEvidence } from '../report/evidence-file/file.js';
import { readEvidence } from '../report/evidence-file/read.js';
import { FORMATS } from '../report/formats.js';
import type { Reporter } from '../report/index.js';
import { PACKAGE_ROOT, version } from '../version.js';
import { rendered } from './rendered.js';

const OPTIONS = { color: false, width: 80, unicode: true, verbose: false };

for (const name of await readdir(`${PACKAGE_ROOT}fixtures/evidence`)) {
  const path = `${PACKAGE_ROOT}fixtures/evidence/${name}`;
  const { targets } = readEvidence(await readFile(path, 'utf8'), name, version);
  await writeFile(path, writeEvidence(evidenceFile(targets)));
  for (const target of targets) {
    const report = judgeTarget(target, 'major');
    const base = `${PACKAGE_ROOT}fixtures/reports/${name.replace('.json', '')}`;
    for (const [format, load] of Object.entries<() => Promise<Reporter>>(FORMATS))
      await writeFile(`${base}.${format === 'text' ? 'txt' : format}`, (await load())(report, OPTIONS, [target]));
  }
}

for (const [path, text] of await rendered()) await writeFile(`${PACKAGE_ROOT}${path}`, text);
