import check from '../../../src/checks/endpoint/forgets-expired-keys.js';
import { conflict, DAY_MS, deferred, lost, marker, open } from '../../helpers/deferred.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const after = (...input: Parameters<typeof deferred>) => ({ 'endpoint.expired-key': deferred(...input) });
const afterMs = 1.2 * DAY_MS;
const apart = ['ord_1', 'ord_3', 'ord_2'];

judgeCases(check, {
  'not-due': [
    {
      outcome: 'inconclusive',
      evidence: { 'endpoint.expired-key': open },
      says: /run again from 2026-01-16 14:24 UTC on/,
    },
  ],
  'not-kept': [{ outcome: 'inconclusive', evidence: { 'endpoint.expired-key': lost } }],
  forgotten: [
    {
      outcome: 'pass',
      evidence: after({ afterMs, names: apart }),
      says: /28\.8 h after it was used, with a window of 24 h/,
    },
    {
      outcome: 'pass',
      evidence: after({ afterMs, names: ['ord_1', 'ord_2', 'ord_2'] }),
      name: 'merged with the control, but not the first resource',
    },
  ],
  remembered: [{ outcome: 'fail', evidence: after({ afterMs }) }],
  marked: [
    {
      outcome: 'fail',
      evidence: after({ afterMs, names: [{}, {}, {}], again: { headers: { Replayed: 'yes' } } }),
      contract: marker,
    },
  ],
  refused: [
    { outcome: 'inconclusive', evidence: after({ afterMs, again: { status: 400 } }) },
    {
      outcome: 'inconclusive',
      evidence: after({ afterMs, again: { status: 409 } }),
      contract: conflict,
      name: 'a conflict may be about the body as well as about the key',
    },
  ],
  unnamed: [{ outcome: 'inconclusive', evidence: after({ afterMs, names: [{}, {}, {}] }) }],
  'names-alike': [{ outcome: 'inconclusive', evidence: after({ afterMs, names: ['ord_1', 'ord_1', 'ord_1'] }) }],
  'too-early': [{ outcome: 'inconclusive', evidence: after({ afterMs: DAY_MS, names: apart }) }],
});
