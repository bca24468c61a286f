import { without } from '../../evidence/unlock.js';
import { calledAs, comparisonWith } from '../../openapi/compare.js';
import { defineProbe } from '../define.js';

export default defineProbe({
  key: 'endpoint.description',
  says: 'holding all recorded answers against the OpenAPI description',
  after: [],
  settings: ['endpoint.openapi'],
  last: true,
  calls: ({ description }) => (description === null ? without('endpoint.openapi') : {}),
  async run({ api, traffic }) {
    if (api.description === null) throw new Error('unreachable: without a description it is not planned');
    const comparison = comparisonWith(api.description.bundled, calledAs(api.endpoint.url, api.contract));
    const answers = [];
    for (const exchange of traffic().exchanges) answers.push(await comparison.answer(exchange));
    return { answers };
  },
});
