import { defineStatementProbe } from '../define.js';

export default defineStatementProbe({
  key: 'attestation.statements',
  says: 'reading what people state in the config',
  after: [],
  async run({ on, asked, stated, vantages, lookAt }) {
    const looks = Object.entries(stated).map(async ([id, one]) => [id, { ...one, ...(await lookAt(id)) }] as const);
    return {
      on,
      asked,
      stated: Object.fromEntries(await Promise.all(looks)),
      ...(vantages === null ? {} : { vantages }),
    };
  },
});
