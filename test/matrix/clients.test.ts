// All sample clients against the checks that their sin can touch, end to end through the built command line; with
// `npm test -- --full` against all checks.
import { expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/index.js';
import { checksFor, OTHER_WAITS, SAINTS, SINNERS } from '../../src/dev/client-rows.js';
import { CLIENT_NAMES, inTurn, isWrong, OF_MANY_RUNS, type Row, runClient, settled } from '../../src/dev/confusion.js';
import { probesRun } from '../../src/dev/covered.js';
import { PROBES } from '../../src/probes/index.js';
import { CLIENTS, type ClientName, isIntercepted, notApplicableTo } from '../../src/sandbox/clients.js';
import { isFull } from '../helpers/full.js';
import { expectRight } from './right.js';

it('each sample client fails its own checks, and nothing else', { timeout: 1_200_000 }, async () => {
  const first = (client: ClientName) => (isFull() ? undefined : checksFor(client));
  expectRight(await inTurn(CLIENT_NAMES, 4, (client, open) => runClient(client, open ?? first(client))));
});

const OF_CLIENTS = CHECKS.filter(({ kind }) => kind === 'client').map(({ id }) => id as string);

/** Probes that run for a client, but for checks that do not apply to it. */
function probesFor(client: ClientName): string[] {
  const asked = checksFor(client).filter((id) => !notApplicableTo(client).includes(id));
  return [...probesRun(CHECKS.filter(({ id }) => asked.includes(id)))];
}

it('lets saints be judged by all checks, or by those of waits or of the wire, and each sinner by those it must fail', () => {
  expect([...SAINTS, ...SINNERS].toSorted()).toEqual([...CLIENT_NAMES].toSorted());
  const intercepted = SAINTS.filter(isIntercepted);
  const whole = SAINTS.filter((saint) => !isIntercepted(saint) && !OTHER_WAITS.includes(saint));
  expect(whole.length).toBeGreaterThan(1);
  for (const saint of whole) expect(checksFor(saint), saint).toEqual(OF_CLIENTS);
  for (const saint of OTHER_WAITS) expect(checksFor(saint), saint).toEqual(expect.arrayContaining([...OF_MANY_RUNS]));
  // Where the wire is another: calls that are cut, held up, sent elsewhere, or meet a false certificate.
  const wire = [
    'keeps-body-on-its-origin',
    'keeps-key-on-its-origin',
    'rejects-truncated-responses',
    'retries-lost-connections',
    'retries-server-errors',
    'survives-lost-response',
    'survives-slow-responses',
    'times-out',
    'uses-https-only',
    'verifies-certificates',
  ];
  expect(intercepted.length).toBeGreaterThan(0);
  for (const saint of intercepted) expect(checksFor(saint), saint).toEqual(expect.arrayContaining(wire));
  for (const sinner of SINNERS)
    expect(checksFor(sinner), sinner).toEqual(expect.arrayContaining([...CLIENTS[sinner].flips]));
});

it('lets every probe of a client meet a sinner, and every check judge clients that must pass it', () => {
  const run = SINNERS.flatMap(probesFor);
  const probes = PROBES.filter(({ uses }) => uses === 'client').map(({ key }) => key);
  expect(probes.filter((key) => !run.includes(key))).toEqual([]);
  const passing = CLIENT_NAMES.flatMap((client) => {
    const flips: readonly string[] = [...CLIENTS[client].flips, ...notApplicableTo(client)];
    return checksFor(client).filter((id) => !flips.includes(id));
  });
  expect(OF_CLIENTS.filter((id) => !passing.includes(id))).toEqual([]);
});

it('runs once more by the open checks alone, and forgets nothing that failed', () => {
  const row: Row = {
    name: 'small-pages',
    declared: ['requests-full-pages', 'pages-to-the-end'],
    failed: ['pages-to-the-end'],
    inconclusive: ['requests-full-pages', 'jitters-backoff'],
    other: [],
    redLines: [],
    judged: 54,
    exitCode: 1,
  };
  const later = { ...row, failed: ['requests-full-pages'], inconclusive: [], judged: 1 };
  expect(settled(row, later)).toEqual({
    ...row,
    failed: ['pages-to-the-end', 'requests-full-pages'],
    inconclusive: ['jitters-backoff'],
  });
  expect(settled(row, { ...later, failed: [], inconclusive: ['requests-full-pages'] })).toEqual(row);
  expect(isWrong(settled(row, { ...later, failed: ['times-out'] }))).toBe(true);
});
