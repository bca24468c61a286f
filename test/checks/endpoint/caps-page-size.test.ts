import check from '../../../src/checks/endpoint/caps-page-size.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { type PageInput, page, walked } from '../../helpers/pages.js';

const ids = (amount: number) => Array.from({ length: amount }, (_, at) => `item ${at}`);
const over = (input: PageInput, walk?: readonly PageInput[]) =>
  walked(walk, { over: page('over', { asked: 4, more: null, ...input }) });
const contract = {
  pagination: { style: 'page', items: '/data', end: 'null-next', limitParameter: 'limit', maximum: 3 },
} as const;

judgeCases(check, {
  unset: [
    { outcome: 'not-applicable', evidence: walked(), contract },
    { outcome: 'not-applicable', evidence: over({ ids: ids(4) }), name: 'no maximum in the contract' },
  ],
  unreadable: [
    {
      outcome: 'inconclusive',
      evidence: over({ status: 401, ids: null }, [{ status: 401, ids: null }]),
      contract,
      name: 'nothing could be read at all',
    },
    { outcome: 'inconclusive', evidence: over({ ids: null }), contract },
  ],
  refused: [{ outcome: 'pass', evidence: over({ status: 422, ids: null }), contract, says: /refused with 422/ }],
  'other-answer': [{ outcome: 'fail', evidence: over({ status: 500, ids: null }), contract }],
  uncapped: [{ outcome: 'fail', evidence: over({ ids: ids(4) }), contract, says: /gave 4/ }],
  'too-small': [{ outcome: 'inconclusive', evidence: over({ ids: ids(2) }, [{ ids: ids(2), more: false }]), contract }],
  'just-full': [{ outcome: 'inconclusive', evidence: over({ ids: ids(3) }, [{ ids: ids(3), more: false }]), contract }],
  clamped: [
    { outcome: 'pass', evidence: over({ ids: ids(3), more: true }), contract },
    { outcome: 'pass', evidence: over({ ids: ids(3) }, [{ ids: ids(3) }, { ids: ['last'] }]), contract },
    { outcome: 'pass', evidence: over({ ids: ids(1), more: true }), contract, name: 'back to a default' },
    {
      outcome: 'pass',
      evidence: over({ ids: ids(2) }, [{ ids: ids(3) }, { ids: ['last'] }]),
      contract,
      name: 'back to a default, as the walk shows',
    },
    {
      outcome: 'pass',
      evidence: over({ ids: ids(1), more: true }, [{ ids: ids(1) }]),
      contract,
      name: 'back to a default, as the answer says',
    },
    {
      outcome: 'pass',
      evidence: over({ ids: ids(3), more: true }, [{ ids: ids(3) }]),
      contract,
      name: 'to the maximum, as the answer says',
    },
  ],
});
