import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.facts',
  says: 'reading the configuration of your client',
  after: [],
  runs: 0,
  async run({ target, client }) {
    const { endpoint } = target.config;
    const operation = endpoint?.operations[client.operation];
    const method = operation?.method ?? null;
    const guessed =
      client.upstream === 'stub' && operation?.answer === undefined && operation?.answerStatus === undefined;
    const url = endpoint === undefined || client.intercept === undefined ? null : new URL(endpoint.url);
    return {
      patienceMs: client.patience,
      operation: client.operation,
      method: method ?? (client.operation === 'create' ? 'POST' : null),
      hasKey: client.key !== undefined || endpoint?.key !== undefined || target.contract.auth.login !== undefined,
      ...(guessed ? { guessed } : {}),
      ...(target.isFast === true ? { isFast: true } : {}),
      ...(url === null ? {} : { intercepted: { host: url.hostname, secure: url.protocol === 'https:' } }),
    };
  },
});
