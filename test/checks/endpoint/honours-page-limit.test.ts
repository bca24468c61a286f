import check from '../../../src/checks/endpoint/honours-page-limit.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type PageInput, page, walked } from '../../helpers/pages.js';

const small = (input: PageInput, walk?: readonly PageInput[]) => walked(walk, { small: page('small', input) });
const only = [{ ids: ['a', 'b'], more: false }];

judgeCases(check, {
  unset: [{ outcome: 'not-applicable', evidence: walked() }],
  unreadable: [
    { outcome: 'inconclusive', evidence: small({ status: 400, ids: null }), says: /no page/ },
    { outcome: 'inconclusive', evidence: small({ ids: null }), says: /contract\.pagination\.items/ },
  ],
  ignored: [{ outcome: 'fail', evidence: small({ ids: ['a', 'b', 'c'] }), says: /asked for 2 items and gave 3/ }],
  'too-small': [
    { outcome: 'inconclusive', evidence: small({ ids: [], more: false }, [{ ids: [], more: false }]) },
    { outcome: 'inconclusive', evidence: small({ more: false }, only), name: 'exactly as many' },
    { outcome: 'inconclusive', evidence: small({ more: null }, only), name: 'a page that does not tell' },
  ],
  honoured: [
    { outcome: 'pass', evidence: small({}), says: /though there are more/ },
    { outcome: 'pass', evidence: small({ more: null }), name: 'the walk shows that there are more' },
    { outcome: 'pass', evidence: small({ ids: ['a'], more: true }), name: 'fewer are no fault' },
    { outcome: 'pass', evidence: small({ more: true }, only), name: 'the page says that there are more' },
  ],
});
