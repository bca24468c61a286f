// `demo` ended early leaves its reports and nothing else. Random moments: npm run matrix -- signals.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endEarly, type Underway } from '../../src/dev/signals.js';
import { processesWith } from '../helpers/survivors.js';

async function until(run: Underway, isReached: () => boolean): Promise<void> {
  while (!isReached() && run.child.exitCode === null) await sleep(10);
}

const hasFolder = (run: Underway) =>
  until(run, () => readdirSync(run.temporary).some((name) => name.startsWith('golive-check-demo')));
const runsClient = (run: Underway) => until(run, () => processesWith(run.mark).length > 1);

describe.skipIf(process.platform !== 'linux')('demo, ended early', () => {
  it.each([
    ['as soon as it has a folder, by a terminal that is gone', 'SIGHUP', 'with closed stdout', hasFolder, 129],
    ['while a client runs, by two signals', 'SIGTERM', 'twice', runsClient, 143],
  ] as const)('%s', async (_, signal, manner, moment, code) => {
    const words = ['demo', '--only', 'remembers-keys-within-window', 'times-out'];
    expect(await endEarly({ words, signal, manner }, moment)).toMatchObject({ how: code, problems: [] });
  });
});
