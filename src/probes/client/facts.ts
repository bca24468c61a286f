import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.facts',
  says: 'reading what is configured of your client',
  after: [],
  runs: 0,
  async run({ target, client }) {
    const method = target.config.endpoint?.operations[client.operation]?.method ?? null;
    return {
      patienceMs: client.patience,
      operation: client.operation,
      method: method ?? (client.operation === 'create' ? 'POST' : null),
      hasKey:
        client.key !== undefined ||
        target.config.endpoint?.key !== undefined ||
        target.contract.auth.login !== undefined,
    };
  },
});
