// npm run golden: renders the saved evidence of fixtures/evidence into fixtures/reports, to be looked at and committed.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { readEvidence } from '../evidence/file.js';
import { judgeTarget } from '../pipeline.js';
import { FORMATS } from '../report/index.js';
import { PACKAGE_ROOT } from '../version.js';

const OPTIONS = { color: false, width: 80, unicode: true, verbose: false };

for (const name of await readdir(`${PACKAGE_ROOT}fixtures/evidence`)) {
  const { targets } = readEvidence(await readFile(`${PACKAGE_ROOT}fixtures/evidence/${name}`, 'utf8'), name);
  for (const target of targets) {
    const report = judgeTarget(target, 'major');
    const base = `${PACKAGE_ROOT}fixtures/reports/${name.replace('.json', '')}`;
    await writeFile(`${base}.txt`, (await FORMATS.text())(report, OPTIONS));
    await writeFile(`${base}.json`, (await FORMATS.json())(report, OPTIONS));
  }
}
