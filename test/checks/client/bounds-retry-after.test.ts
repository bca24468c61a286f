import check from '../../../src/checks/client/bounds-retry-after.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import type { LaneInput } from '../../helpers/lane.js';
import { control, facts, gaveUp, neverAsked, recovered, runs, unableToRetry } from '../../helpers/lane.js';

const LABEL = '429 with Retry-After: 3600';
const errors = (waitMs: number) => ({ 'client.server-errors': runs(recovered('500', {}, { waitMs })) });
const evidence = (input: Partial<LaneInput>, ownMs = 500) => ({
  ...errors(ownMs),
  'client.facts': facts(),
  'client.control': control(),
  'client.long-retry-after': runs({ ...gaveUp(LABEL), ...input }),
});

judgeCases(check, {
  ...unableToRetry((control, under) => ({
    'client.facts': facts(),
    'client.control': control,
    'client.long-retry-after': under,
    ...errors(500),
  })),
  'gave-up': [
    { outcome: 'pass', evidence: evidence({}), says: /gave up and ended with exit 1\.$/ },
    { outcome: 'pass', evidence: evidence({ exitCode: 0 }), says: /gave up and ended with exit 0\.$/ },
  ],
  'too-early': [
    {
      outcome: 'fail',
      evidence: evidence({ attempts: [{ status: 429 }, { status: 429, waitMs: 3600 }] }),
      says: /after 3\.6 s \(seconds taken for milliseconds\?\)\.$/,
    },
    {
      outcome: 'fail',
      evidence: evidence({ attempts: [{ status: 429 }, { status: 429, waitMs: 3650 }] }),
      says: /taken for milliseconds/,
      name: 'with the usual delay of the client',
    },
    {
      outcome: 'fail',
      evidence: evidence({ attempts: [{ status: 429 }, { status: 429, waitMs: 3610 }] }, 3620),
      says: /after 3\.6 s\.$/,
      name: 'as it always comes back',
    },
    {
      outcome: 'fail',
      evidence: evidence({ attempts: [{ status: 429 }, { status: 429, waitMs: 500 }] }),
      says: /after 0\.5 s\.$/,
      name: 'its own backoff',
    },
    {
      outcome: 'fail',
      evidence: evidence({
        attempts: [{ status: 429 }, { status: 429, waitMs: 30_000 }],
        ended: 'patience',
        durationMs: 60_300,
      }),
      name: 'capped by itself',
    },
  ],
  hangs: [
    {
      outcome: 'fail',
      evidence: evidence({ ended: 'patience', durationMs: 60_300 }),
      says: /after 60 s \(client\.patience\)/,
    },
  ],
  'never-retries': [
    {
      outcome: 'pass',
      evidence: { ...evidence({}), 'client.long-retry-after': neverAsked() },
      says: /one attempt each on 500, 429/,
    },
  ],
});
