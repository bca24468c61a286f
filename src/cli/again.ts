// The command line of a run as data, for the report: what it takes to run the same again.
import { relative, resolve } from 'node:path';
import type { ResolvedTarget } from '../config/load.js';
import type { Again } from '../report/again.js';
import type { Flags, RunFlags } from './flags.js';

// What decides what is run, and against what. Which checks, the report's form and its files are chosen anew.
const OF_RUN = ['config', 'envFile', 'target', 'allowLiveWrites', 'state', 'fast', 'checkLinks'];
const OF_CLIENT = [
  'env',
  'host',
  'upstream',
  'openapi',
  'allowWrites',
  'passThrough',
  'start',
  'ready',
  'trigger',
  'envFile',
  'fast',
];
const OF_DEMO = ['as', 'defect', 'client', 'receiver', 'live', 'fast'];

/** @param targets of the run: of several, the one alone is run again */
export function againOfRun(flags: RunFlags, target: ResolvedTarget, targets: number): Again {
  const ca = authorityFile(target);
  const chosen = targets > 1 ? { target: target.name } : {};
  return { command: 'run', words: wordsOf({ ...flags, ...chosen }, OF_RUN), ...(ca === null ? {} : { ca }) };
}

export function againOfDemo(flags: Flags<'demo'>): Again {
  return { command: 'demo', words: wordsOf(flags, OF_DEMO) };
}

/** @param saved the config that this run writes: it says all that the words say */
export function againOfClient(flags: Flags<'client'>, command: readonly string[], saved: string | null): Again {
  if (saved !== null) return { command: 'run', words: ['--config', saved, ...wordsOf(flags, ['envFile'])] };
  const after = command.length === 0 ? [] : ['--', ...command];
  return { command: 'client', words: [...wordsOf(flags, OF_CLIENT), ...after] };
}

function wordsOf(flags: Readonly<Record<string, unknown>>, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const values = [flags[name] ?? []].flat();
    return values.flatMap((value) => (value === true ? [option] : [option, String(value)]));
  });
}

/** As one would type it where the run was started; null: none, or it stands in the config itself. */
function authorityFile(target: ResolvedTarget): string | null {
  const ca = target.config.endpoint?.ca;
  if (ca === undefined || ca.includes('-----BEGIN ')) return null;
  const file = resolve(target.directory, ca);
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}
