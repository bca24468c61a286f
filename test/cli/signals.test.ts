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
const runsProgram = (run: Underway) => until(run, () => processesWith(run.mark).length > 1);

const ONLY: readonly string[] = ['remembers-keys-within-window', 'times-out'];

describe.skipIf(process.platform !== 'linux')('demo, ended early', () => {
  it.each([
    ['as soon as it has a folder, by a terminal that is gone', 'SIGHUP', 'with closed stdout', hasFolder, 129],
    ['while a client runs, by two signals', 'SIGTERM', 'twice', runsProgram, 143],
    [
      'while a receiver runs, by Ctrl-C',
      'SIGINT',
      'once',
      runsProgram,
      130,
      ['keeps-accepted-events'] as readonly string[],
    ],
  ] as const)('%s', async (_, signal, manner, moment, code, only = ONLY) => {
    const words = ['demo', '--only', ...only];
    expect(await endEarly({ words, signal, manner }, moment)).toMatchObject({ how: code, problems: [] });
  });
});
