import { PEERS } from './peers.js';
import { faultsOf, MOST_MIB, runHostile } from './run.js';

const SIDE_BY_SIDE = 3;

/** Runs each peer twice: from the first call on, and from the second. Whether all held. */
export async function printHostile(words: readonly string[]): Promise<boolean> {
  const names = Object.keys(PEERS).filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  const jobs = names.flatMap((name) => [false, true].map((late) => ({ name, late })));
  const total = jobs.length;
  let held = 0;
  async function work(): Promise<void> {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const run = await runHostile(job.name, job.late);
      const faults = faultsOf(run);
      if (faults.length === 0) held += 1;
      const figures = `exit ${run.code}, ${run.mostMib} MiB, ${run.seconds} s`;
      process.stdout.write(`${faults.length === 0 ? 'ok   ' : 'WRONG'} ${run.name}: ${faults.join(', ') || figures}\n`);
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  process.stdout.write(`${held} of ${total} runs held: a report, no stack, no key, less than ${MOST_MIB} MiB.\n`);
  return held === total;
}
