// npm run matrix -- waits: every policy of waiting against measured machines, idle and loaded: what stays open, what is wrong.
import { readFileSync } from 'node:fs';
import type { NoiseGroup } from './noise.js';
import { COMMON, POLICIES } from './policies.js';
import { simulate, type Tally } from './simulation.js';

/** Measured by `npx tsx src/dev/waits/measure.ts 0 0 2 4 6` on two cores, with nothing else beside it. */
export const GROUPS = JSON.parse(readFileSync(new URL('./table.json', import.meta.url), 'utf8')) as NoiseGroup[];

const isIdle = ({ loops }: NoiseGroup) => loops === 0;
export const IDLE = GROUPS.filter(isIdle);
export const LOADED = GROUPS.filter((group) => !isIdle(group));

/** Prints the share that stays open and the number of wrong verdicts per policy; whether none was wrong. */
export function printWaits(draws: number): boolean {
  const each = Math.ceil(draws / POLICIES.length / 2);
  process.stdout.write(`${'policy'.padEnd(40)} ${HEADS}\n`);
  const all = { idle: [] as Tally[], loaded: [] as Tally[] };
  for (const policy of POLICIES) {
    const [idle, loaded] = [simulate(policy, IDLE, each), simulate(policy, LOADED, each)];
    all.idle.push(idle);
    all.loaded.push(loaded);
    process.stdout.write(`${lineOf(policy.name, [idle], [loaded])}\n`);
  }
  const common = ({ policy }: Tally) => COMMON.test(policy);
  process.stdout.write(`${lineOf('common ones', all.idle.filter(common), all.loaded.filter(common))}\n`);
  process.stdout.write(`${lineOf(`all (${each * POLICIES.length * 2} draws)`, all.idle, all.loaded)}\n`);
  const wrong = [...all.idle, ...all.loaded].flatMap(({ policy, wrong }) => wrong.map((one) => `${policy}: ${one}`));
  for (const one of wrong.slice(0, 20)) process.stdout.write(`WRONG ${one}\n`);
  return wrong.length === 0;
}

const COLUMNS = ['growth', 'jitter', 'first', 'runs', 'wrong'];
const HEADS = ['idle', 'loaded']
  .map((name) =>
    COLUMNS.map((one) => `${one}`.padStart(8))
      .join('')
      .replace(/^ {2}/, name.slice(0, 2)),
  )
  .join('   ');

function lineOf(name: string, ...sides: (readonly Tally[])[]): string {
  return `${name.padEnd(40)} ${sides.map((tallies) => figuresOf(tallies)).join('   ')}`;
}

function figuresOf(tallies: readonly Tally[]): string {
  const draws = sumOf(tallies, (one) => one.draws);
  const percent = (of: (one: Tally) => number) => `${((100 * sumOf(tallies, of)) / draws).toFixed(1)} %`;
  const runs = sumOf(tallies, (one) => one.repeats * one.draws) / draws;
  return [
    percent((one) => one.growthOpen),
    percent((one) => one.jitterOpen),
    percent((one) => one.firstOpen),
    runs.toFixed(1),
    String(sumOf(tallies, (one) => one.wrong.length)),
  ]
    .map((one) => one.padStart(8))
    .join('');
}

function sumOf(tallies: readonly Tally[], of: (one: Tally) => number): number {
  return tallies.reduce((sum, one) => sum + of(one), 0);
}
