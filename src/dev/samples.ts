// npm run samples: three real runs, whose reports stand in the README: a good client, a naive one, an unreachable host.
// The reports are kept without traffic, which the short form does not show; `npm run golden` renders them.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Report } from '../report/schema.js';
import { PACKAGE_ROOT } from '../version.js';
import { SAMPLES } from './rendered.js';

const FOLDER = `${PACKAGE_ROOT}fixtures/samples/`;

async function record(name: string): Promise<void> {
  const only = name.endsWith('-client') ? ['--only', 'client'] : [];
  const words = ['run', '-c', `${name}.yaml`, '--json', '--quiet', ...only];
  const env = { ...process.env, ORDERS_KEY: 'sk_test_sample_4f8Kq2' };
  const { stdout } = await promisify(execFile)('node', [`${PACKAGE_ROOT}bin/golive-check.js`, ...words], {
    // Commands in the report name the config as it was given: no path of this machine.
    cwd: FOLDER,
    env,
    maxBuffer: 2 ** 28,
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  const report = JSON.parse(stdout) as Report;
  const kept: Report = { ...report, exchanges: [], attempts: [] };
  await writeFile(`${FOLDER}${name}.json`, `${JSON.stringify(kept, null, 1)}\n`);
}

for (const name of SAMPLES) await record(name);
