import check from '../../../src/checks/endpoint/remembers-keys-within-window.js';
import { conflict, DAY_MS, deferred, lost, marker, unused, waiting } from '../../helpers/deferred.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const inside = (...input: Parameters<typeof deferred>) => ({ 'endpoint.remembered-key': deferred(...input) });
const afterMs = DAY_MS / 2;
const naming = { idempotency: { replay: 'conflict', conflict: { statuses: 409, resource: '/first' } } } as const;

judgeCases(check, {
  'not-due': [
    {
      outcome: 'inconclusive',
      evidence: { 'endpoint.remembered-key': waiting },
      says: /^A key was used on 2026-01-15 12:00 UTC; run again from 2026-01-16 00:00 UTC to 2026-01-16 10:48 UTC/,
    },
    {
      outcome: 'inconclusive',
      evidence: { 'endpoint.remembered-key': unused },
      says: /endpoint\.url changed since\. A key was used/,
      name: 'an earlier key that is of no use',
    },
  ],
  'not-kept': [{ outcome: 'inconclusive', evidence: { 'endpoint.remembered-key': lost }, says: /EACCES/ }],
  remembered: [
    { outcome: 'pass', evidence: inside({ afterMs }), says: /12 h after it was used, inside the window of 24 h\.$/ },
    {
      outcome: 'pass',
      evidence: inside({ afterMs, again: { json: { id: 'ord_1', late: true } } }),
      says: /content has changed/,
    },
    {
      outcome: 'pass',
      evidence: inside({ afterMs, names: [{ location: '/1' }, { location: '/1' }, { location: '/2' }] }),
      name: 'by Location',
    },
    {
      outcome: 'pass',
      evidence: inside({ afterMs, again: { headers: { Replayed: 'yes' } }, control: { headers: { Replayed: 'yes' } } }),
      contract: marker,
      name: 'a marker that every answer carries says nothing, the id does',
    },
    {
      outcome: 'pass',
      evidence: inside({ afterMs, again: { status: 200 } }),
      contract: conflict,
      name: 'answered with the first resource where a conflict is documented',
    },
  ],
  marked: [
    {
      outcome: 'pass',
      evidence: inside({ afterMs, again: { headers: { Replayed: 'yes' } }, names: [{}, {}, {}] }),
      contract: marker,
    },
  ],
  forgotten: [
    { outcome: 'fail', evidence: inside({ afterMs, names: ['ord_1', 'ord_3', 'ord_2'] }) },
    {
      outcome: 'fail',
      evidence: inside({ afterMs, names: ['ord_1', 'ord_3', 'ord_2'], again: { headers: { Replayed: 'yes' } } }),
      contract: marker,
      name: 'whatever the marker says',
    },
  ],
  'refused-naming': [
    {
      outcome: 'pass',
      evidence: inside({ afterMs, again: { status: 409, json: { first: 'ord_1' } } }),
      contract: naming,
    },
    {
      outcome: 'pass',
      evidence: inside({
        afterMs,
        again: { status: 409, json: { first: 'https://api.example.com/v1/orders/1' } },
        names: [{ location: '/v1/orders/1' }],
      }),
      contract: naming,
      name: 'by its whole address',
    },
    {
      outcome: 'pass',
      evidence: inside({ afterMs, again: { status: 422, json: { first: 'ord_1' } } }),
      contract: { idempotency: { replay: 'conflict', conflict: { statuses: 422, resource: '/first' } } },
      name: 'with another status',
    },
  ],
  refused: [
    { outcome: 'inconclusive', evidence: inside({ afterMs, again: { status: 422 } }) },
    {
      outcome: 'inconclusive',
      evidence: inside({ afterMs, again: { status: 409 } }),
      contract: conflict,
      says: /without naming/,
    },
    {
      outcome: 'inconclusive',
      evidence: inside({ afterMs, again: { status: 409, json: { first: 'ord_9' } } }),
      contract: naming,
      name: 'naming another resource',
    },
  ],
  unnamed: [{ outcome: 'inconclusive', evidence: inside({ afterMs, names: [{}, {}, {}] }) }],
  'names-alike': [{ outcome: 'inconclusive', evidence: inside({ afterMs, names: ['ord_1', 'ord_1', 'ord_1'] }) }],
  'too-late': [
    { outcome: 'inconclusive', evidence: inside({ afterMs: DAY_MS + 1, names: ['ord_1', 'ord_3', 'ord_2'] }) },
  ],
});
