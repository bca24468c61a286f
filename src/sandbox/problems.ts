import { type Answer, type Headers, jsonAnswer } from './answer.js';
import type { World } from './world.js';

const PROBLEMS = {
  malformed_request: { status: 400, title: 'Malformed request' },
  https_required: { status: 400, title: 'HTTPS required' },
  malformed_json: { status: 400, title: 'Malformed JSON' },
  empty_body: { status: 400, title: 'Empty body' },
  invalid_version: { status: 400, title: 'Invalid version' },
  invalid_limit: { status: 400, title: 'Invalid limit' },
  invalid_cursor: { status: 400, title: 'Invalid cursor' },
  idempotency_key_missing: { status: 400, title: 'Idempotency key missing' },
  idempotency_key_invalid: { status: 400, title: 'Idempotency key invalid' },
  idempotency_key_too_long: { status: 400, title: 'Idempotency key too long' },
  reference_expired: { status: 400, title: 'Reference expired' },
  missing_key: { status: 401, title: 'Key missing' },
  invalid_key: { status: 401, title: 'Key invalid' },
  revoked_key: { status: 401, title: 'Key revoked' },
  address_not_listed: { status: 403, title: 'Address not listed' },
  insufficient_scope: { status: 403, title: 'Insufficient scope' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  request_timeout: { status: 408, title: 'Request timeout' },
  already_exists: { status: 409, title: 'Already exists' },
  idempotency_in_progress: { status: 409, title: 'Request in progress' },
  version_removed: { status: 410, title: 'Version removed' },
  body_too_large: { status: 413, title: 'Body too large' },
  target_too_long: { status: 414, title: 'URL too long' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  validation_failed: { status: 422, title: 'Validation failed' },
  idempotency_key_reused: { status: 422, title: 'Idempotency key reused' },
  duplicate_request: { status: 422, title: 'Duplicate request' },
  rate_limited: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'Headers too large' },
  internal_error: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** What a dialect is given to put an error into its own shape. */
export interface Problem {
  readonly status: number;
  readonly code: ProblemCode;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors: readonly FieldError[];
}

interface RefusalExtras {
  readonly headers?: Headers;
  readonly errors?: readonly FieldError[];
  /** Members that do not belong into the error, for defects. */
  readonly leak?: Readonly<Record<string, unknown>>;
}

/** What a defect lets out. */
export const TRACE = [
  "TypeError: Cannot read properties of undefined (reading 'handle')",
  '    at Router.dispatch (/srv/app/node_modules/router/lib/router.js:214:17)',
  '    at async handleRequest (/srv/app/dist/server/http.js:88:5)',
  '    at async Server.<anonymous> (/srv/app/dist/server/index.js:31:3)',
].join('\n');

/** Thrown anywhere while a call is served; becomes the error answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly headers: Headers;
  readonly errors: readonly FieldError[];
  readonly leak: Readonly<Record<string, unknown>>;
  constructor(code: ProblemCode, detail: string, { headers = {}, errors = [], leak = {} }: RefusalExtras = {}) {
    super(detail);
    this.code = code;
    this.headers = headers;
    this.errors = errors;
    this.leak = leak;
  }
}

export function invalid(errors: readonly FieldError[]): Refusal {
  const detail = errors.map(({ pointer, detail }) => `${pointer || 'The body'} ${detail}.`).join(' ');
  return new Refusal('validation_failed', detail, { errors });
}

export function shapeRefusal(world: World, refusal: Refusal, requestId: string): Record<string, unknown> {
  const { title } = PROBLEMS[refusal.code];
  const status = statusOf(world, refusal.code);
  const mute = refusal.code === 'validation_failed' && world.has('explains-nothing');
  const detail = mute ? 'The request could not be processed.' : refusal.message;
  const errors = mute ? [] : refusal.errors;
  return world.dialect.errors.shape({ status, code: refusal.code, title, detail, requestId, errors });
}

function statusOf(world: World, code: ProblemCode): number {
  return world.dialect.errors.statuses[code] ?? PROBLEMS[code].status;
}

export function renderRefusal(world: World, refusal: Refusal, requestId: string): Answer {
  const isInSuccess = refusal.code === 'unsupported_media_type' && world.has('refuses-with-success');
  const status = isInSuccess ? 200 : statusOf(world, refusal.code);
  if (refusal.code === 'missing_key' && world.has('shapes-one-error-differently')) {
    return jsonAnswer(status, { error: 'unauthorized' }, refusal.headers);
  }
  const shaped = { ...shapeRefusal(world, refusal, requestId), ...refusal.leak };
  return jsonAnswer(status, shaped, { ...refusal.headers, 'Content-Type': world.dialect.errors.contentType });
}
