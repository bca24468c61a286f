import check from '../../../src/checks/endpoint/honours-pinned-version.js';
import { type ExchangeInput, exchange, read, target } from '../../helpers/exchange.js';
import { judgeCases } from '../../helpers/judge-cases.js';

const [PINNED, DEFAULT] = ['2025-06-01', '2024-01-01'];
const evidence = (pinned: ExchangeInput, unpinned: ExchangeInput, environment: 'sandbox' | 'live' = 'sandbox') => ({
  'endpoint.authenticated': read({ version: PINNED, ...pinned }),
  'endpoint.absent-version': { call: exchange({ id: 'absent-version.call', ...unpinned }) },
  'endpoint.target': target(environment),
});
const echo = (version: string): ExchangeInput => ({ headers: { 'Api-Version': version } });
const byEcho = { version: { name: 'Api-Version', value: PINNED, echo: 'Api-Version' } };
const byBody = { version: { ...byEcho.version, shownAt: '/api_version' } };
const withDefault = { version: { ...byEcho.version, absent: DEFAULT } };

const latestOnly = { version: { ...byEcho.version, latestOnlyInSandbox: true } };

const byDiffers = { version: { name: 'Api-Version', differs: { pointer: '/name', values: [DEFAULT, PINNED] } } };
const differing = (first: ExchangeInput, other: ExchangeInput, again = first) => ({
  ...evidence({}, {}),
  'endpoint.absent-version': {
    call: exchange({ id: 'absent-version.call' }),
    differs: {
      first: exchange({ id: 'absent-version.first', version: DEFAULT, ...first }),
      again: exchange({ id: 'absent-version.again', version: DEFAULT, ...again }),
      other: exchange({ id: 'absent-version.other', version: PINNED, ...other }),
    },
  },
});
const named = (name: unknown): ExchangeInput => ({ json: { name } });

judgeCases(check, {
  differs: [
    {
      outcome: 'pass',
      evidence: differing(named('Dana'), named({ first: 'Dana' })),
      contract: byDiffers,
      says: /\/name is "Dana" in 2024-01-01 and \{"first":"Dana"\} in 2025-06-01/,
    },
    { outcome: 'pass', evidence: differing(named('Dana'), named(undefined)), contract: byDiffers, name: 'it is gone' },
  ],
  alike: [{ outcome: 'fail', evidence: differing(named('Dana'), named('Dana')), contract: byDiffers }],
  moves: [
    {
      outcome: 'inconclusive',
      evidence: differing(named(1), named(3), named(2)),
      contract: byDiffers,
      says: /2024-01-01/,
    },
  ],
  nowhere: [{ outcome: 'inconclusive', evidence: differing({ json: {} }, { json: {} }), contract: byDiffers }],
  'version-refused': [
    {
      outcome: 'inconclusive',
      evidence: differing(named('Dana'), { status: 400 }),
      contract: byDiffers,
      says: /in version 2025-06-01 was answered 400/,
    },
  ],
  unset: [
    { outcome: 'not-applicable', evidence: evidence({}, {}) },
    {
      outcome: 'not-applicable',
      evidence: evidence({}, {}),
      contract: { version: { value: PINNED } },
      name: 'nothing shows it',
    },
    {
      outcome: 'not-applicable',
      evidence: evidence({}, {}),
      contract: { version: { echo: 'V' } },
      name: 'nothing is pinned',
    },
  ],
  'control-failed': [{ outcome: 'inconclusive', evidence: evidence({ status: 401 }, echo(DEFAULT)), contract: byEcho }],
  'not-shown': [
    { outcome: 'inconclusive', evidence: evidence({}, {}), contract: byEcho, says: /at Api-Version/ },
    {
      outcome: 'inconclusive',
      evidence: evidence({ json: { api_version: null } }, { json: { api_version: null } }),
      contract: byBody,
      name: 'null in the body',
    },
  ],
  honoured: [
    { outcome: 'pass', evidence: evidence(echo(PINNED), echo(DEFAULT)), contract: byEcho },
    {
      outcome: 'pass',
      evidence: evidence(echo(PINNED), echo(DEFAULT)),
      contract: withDefault,
      name: 'the default as documented',
    },
    {
      outcome: 'pass',
      evidence: evidence(echo(PINNED), echo(DEFAULT)),
      contract: latestOnly,
      name: 'a sandbox that serves older ones after all',
    },
    {
      outcome: 'pass',
      evidence: evidence(echo(PINNED), { status: 400, json: { error: 'version required' } }),
      contract: byEcho,
      says: /nothing without/,
      name: 'a version is required',
    },
    {
      outcome: 'pass',
      evidence: evidence({ json: { api_version: PINNED } }, { json: { api_version: DEFAULT }, ...echo(PINNED) }),
      contract: byBody,
      name: 'the body is believed before the echo',
    },
    {
      outcome: 'pass',
      evidence: evidence({ json: { api_version: 2 } }, { json: { api_version: 1 } }),
      contract: { version: { name: 'v', value: '2', shownAt: '/api_version' } },
      name: 'a number in the body',
    },
  ],
  'not-pinned': [
    { outcome: 'fail', evidence: evidence(echo(DEFAULT), echo(DEFAULT)), contract: byEcho, says: /says 2024-01-01/ },
    {
      outcome: 'fail',
      evidence: evidence({ json: { api_version: DEFAULT }, ...echo(PINNED) }, { json: { api_version: DEFAULT } }),
      contract: byBody,
      name: 'echoed, but not served',
    },
  ],
  'other-default': [
    { outcome: 'fail', evidence: evidence(echo(PINNED), echo('2023-01-01')), contract: withDefault },
    { outcome: 'fail', evidence: evidence(echo(PINNED), {}), contract: withDefault, says: /says nothing/ },
  ],
  'latest-only': [{ outcome: 'not-applicable', evidence: evidence(echo(PINNED), echo(PINNED)), contract: latestOnly }],
  same: [
    {
      outcome: 'inconclusive',
      evidence: evidence(echo(PINNED), echo(PINNED), 'live'),
      contract: latestOnly,
      name: 'the live API serves older ones too',
    },
    { outcome: 'inconclusive', evidence: evidence(echo(PINNED), echo(PINNED)), contract: byEcho },
    {
      outcome: 'inconclusive',
      evidence: evidence({ json: { api_version: PINNED } }, { json: { api_version: PINNED } }),
      contract: byBody,
      name: 'in the body',
    },
  ],
});
