// Every attestation, through every code: they share their judge, so each must give all of its codes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import restrictsAddresses from '../../../src/checks/attestation/restricts-addresses.js';
import { CHECKS } from '../../../src/checks/index.js';
import { judgeStatement } from '../../../src/checks/shared/attestation.js';
import type { Check } from '../../../src/checks/verdict.js';
import type { StatementsEvidence, VantageRead } from '../../../src/evidence/map.js';
import type { Statement } from '../../../src/evidence/statements.js';
import { exchange } from '../../helpers/exchange.js';
import { type JudgeCase, type JudgeCases, judgeCases } from '../../helpers/judge-cases.js';

type Needs = 'attestation.statements';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../src/checks/${path}`, import.meta.url)), 'utf8');
const SHARED = read('shared/attestation.ts');

const LINK: Statement = { by: 'dana@example.com', evidence: 'https://wiki.example.com/page', until: '2027-05-31' };
const FILE: Statement = { ...LINK, evidence: 'docs/page.md', file: { found: 'file', age: null } };
const epoch = (time: string) => Date.parse(time);

const attestations = CHECKS.filter(({ kind }) => kind === 'attestation');

function caseOf(
  id: string,
  outcome: JudgeCase<Needs>['outcome'],
  statement: Statement | null,
  rest: Partial<JudgeCase<Needs>> & { on?: string; asked?: boolean } = {},
): JudgeCase<Needs> {
  const { on = '2026-11-30', asked = true, ...more } = rest;
  const evidence: StatementsEvidence = {
    on,
    asked: asked ? [id] : [],
    // Of another check: it must never be taken for this one's.
    stated: { 'some-other-check': LINK, ...(statement === null ? {} : { [id]: statement }) },
  };
  return { outcome, evidence: { 'attestation.statements': evidence }, ...more };
}

const aged = (time: string, by: 'git' | 'file system' = 'git', doubt: string | null = null): Statement => ({
  ...FILE,
  since: '2026-06-01',
  file: { found: 'file', age: { changedAtMs: epoch(time), by, doubt } },
});

function casesOf(id: string): JudgeCases<Needs> {
  const lacking = ['nothing', 'outside', 'no-file', 'empty', 'config'] as const;
  return {
    missing: [caseOf(id, 'inconclusive', null, { says: new RegExp(`golive-check attest ${id}\\.`) })],
    'not-asked': [caseOf(id, 'not-applicable', null, { asked: false, says: new RegExp(`attestations\\.${id}`) })],
    expired: [
      caseOf(id, 'fail', LINK, { on: '2027-06-01', name: 'the day after', says: /2027-05-31, which is over/ }),
      caseOf(id, 'fail', FILE, { on: '2028-01-01', asked: false }),
    ],
    'no-evidence': lacking.map((found) => caseOf(id, 'fail', { ...FILE, file: { found } }, { name: found })),
    unreadable: [caseOf(id, 'inconclusive', { ...FILE, file: { found: 'unreadable', why: 'EACCES' } })],
    outdated: [
      caseOf(id, 'fail', aged('2026-05-30T23:59:59Z'), { figures: { measured: '2026-05-30' } }),
      caseOf(id, 'fail', aged('2020-01-01T00:00:00Z', 'file system'), { says: /\(file system\)/ }),
    ],
    'age-unclear': [
      caseOf(id, 'inconclusive', aged('2026-08-01T00:00:00Z', 'git', 'older commits are not in this clone')),
      caseOf(id, 'inconclusive', aged('2026-01-01T00:00:00Z', 'git', 'what stands there now is not committed')),
    ],
    'not-raised': [
      caseOf(
        id,
        'fail',
        { ...LINK, drill: { before: 2, after: 2, waitedMs: 60_000, provoked: '3 failed runs of the client' } },
        { says: /provoked 3 failed runs of the client, but its text stood 2 times/, figures: { measured: '2' } },
      ),
      caseOf(id, 'fail', { ...LINK, drill: { before: 2, after: 0, waitedMs: 1, provoked: '1 forged event' } }),
    ],
    drilled: [
      // What was seen outweighs what was said, whatever it rests on.
      caseOf(
        id,
        'pass',
        {
          ...FILE,
          file: { found: 'nothing' },
          drill: { before: 0, after: 1, waitedMs: 400, provoked: '1 forged event' },
        },
        { figures: { expected: 'more than 0', measured: '1' } },
      ),
    ],
    'link-unreached': [caseOf(id, 'inconclusive', { ...LINK, link: { problem: 'ENOTFOUND' } }, { says: /ENOTFOUND/ })],
    'link-gone': [404, 410, 500, 302, 407].map((status) =>
      caseOf(id, 'inconclusive', { ...LINK, link: { status, host: 'wiki.example.com' } }, { name: `${status}` }),
    ),
    attested: [
      caseOf(id, 'pass', LINK, { says: /^Stated by dana@example\.com, until 2027-05-31: .+ \(link not opened\)\.$/ }),
      caseOf(id, 'pass', LINK, { on: '2027-05-31', name: 'on its last day' }),
      caseOf(id, 'pass', LINK, { asked: false, name: 'asked by no list' }),
      caseOf(
        id,
        'pass',
        { ...LINK, drill: { problem: 'its command ended with 1' } },
        { says: /\(no drill: its command ended/ },
      ),
      caseOf(id, 'pass', { ...FILE, note: 'Seen by the board.' }, { says: /; Seen by the board\.$/ }),
      caseOf(id, 'pass', aged('2026-06-01T00:00:00Z'), { says: /from 2026-06-01 to 2027-05-31/ }),
      caseOf(id, 'pass', aged('2026-05-31T11:00:00Z'), { name: 'where it was 1 June already' }),
      ...[200, 204, 401, 403].map((status) =>
        caseOf(id, 'pass', { ...LINK, link: { status, host: 'wiki.example.com' } }, { name: `${status}` }),
      ),
    ],
  };
}

it('attestations are there', () => expect(attestations.length).toBeGreaterThanOrEqual(26));

for (const check of attestations.filter(({ id }) => id !== 'restricts-addresses'))
  judgeCases<Needs>(check as unknown as Check<Needs>, casesOf(check.id), { source: SHARED });

const ID = 'restricts-addresses';
function vantage(name: string, listed: boolean, status: number | null): VantageRead {
  const call = exchange({ id: name, expected: [200], status, ...(status === null ? { ended: 'timeout' } : {}) });
  return { name, via: '127.0.0.2', listed, address: null, call };
}
const seenFrom = (
  name: string,
  outcome: JudgeCase<Needs>['outcome'],
  ...vantages: VantageRead[]
): JudgeCase<Needs> => ({
  ...caseOf(ID, outcome, outcome === 'pass' ? LINK : null),
  name,
  evidence: {
    'attestation.statements': {
      on: '2026-11-30',
      asked: [ID],
      stated: outcome === 'pass' ? { [ID]: LINK } : {},
      vantages,
    },
  },
});
const office = vantage('office', true, 200);
const usual = casesOf(ID);

judgeCases<Needs>(
  restrictsAddresses,
  {
    ...usual,
    observed: [
      seenFrom('refused', 'not-applicable', office, vantage('outside', false, 403)),
      seenFrom('served: the endpoint check fails', 'not-applicable', office, vantage('outside', false, 200)),
    ],
    missing: [
      ...(usual.missing ?? []),
      seenFrom('one vantage point alone', 'inconclusive', office),
      seenFrom('the other was not reached', 'inconclusive', office, vantage('outside', false, null)),
      seenFrom('no control', 'inconclusive', vantage('office', true, 403), vantage('outside', false, 403)),
    ],
    attested: [...(usual.attested ?? []), seenFrom('not seen, but stated', 'pass', office)],
  },
  { source: `${SHARED}\n${read('attestation/restricts-addresses.ts')}` },
);

describe('a statement', () => {
  it('is observed where a drill was seen, and attested where none was', () => {
    const seen = { before: 0, waitedMs: 1, provoked: '1 forged event' };
    const basisOf = (drill: Statement['drill'] | null) =>
      judgeStatement('rotates-keys', {
        on: '2026-11-30',
        asked: [],
        stated: { 'rotates-keys': drill == null ? LINK : { ...LINK, drill } },
      }).basis;
    expect([basisOf({ ...seen, after: 1 }), basisOf({ ...seen, after: 0 })]).toEqual(['observed', 'observed']);
    expect([basisOf({ problem: 'no' }), basisOf(null)]).toEqual([undefined, undefined]);
  });

  it('is shown by what the person is asked', () => {
    for (const { attestation } of attestations) expect(attestation?.shownBy).toMatch(/^(the|screenshots|a) /);
    const questions = attestations.map(({ attestation }) => attestation?.question);
    expect(new Set(questions).size).toBe(attestations.length);
  });
});
