// Retry policies in virtual time, measured on machines as busy as measured ones; asked for repeats and judged as the
// probe of an outage and the judges do it.
import { firstWaitOf, USUAL_WAIT } from '../../evidence/first-wait.js';
import { growthOf } from '../../evidence/growth.js';
import { jitterOf } from '../../evidence/jitter.js';
import { type Timed, waitsAmong } from '../../evidence/lateness.js';
import { FEWEST_REPEATS, USUAL_REPEATS } from '../../evidence/repeats.js';
import { mayTellMore } from '../../lanes/lasting.js';
import { createRandom } from '../../proxy/random.js';
import type { NoiseGroup } from './noise.js';
import type { Policy } from './policies.js';

export interface Tally {
  policy: string;
  draws: number;
  /** Neither growing nor constant, though there are waits. */
  growthOpen: number;
  jitterOpen: number;
  firstOpen: number;
  wrong: readonly string[];
  repeats: number;
}

// Clients that go on and on reach their cap.
const MANY = 20;
const MANY_SHARE = 0.1;

export function simulate(policy: Policy, groups: readonly NoiseGroup[], draws: number): Tally {
  const random = createRandom(1).stream(policy.name);
  const next = () => random.next();
  const tally = { growthOpen: 0, jitterOpen: 0, firstOpen: 0, repeats: 0 };
  const wrong: string[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const count = next() < MANY_SHARE ? MANY : 2 + Math.floor(next() * 4);
    const group = groups[Math.floor(next() * groups.length)];
    if (group === undefined) break;
    const runs: Timed[] = [];
    let { waits, lateness } = waitsAmong(runs);
    do {
      const isQuiet = runs.length > 0;
      for (let at = 0; at < FEWEST_REPEATS; at += 1) runs.push(timed(policy, count, group, isQuiet, next));
      ({ waits, lateness } = waitsAmong(runs));
    } while (runs.length < USUAL_REPEATS && mayTellMore({ waits, lateness }));
    const growth = growthOf(waits, lateness, true).verdict;
    const jitter = jitterOf(waits, lateness).verdict;
    const firsts = waits.flatMap((one) => one.slice(0, 1));
    const first = firstWaitOf(firsts, lateness, USUAL_WAIT);
    // Where there is no wait, there is nothing to tell.
    const isShort = (verdict: string) => verdict === 'too-short' && policy.waits !== false;
    tally.growthOpen += Number(growth === 'unclear' || growth === 'grows-once' || isShort(growth));
    tally.jitterOpen += Number(jitter === 'unclear' || isShort(jitter));
    tally.firstOpen += Number(first === 'unclear');
    tally.repeats += runs.length;
    const false_ = [
      growth === 'grows' && policy.grows === false,
      growth === 'constant' && policy.grows === true,
      jitter === 'jitters' && policy.jitters === false,
      jitter === 'none' && policy.jitters === true,
      first === 'waits' && policy.waits === false,
      first === 'too-soon' && policy.waits === true,
    ];
    if (false_.includes(true))
      wrong.push(
        `${growth}, ${jitter}, ${first}: ${JSON.stringify({ lateness, waits: waits.map((one) => one.map(Math.round)) })}`,
      );
  }
  return { policy: policy.name, draws, wrong, ...tally, repeats: tally.repeats / draws };
}

function timed(policy: Policy, count: number, group: NoiseGroup, isQuiet: boolean, next: () => number): Timed {
  const runs = group.runs.filter((run) => run.isQuiet === isQuiet);
  const noise = runs[Math.floor(next() * runs.length)];
  const [first = 0, ...later] = noise?.lateMs ?? [];
  return {
    waitsMs: policy
      .draw(count, next)
      .map((ms, at) => ms + (at === 0 ? first : (later[Math.floor(next() * later.length)] ?? 0))),
    timersMs: noise?.meanMs ?? 0,
    startMs: noise?.startMs ?? 0,
    isQuiet,
  };
}
