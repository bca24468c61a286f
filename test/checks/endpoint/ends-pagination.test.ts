import check from '../../../src/checks/endpoint/ends-pagination.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { page, walked } from '../../helpers/pages.js';

const two = [{ ids: ['a', 'b'] }, { ids: ['c', 'd'] }];
const lost = (...ids: string[]) => ({ lost: { listed: page('over', { ids }), again: page('again', { ids }) } });
const contract = { pagination: { style: 'page', items: '/data', end: 'empty-page' } } as const;

judgeCases(check, {
  unreadable: [{ outcome: 'inconclusive', evidence: walked([{ status: 404, ids: null }], { stopped: 'unreadable' }) }],
  'too-small': [{ outcome: 'inconclusive', evidence: walked([{ ids: [], more: false }]) }],
  ended: [
    { outcome: 'pass', evidence: walked(), says: /no next page named/ },
    { outcome: 'pass', evidence: walked([...two, { ids: [], more: false }]), contract, says: /an empty page/ },
    {
      outcome: 'pass',
      evidence: walked(two, lost('a', 'x', 'b')),
      name: 'an item lost on the way is no matter of the end',
    },
    { outcome: 'pass', evidence: walked(two, lost('a', 'b', 'x')), name: 'nor one after which the walk went on' },
  ],
  loops: [{ outcome: 'fail', evidence: walked(two, { stopped: 'loop' }) }],
  'ends-early': [
    {
      outcome: 'fail',
      evidence: walked(undefined, { endsEarly: page('again', { ids: ['a', 'b'], asked: 100, more: false }) }),
      says: /asked for 100 items, gave 2, .* smaller pages show 3/,
    },
    {
      outcome: 'fail',
      evidence: walked(two, lost('a', 'b', 'c', 'd', 'e')),
      says: /ended without 1 item that one page lists before and after it, e\.g\. e/,
      figures: { expected: '5 items', measured: '4 items' },
      name: 'a page shows more than the whole walk',
    },
    {
      outcome: 'fail',
      evidence: walked([{ ids: ['a'], more: false }], lost('a', 'b')),
      name: 'a walk of one page, though another page shows more',
    },
  ],
  moved: [
    {
      outcome: 'inconclusive',
      evidence: walked(two, {
        lost: { listed: page('over', { ids: ['a', 'b', 'c', 'd', 'e'] }), again: page('again') },
      }),
      says: /the list changed during the walk/,
    },
  ],
  'no-next': [
    { outcome: 'fail', evidence: walked([{ ids: ['a'] }], { stopped: 'no-next' }), says: /names no next page/ },
  ],
  'breaks-off': [
    {
      outcome: 'fail',
      evidence: walked([...two, { status: 500, ids: null }], { stopped: 'unreadable' }),
      says: /^Page 3 \(GET \/v1\/products\) was answered 500/,
    },
  ],
  elsewhere: [{ outcome: 'inconclusive', evidence: walked(two, { stopped: 'elsewhere' }) }],
  endless: [
    {
      outcome: 'fail',
      evidence: walked([{ ids: ['a'] }, { ids: [] }, { ids: [] }, { ids: [] }], { stopped: 'bound' }),
      says: /the last 3 of them empty/,
    },
  ],
  longer: [
    { outcome: 'inconclusive', evidence: walked(two, { stopped: 'bound' }), contract, says: /operations\.list/ },
    {
      outcome: 'inconclusive',
      evidence: walked([...two, { ids: ['e'] }, { ids: [] }, { ids: [] }], { stopped: 'bound' }),
      name: 'two empty pages at the end are not many',
    },
  ],
});
