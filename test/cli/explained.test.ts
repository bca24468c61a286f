// `explain` of every check there is: from the data of the probes and checks, and in the words of a user.
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/index.js';
import type { Check } from '../../src/checks/verdict.js';
import { explained, NEEDED, snippetOf } from '../../src/cli/explained.js';
import { targetSchema } from '../../src/config/schema.js';
import { alongPath } from '../../src/config/walk.js';
import { unlockOf } from '../../src/evidence/unlock.js';
import { PROBES } from '../../src/probes/index.js';
import { renderExplain } from '../../src/views/explain.js';
import { PLAIN } from '../report/made.js';

const all: readonly Check[] = CHECKS;

describe('explain', () => {
  it.each(
    all.map((check) => [check.id, check] as const),
  )('%s fits, in ASCII, and names nothing of ours', async (_, check) => {
    const facts = await explained(check);
    const text = renderExplain(check, facts, { ...PLAIN, unicode: false, width: 80 });
    expect(text).toMatch(/^[\n -~]*$/);
    const long = text.split('\n').filter((line) => line.length > 80 && !line.includes('://'));
    expect(long).toEqual([]);
    expect(PROBES.map(({ key }) => key).filter((key) => text.includes(key) && !isKnown(key))).toEqual([]);
    expect(facts.trials).not.toEqual([]);
    if (check.kind !== 'attestation')
      expect(facts.example).toMatchObject({ pass: expect.stringMatching(/\S/), fail: expect.stringMatching(/\S/) });
    expect(facts.settings.flat().filter((key) => !isKnown(key))).toEqual([]);
  });

  it('tells of each run of the client what is done to it', async () => {
    const check = all.find(({ id }) => id === 'retries-server-errors');
    if (check === undefined) throw new Error('no such check');
    const { trials } = await explained(check);
    expect(trials.flatMap(({ runs }) => runs)).toContainEqual({
      label: '503',
      done: 'The API answers 503, then as usual.',
      times: 1,
    });
  });

  it('shows what a check needs as YAML, the first of each choice', () => {
    const lines = snippetOf([
      ['endpoint.url'],
      ['client.durable: true'],
      ['contract.idempotency.header', 'contract.idempotency.bodyField'],
      ['endpoint.operations.create'],
    ]);
    expect(lines.map(({ depth, text }) => `${'  '.repeat(depth)}${text}`)).toEqual([
      'endpoint:',
      '  url: …',
      '  operations:',
      '    create: { … }',
      'client:',
      '  durable: true',
      'contract:',
      '  idempotency:',
      '    header: …',
    ]);
  });

  it('needs of each kind what a config can hold', () => {
    const keys = Object.values(NEEDED).flatMap((some) => unlockOf(some).flat());
    expect(keys.filter((key) => !isKnown(key))).toEqual([]);
  });
});

function isKnown(key: string): boolean {
  const steps = (key.split(': ')[0] ?? '').split('.');
  return alongPath(targetSchema, steps).length > steps.length;
}
