import check from '../../../src/checks/client/fits-key-limits.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { callsIn, control, runs } from '../../helpers/lane.js';

const keys = (key: string) => callsIn(control({ key }));
const limits = (idempotency: object) => ({ idempotency });

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: keys('k') }],
  'no-keys': [{ outcome: 'inconclusive', evidence: callsIn(runs({})), contract: limits({ maxLength: 8 }) }],
  'takes-no-key': [
    {
      outcome: 'not-applicable',
      evidence: callsIn(control({ method: 'GET', key: null })),
      contract: limits({ maxLength: 8 }),
    },
  ],
  fits: [
    {
      outcome: 'pass',
      evidence: keys('12345678'),
      contract: limits({ maxLength: 8, minLength: 8 }),
      name: 'at both bounds',
    },
    { outcome: 'pass', evidence: keys('ab-1'), contract: limits({ characters: '[a-z0-9-]' }) },
    {
      outcome: 'pass',
      evidence: keys('my-sys-1'),
      contract: limits({ reservedPrefixes: ['sys-'] }),
      name: 'not at its beginning',
    },
  ],
  'too-long': [
    {
      outcome: 'fail',
      evidence: callsIn(control({ key: 'k' }), { label: '503', attempts: [{ key: 'k' }, { key: 'k-attempt-2' }] }),
      contract: limits({ maxLength: 8 }),
      says: /11 characters/,
      name: 'of a later attempt',
    },
    { outcome: 'fail', evidence: keys('123456789'), contract: limits({ maxLength: 8 }), says: /9 characters/ },
  ],
  'too-short': [{ outcome: 'fail', evidence: keys('1234567'), contract: limits({ minLength: 8 }) }],
  characters: [
    { outcome: 'fail', evidence: keys('ab_1'), contract: limits({ characters: '[a-z0-9-]' }) },
    {
      outcome: 'fail',
      evidence: keys('abd'),
      contract: limits({ characters: 'a|b' }),
      name: 'an alternative is one character',
    },
  ],
  reserved: [{ outcome: 'fail', evidence: keys('sys-1'), contract: limits({ reservedPrefixes: ['int-', 'sys-'] }) }],
});
