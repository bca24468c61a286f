import { without } from '../../evidence/unlock.js';
import { scenario } from '../../lanes/scenario.js';
import { ok, scriptOf, step } from '../../proxy/arm.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.business-errors',
  says: 'answering your client with business errors',
  after: ['client.control'],
  settings: ['client.businessErrors'],
  runs: 1,
  missing({ config }, { businessErrors }) {
    const errors = Object.values(businessErrors);
    if (errors.length === 0) return without('client.businessErrors');
    const others = errors.flatMap(({ operation }) => (operation === undefined ? [] : [operation]));
    const unknown = others.find((operation) => config.endpoint?.operations[operation] === undefined);
    return unknown === undefined ? null : without(`endpoint.operations.${unknown}`);
  },
  async run({ client }, lanes) {
    const errors = Object.entries(client.businessErrors);
    const scenarios = errors.map(([code, { status, body, reaction }]) => {
      const refused = { status, ...(body === undefined ? { code } : { body }) };
      // What is final stays so; what another call or a repeat can mend is mended.
      const script =
        reaction === 'stop' ? scriptOf(step('status', refused, null)) : scriptOf(step('status', refused), ok);
      return scenario(code, script, { expectedMs: 3_000, otherWork: true });
    });
    return {
      cases: errors.map(([code, { reaction, operation }]) => ({ code, reaction, operation: operation ?? null })),
      runs: await lanes.run(scenarios),
    };
  },
});
