import { isLack, lack } from '../../evidence/unlock.js';
import { defineProbe } from '../define.js';
import { countCalls, withEffect } from '../effect.js';
import { NO_MOCK } from '../writing.js';

const CASES = ['broken JSON', 'wrong content type', 'empty body'] as const;

export default defineProbe({
  key: 'endpoint.malformed-bodies',
  says: 'sending bodies that cannot be read',
  after: ['endpoint.authenticated'],
  settings: ['endpoint.operations.create.body'],
  calls(api) {
    if (api.endpoint.mock) return NO_MOCK;
    const create = api.call('create', { expected: [] });
    if (isLack(create)) return create;
    const payload = create.payload;
    if (payload === null || !('json' in payload))
      return lack('endpoint.operations.create.body (a JSON body)', 'endpoint.operations.create.body');
    const text = JSON.stringify(payload.json);
    const json = 'application/json';
    return {
      'broken JSON': { ...create, payload: { text: text.slice(0, -1), contentType: json } },
      'wrong content type': { ...create, payload: { text, contentType: 'text/plain' } },
      'empty body': { ...create, payload: { text: '', contentType: json } },
      ...countCalls(api),
    };
  },
  async run(context) {
    const unique = context.fresh();
    const act = async () => {
      const calls = await Promise.all(
        CASES.map((defect) => context.send(defect, { unique, key: context.freshKey(), whatever: true })),
      );
      return { calls };
    };
    const { calls, effect } = await withEffect(context, unique, '', act);
    return {
      cases: CASES.flatMap((defect, at) => (calls[at] === undefined ? [] : [{ defect, call: calls[at] }])),
      effect,
    };
  },
});
