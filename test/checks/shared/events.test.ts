import { describe, expect, it } from 'vitest';
import { judgeGood, judgeRefusals } from '../../../src/checks/shared/events.js';
import { contractSchema } from '../../../src/config/schema.js';
import type { EventControlEvidence, EventRoundsEvidence } from '../../../src/evidence/map.js';

const NONE: EventRoundsEvidence = { rounds: [], settled: null };
const controlOf = (name: string, hasTimestamp: boolean): EventControlEvidence => ({
  scheme: { name, hasTimestamp, several: false },
  told: { scheme: null, secretEnv: null },
  ackMs: 5000,
  rounds: [],
  settled: null,
  watchedMs: null,
  unit: null,
  printed: null,
});

describe('a check that does not apply says what the scheme lacks', () => {
  it.each<[string[], string, boolean, string]>([
    [['stale'], 'GitHub', false, 'Applies to schemes with a timestamp: GitHub has none.'],
    [['future'], 'GitHub', false, 'Applies to schemes with a timestamp: GitHub has none.'],
    [['future'], 'Stripe', true, 'Applies where a timestamp may not be ahead: under Stripe it may.'],
    [['tampered'], 'Odd', false, 'Applies to schemes that sign more than Odd does.'],
  ])('refusals of %j under %s', (groups, name, hasTimestamp, because) => {
    const contract = contractSchema.parse({});
    expect(judgeRefusals(groups, 'An event', controlOf(name, hasTimestamp), NONE, contract)).toMatchObject({
      outcome: 'not-applicable',
      because,
    });
  });

  it.each<[string[], string]>([
    [['rotation'], 'Applies to schemes with several signatures: GitHub has one.'],
    [[], 'Applies with contract.webhook.id: where an event says its id.'],
  ])('good events of %j', (groups, because) => {
    expect(judgeGood('An event', controlOf('GitHub', false), NONE, groups)).toMatchObject({ because });
  });
});
