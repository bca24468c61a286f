import type { TargetInput } from '../schema.js';

/** What the IETF documents promise: the contract where no provider is named. */
export default {
  contract: {
    name: 'ietf',
    sources: [
      'https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/',
      'https://www.rfc-editor.org/rfc/rfc9457',
      'https://www.rfc-editor.org/rfc/rfc9110',
    ],
    auth: { headers: [{ name: 'Authorization', prefix: 'Bearer ' }] },
    idempotency: {
      header: 'Idempotency-Key',
      quoted: true, // a structured-field string
      // Sets as real providers keep them: the draft's own answer stands first.
      missing: [400, 422],
      replay: 'same-response',
      changedBody: [422, 409, 400],
      inFlight: { statuses: [409] },
    },
    errors: { default: { contentType: 'application/problem+json', required: ['/type', '/title'] } },
  },
} as const satisfies Pick<TargetInput, 'contract'>;
