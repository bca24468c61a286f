import { defineProvider } from './define.js';

const DRAFT = 'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/';

/** What the IETF documents promise: the contract where no provider is named. */
export default defineProvider({
  id: 'ietf',
  title: 'The IETF documents',
  layer: {
    contract: {
      auth: { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] },
      idempotency: {
        header: 'Idempotency-Key',
        quoted: true,
        // Sets as real providers keep them: the draft's own answer stands first.
        missing: [400, 422],
        replay: 'same-response',
        changedBody: [422, 409, 400],
        inFlight: { statuses: [409] },
      },
      errors: { default: { contentType: 'application/problem+json', required: ['/type', '/title'] } },
    },
  },
  facts: [
    {
      at: ['contract.auth.headers'],
      says: 'A bearer token goes in the Authorization header.',
      source: 'https://www.rfc-editor.org/rfc/rfc6750',
    },
    {
      at: ['contract.idempotency.header', 'contract.idempotency.quoted'],
      says: 'Idempotency-Key carries a structured-field string: its value stands in double quotes.',
      source: DRAFT,
    },
    {
      at: ['contract.idempotency.missing'],
      says: 'A missing key is answered 400 where one is required.',
      source: DRAFT,
    },
    {
      at: ['contract.idempotency.replay'],
      says: 'A repeat is answered with the result of the first call, success or error.',
      source: DRAFT,
    },
    {
      at: ['contract.idempotency.changedBody'],
      says: 'The same key with another payload is answered 422.',
      source: DRAFT,
    },
    {
      at: ['contract.idempotency.inFlight'],
      says: 'A repeat while the first is being performed is answered 409.',
      source: DRAFT,
    },
    {
      at: ['contract.errors.default'],
      says: 'Errors are application/problem+json; type and title are optional there, and asked for here.',
      source: 'https://www.rfc-editor.org/rfc/rfc9457',
    },
    {
      at: [],
      says: 'A 1xx answer is interim and never the final one.',
      source: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.2',
    },
  ],
  open: ['which classes of errors are stored', 'a marker on replays', 'how long a key is remembered'],
  asks: [
    { at: 'endpoint.url', why: 'the base URL of the API', sample: 'https://sandbox.example.com/v1' },
    { at: 'endpoint.operations.read.path', why: 'a harmless GET that needs the key', sample: '/ping' },
  ],
  keyEnv: 'API_KEY',
  baseUrlEnv: 'API_BASE_URL',
});
