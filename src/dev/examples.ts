// npm run examples: what a report says of each check, once passed and once failed, by the cases of its own test.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../files/temporary.js';

const PAGE = 'src/views/examples.ts';
const folder = makeTemporaryFolder('golive-check-examples');
try {
  spawnSync('npx', ['vitest', 'run', '--config', 'test/vitest.config.ts', 'test/checks', '-t', 'gives `explain`'], {
    env: { ...process.env, GOLIVE_EXAMPLES: folder.path },
    stdio: 'inherit',
  });
  const files = readdirSync(folder.path).toSorted();
  const entries = files.map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder.path, file), 'utf8')),
  ]);
  const head = readFileSync(PAGE, 'utf8').split('= {')[0];
  writeFileSync(PAGE, `${head}= ${JSON.stringify(Object.fromEntries(entries), null, 2)};\n`);
} finally {
  folder.remove();
}
spawnSync('npx', ['biome', 'check', '--write', '--log-level=error', PAGE], { stdio: 'inherit' });
