// What is told of a check while the run goes on is what the report says of it, in whatever order evidence comes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/index.js';
import type { Judgement, PlannedCheck } from '../../src/checks/verdict.js';
import type { EvidenceKey, GatheredMap } from '../../src/evidence/map.js';
import { judge, readsOf } from '../../src/judge.js';
import { createRandom } from '../../src/proxy/random.js';
import { readEvidence } from '../../src/report/evidence-file/read.js';
import { startSettling } from '../../src/settling.js';
import { version } from '../../src/version.js';

function savedIn(name: string) {
  const path = fileURLToPath(new URL(`../../fixtures/evidence/${name}.json`, import.meta.url));
  const [target] = readEvidence(readFileSync(path, 'utf8'), path, version).targets;
  if (target === undefined) throw new Error(`${name} holds no target`);
  return target;
}

/** All checks of the catalogue: those that the run left out miss their evidence, as far as they need more. */
const ALL: readonly PlannedCheck[] = CHECKS.map((check) => ({ check, severity: check.severity }));

/** Where an earlier check showed the API's own words, a later one names that check instead. */
const told = ({ because, ...rest }: Judgement) => ({
  ...rest,
  because: because.replace(/ (The API says: ".*"|What the API says to it stands under .*)\.$/s, ''),
});

/** Judged while the keys come in this order, one at a time. */
function settled(order: readonly EvidenceKey[], all: GatheredMap, contract: Parameters<typeof judge>[2]): Judgement[] {
  const judgements: Judgement[] = [];
  const evidence: GatheredMap = {};
  const turns: (() => void)[] = [];
  const settling = startSettling({
    checks: ALL,
    contract,
    onSettled: (one) => judgements.push(one),
    onJudge: () => undefined,
    later: (act) => turns.push(act),
  });
  for (const key of order) {
    Object.assign(evidence, all[key] === undefined ? {} : { [key]: all[key] });
    settling.there([key], evidence);
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn();
  }
  return judgements;
}

describe.each(['three-defects', 'client-waits-milliseconds', 'attested'])('evidence of %s', (name) => {
  const { evidence, contract } = savedIn(name);
  const keys = [...new Set(CHECKS.flatMap((check) => readsOf(check)))];
  const final = judge(ALL, structuredClone(evidence), contract).map(told);

  it.each([1, 2, 3])('settles each check as it is judged in the end, in order %i', (seed) => {
    const random = createRandom(seed).stream('order');
    const order = keys.map((key) => ({ key, at: random.hex(8) })).toSorted((a, b) => a.at.localeCompare(b.at));
    const early = settled(
      order.map(({ key }) => key),
      evidence,
      contract,
    ).map(told);
    expect(early).toHaveLength(ALL.length);
    expect(new Map(early.map((one) => [one.id, one]))).toEqual(new Map(final.map((one) => [one.id, one])));
  });
});

it('judges nothing more once it is stopped', () => {
  const turns: (() => void)[] = [];
  const seen: string[] = [];
  const settling = startSettling({
    checks: ALL,
    contract: savedIn('attested').contract,
    onSettled: ({ id }) => seen.push(id),
    onJudge: () => undefined,
    later: (act) => turns.push(act),
  });
  settling.there([...new Set(CHECKS.flatMap((check) => readsOf(check)))], {});
  turns.shift()?.();
  expect(seen).toHaveLength(1);
  settling.stop();
  for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn();
  expect(seen).toHaveLength(1);
});
