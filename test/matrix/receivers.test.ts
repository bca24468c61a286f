// All sample receivers against the checks of the webhook kind, and against the vectors, end to end through the built command
// line.
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/index.js';
import { inTurn, type Row } from '../../src/dev/confusion.js';
import { probesRun } from '../../src/dev/covered.js';
import { checksFor, RECEIVER_NAMES, type ReceiverRow, runReceiver } from '../../src/dev/receivers.js';
import { PROBES } from '../../src/probes/index.js';
import { RECEIVERS } from '../../src/sandbox/receivers.js';
import { VECTORS } from '../../src/webhook/vectors.js';
import { isFull } from '../helpers/full.js';
import { expectRight } from './right.js';

const IDS = CHECKS.filter(({ kind }) => kind === 'webhook').map(({ id }) => id as string);
const rows = new Map<string, ReceiverRow>();

describe('the matrix of receivers', () => {
  it('fails for each the declared checks, and nothing else', { timeout: 1_200_000 }, async () => {
    const run = async (name: (typeof RECEIVER_NAMES)[number], open?: readonly string[]): Promise<Row> => {
      const row = await runReceiver(name, open ?? (isFull() ? undefined : checksFor(name)));
      if (open === undefined) rows.set(name, row);
      return row;
    };
    expectRight(await inTurn(RECEIVER_NAMES, 4, run));
  });

  it('has a receiver that fails each check, and one that passes it', () => {
    const flips = Object.values(RECEIVERS).flatMap((one): readonly string[] => one.flips);
    expect(IDS.filter((id) => !flips.includes(id))).toEqual([]);
    expect(Object.values(RECEIVERS).filter((one) => one.flips.length === 0).length).toBeGreaterThan(1);
  });

  it('lets every probe meet a sinner, and every check judge sinners that must pass it', () => {
    const sinners = RECEIVER_NAMES.filter((name) => RECEIVERS[name].flips.length > 0);
    const judging = (name: (typeof sinners)[number]) => CHECKS.filter(({ id }) => checksFor(name).includes(id));
    for (const name of sinners)
      expect(checksFor(name), name).toEqual(expect.arrayContaining([...RECEIVERS[name].flips]));
    const run = sinners.flatMap((name) => [...probesRun(judging(name))]);
    const probes = PROBES.filter(({ uses }) => uses === 'receiver').map(({ key }) => key);
    expect(probes.filter((key) => !run.includes(key))).toEqual([]);
    const passing = sinners.flatMap((name) => {
      const flips: readonly string[] = RECEIVERS[name].flips;
      return judging(name).filter(({ id }) => !flips.includes(id));
    });
    expect(IDS.filter((id) => !passing.some((check) => check.id === id))).toEqual([]);
  });

  it('lets every vector be met, and every attack succeed against somebody', () => {
    const all = [...rows.values()];
    const met = new Set(all.flatMap((row) => row.met));
    // Under the one scheme of the demo.
    const own = VECTORS.filter(({ id }) => met.has(id));
    expect(own.length).toBeGreaterThan(VECTORS.length / 2);
    const wrong = new Set(all.flatMap((row) => row.wrong));
    const attacks = own.filter(({ expected }) => expected === 'refused');
    expect(attacks.filter(({ id }) => !wrong.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('lets saints answer every vector as a sound receiver does', () => {
    const saints = [...rows.values()].filter(({ declared }) => declared.length === 0);
    expect(saints.length).toBeGreaterThan(1);
    for (const { name, wrong } of saints) expect(wrong, name).toEqual([]);
  });
});
