// Keys of the contract that several checks rest on: any one of each.

/** Where a call carries its idempotency key. */
export const KEY_PLACE = ['contract.idempotency.header', 'contract.idempotency.bodyField'] as const;
/** Where an answer names its request id. */
export const REQUEST_ID = ['contract.requestId.headers', 'contract.requestId.body'] as const;
