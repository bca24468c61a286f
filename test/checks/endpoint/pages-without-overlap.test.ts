import check from '../../../src/checks/endpoint/pages-without-overlap.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { page, walked } from '../../helpers/pages.js';

const overlapping = [{ ids: ['a', 'b'] }, { ids: ['b', 'c'], more: false }];

const lost = (ids: string[], again = ids) => ({
  lost: { listed: page('over', { ids }), again: page('again', { ids: again }) },
});

judgeCases(check, {
  unreadable: [
    { outcome: 'inconclusive', evidence: walked([{ status: 500, ids: null }], { stopped: 'unreadable' }) },
    { outcome: 'inconclusive', evidence: walked([]), says: /No page/ },
  ],
  'too-small': [{ outcome: 'inconclusive', evidence: walked([{ ids: ['a'], more: false }]), says: /1 item/ }],
  unnamed: [{ outcome: 'inconclusive', evidence: walked([{ ids: ['a', null] }, { ids: ['b'] }]) }],
  moved: [
    {
      outcome: 'inconclusive',
      evidence: walked(undefined, lost(['a', 'x', 'b'], ['a', 'b', 'c'])),
      says: /Item x was listed and did not come on the walk, but the list changed during the walk/,
      name: 'an item that is gone by now',
    },
    {
      outcome: 'inconclusive',
      evidence: walked(overlapping, { again: page('again', { ids: ['new', 'a'] }) }),
      says: /changed during the walk/,
    },
  ],
  gap: [
    {
      outcome: 'fail',
      evidence: walked(undefined, lost(['a', 'x', 'b', 'c'])),
      says: /Item x, which one page lists before and after the walk, is on none of its 2 pages/,
      figures: { expected: 'each item once', measured: '1 lost item' },
    },
    {
      outcome: 'fail',
      evidence: walked(undefined, lost(['a', 'b', 'x'])),
      name: 'the last of its page, though the walk went on',
    },
  ],
  overlap: [
    {
      outcome: 'fail',
      evidence: walked(overlapping, { again: page('again') }),
      says: /Item b is on page 1 and again on page 2/,
    },
    {
      outcome: 'fail',
      evidence: walked([{ ids: ['a', 'a'] }, { ids: ['c'] }], { again: page('again', { ids: ['a', 'a'] }) }),
      name: 'twice on one page',
    },
  ],
  'one-page': [
    {
      outcome: 'inconclusive',
      evidence: walked([{ ids: ['a', 'b'] }, { ids: [], more: false }]),
      name: 'the second page is the empty one that ends the list',
    },
  ],
  distinct: [
    {
      outcome: 'pass',
      evidence: walked(undefined, lost(['a', 'b', 'c', 'x'])),
      name: 'what the walk ended before is told by the check of its end',
    },
    { outcome: 'pass', evidence: walked(), says: /3 items on 2 pages/ },
    {
      outcome: 'pass',
      evidence: walked([{ ids: ['a'] }, { ids: [] }, { ids: ['new'] }], { stopped: 'bound' }),
      name: 'items may arrive, and pages be empty',
    },
  ],
});
