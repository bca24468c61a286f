// One sample client, each sin under each fault: judged by all checks from what one run of each sin recorded.
import { beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/index.js';
import { sharedHost } from '../../src/dev/hosts.js';
import { SIN_NAMES, SINS, type Sin } from '../../src/dev/sin-cells.js';
import { FAULT_NAMES, type Fault } from '../../src/dev/sin-faults.js';
import { cellRow, dealt, isOpen, isWrongCell, recordSaint, rowsOf, runCells } from '../../src/dev/sin-matrix.js';
import { recordSin } from '../../src/dev/sins.js';
import type { TargetEvidenceFile } from '../../src/report/evidence-file/file.js';
import { isFull } from '../helpers/full.js';

// Those that cost money or secrets: each fault meets one of them, each of them several faults. All are sinned under one fault
// each below; with `npm test -- --full`, and by `npm run matrix -- sins`, all under every fault.
const WORST: readonly Sin[] = ['no-key', 'new-key', 'prints-key', 'exit-0'];
// On a machine that stays busy: more would say that they cannot be told at all.
const MOST_OPEN = 0.3;

describe('the matrix of sins and faults', () => {
  // Dear, and alike for all cells.
  let saint: TargetEvidenceFile;
  beforeAll(async () => {
    saint = await recordSaint();
  });

  it('fails in each cell the declared checks, and nothing else', { timeout: 1_200_000 }, async () => {
    const rows = await runCells(isFull() ? rowsOf(SIN_NAMES) : [dealt(WORST)], 2, saint);
    expect(rows.filter(isWrongCell)).toEqual([]);
    expect(rows.filter(isOpen).length).toBeLessThanOrEqual(rows.length * MOST_OPEN);
  });

  it('is sinned in under the named fault alone', async () => {
    // One sin for each fault: each must be seen where it is committed, and under no other fault.
    const sins = {
      'server-errors': 'no-request-id',
      limit: 'no-end',
      reset: 'no-agent',
      'lost-response': 'key-in-url',
      hang: 'new-key',
      slow: 'no-version',
      truncated: 'new-body',
      garbage: 'no-credential',
      html: 'exit-0',
      redirect: 'bad-body',
      'in-flight': 'exit-1',
      refusal: 'no-status',
      'business-error': 'gives-up',
      'unknown-fields': 'keyed-read',
      crash: 'no-key',
      workload: 'one-key',
      'bad-input': 'prints-key',
    } as const satisfies Record<Fault, keyof typeof SINS>;
    const cells = Object.entries(sins).map(([fault, sin]) => `${sin}@${fault}`);
    const recorded = async (saint: TargetEvidenceFile) => {
      const sinner = await recordSin(cells.join(','), await sharedHost());
      return Object.entries(sins).map(([fault, sin]) => cellRow(sin, fault as Fault, saint, sinner));
    };
    // Who holds a client up for seconds makes it give up on answers that were sent in time: its host is not watched.
    const wrong = (await recorded(saint)).filter(isWrongCell);
    const again = wrong.length === 0 ? [] : (await recorded(await recordSaint())).filter(isWrongCell);
    expect(again.filter(({ name }) => wrong.some((row) => row.name === name))).toEqual([]);
  });

  it('deals each of the worst sins to several faults, where it fails something', () => {
    const cells = dealt(WORST);
    expect(cells.map(({ fault }) => fault)).toEqual(FAULT_NAMES);
    for (const worst of WORST) {
      const own = cells.filter(({ sin }) => sin === worst);
      expect(own.length, worst).toBeGreaterThan(2);
      expect(own.filter(({ sin, fault }) => typeof SINS[sin][fault] !== 'string').length, worst).toBeGreaterThan(1);
    }
  });

  it('says of each cell what fails, or why nothing does', () => {
    const known = new Set<string>(CHECKS.map((check) => check.id));
    for (const sin of SIN_NAMES)
      for (const fault of FAULT_NAMES) {
        const cell: readonly string[] | string = SINS[sin][fault];
        if (typeof cell === 'string') expect(cell, `${sin}@${fault}`).toMatch(/ .* /);
        else
          expect(
            cell.filter((id) => !known.has(id)),
            `${sin}@${fault}`,
          ).toEqual([]);
        expect(cell.length, `${sin}@${fault}`).toBeGreaterThan(0);
      }
  });
});
