import { DEFAULT_DIALECT } from '../dialect.js';
import { byCursor } from '../paging.js';
import type { ProblemCode } from '../problems.js';
import type { Fields } from '../resources.js';
import type { Part } from './define.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Error types by our own codes; others are bad requests. */
const TYPES: Partial<Record<ProblemCode, string>> = {
  missing_key: 'unauthorized',
  invalid_key: 'invalid_api_key',
  revoked_key: 'invalid_api_key',
  insufficient_scope: 'ordering_restricted',
  address_not_listed: 'forbidden',
  https_required: 'insecure_protocol',
  invalid_version: 'invalid_version',
  version_removed: 'version_removed',
  invalid_cursor: 'pagination_error',
  idempotency_key_reused: 'idempotency_validation_error',
  idempotency_in_progress: 'idempotency_in_progress',
  not_found: 'not_found',
  validation_failed: 'validation_error',
  internal_error: 'internal_server_error',
};

const SAMPLE = {
  payment_method: { type: 'ACCOUNT_BALANCE', currency: 'USD' },
  items: [
    {
      face_value: 10,
      distribution_method: { type: 'PAYOUT_LINK' },
      products: { type: 'TEMPLATE', template_id: 'PT-01HQ12PV4B8XMBRTK281JM54KK' },
    },
  ],
};
const MONEY = { currency: 'USD', total_price: '10.00', total_discount: '0.00' };

/** An order that is not finished shows nothing but that. */
function order({ id, status, created_at, payment_method, items }: Fields, at: 'create' | 'read' | 'list'): Fields {
  if (at === 'create') return { id, status };
  if (status === 'PROCESSING') return { id, status, message: 'The order is being processed.' };
  const basic = { id, status, created_at, completed_at: created_at, payment_method, ...MONEY };
  if (at === 'list') return basic;
  const ordered = Array.isArray(items) ? items.filter((item) => typeof item === 'object' && item !== null) : [];
  return {
    ...basic,
    items: ordered.map((item: Fields, at) => ({
      ...item,
      id: `${String(id).replace('O-', 'E-')}${at}`,
      currency: 'USD',
      face_value: String(item.face_value),
      price: '10.00',
      payout: { status: 'ACTIVE', status_updated_at: created_at, url: `https://spend.example.com/${id}-${at}` },
    })),
  };
}

/** The playground: keys begin with xx, and the latest version alone is served. */
const part: Part = {
  dialect: {
    ...DEFAULT_DIALECT,
    basePath: '/v2',
    readPath: '/v2/ping',
    ping: () => ({ message: 'pong' }),
    // No documented limit can be met in a short demonstration: this path has one of its own.
    ratesPath: '/v2/product/countries',
    rates: { countries: [] },
    resources: [
      {
        collection: 'order',
        singular: 'order',
        idPrefix: 'O-',
        status: 'COMPLETED',
        requiresKey: true,
        offers: [],
        // More than one page at the largest page size.
        seeded: { count: 520, item: () => SAMPLE },
        show: order,
        fields: {
          payment_method: {
            type: 'object',
            fields: { type: { type: 'string', max: 40 }, currency: { type: 'string', max: 3 } },
          },
          items: {
            type: 'list',
            fields: {
              face_value: { type: 'positive-number' },
              distribution_method: { type: 'object', fields: { type: { type: 'string', max: 40 } } },
              products: {
                type: 'object',
                fields: {
                  type: { type: 'string', max: 40 },
                  template_id: { type: 'string', max: 80, optional: true },
                  value: { type: 'string', max: 80, optional: true },
                },
              },
            },
          },
          description: { type: 'string', max: 200, optional: true },
        },
      },
    ],
    auth: {
      header: 'X-Api-Key',
      prefix: '',
      keyPrefixes: { sandbox: 'xxDEMO.', live: 'wgDEMO.' },
      login: null,
      challenge: () => ({ 'WWW-Authenticate': 'ApiKey realm="sandbox"' }),
    },
    version: {
      header: 'X-Api-Version',
      latest: '2024-02-05',
      default: '2024-02-05',
      supported: ['2024-02-05'],
      removed: ['2023-01-16', '2023-07-27'],
      deprecated: {},
    },
    requestId: null,
    acceptance: { pendingStatus: 'PROCESSING', takesMs: 60, isListed: true },
    locates: false,
    bodies: ['json'],
    idempotency: {
      carrier: { header: 'X-Idempotency-Key' },
      maxCharacters: null,
      windowMs: 30 * DAY_MS,
      storesRefusals: true,
      repeats: 'answered',
      marker: {},
    },
    errors: {
      contentType: 'application/json',
      // Of the two answers to a repeat in flight, 102 is none that a client could read.
      statuses: { idempotency_key_reused: 400, idempotency_in_progress: 400, duplicate_request: 400 },
      shape: ({ code, detail, errors }) =>
        code === 'rate_limited'
          ? { error: 'rate exceeded' }
          : {
              type: TYPES[code] ?? 'bad_request',
              message: detail,
              ...(code === 'validation_failed' && {
                details: errors.map(({ pointer, detail }) => ({
                  type: 'value_error',
                  message: detail,
                  location: ['body', ...pointer.split('/').slice(1)],
                })),
              }),
            },
    },
    paging: {
      defaultLimit: 100,
      maxLimit: 500,
      by: byCursor('after'),
      // The cursor is there on the last page too: the end is an empty page.
      body: ({ items, limit, next, endsWrongly }) => ({
        items,
        pagination: {
          cursors: endsWrongly ? {} : { after: next },
          page: { limit },
        },
      }),
      totalHeader: null,
    },
    rateLimit: {
      byPath: { '/v2/product/countries': { policy: 'countries', limit: 8, windowMs: 1000 } },
      headers: () => ({}),
    },
  },
  config: {
    contract: { rateLimit: { operation: 'countries', quota: { requests: 8, windowMs: 1000 } } },
    endpoint: {
      operations: {
        countries: { path: '/product/countries' },
        create: { poll: { everyMs: 30 } },
      },
    },
    checks: { 'limits-bursts': 'minor' },
  },
  flips: { 'claims-live': [], 'refuses-with-success': [] },
  unpromised: [
    'accepts-batches',
    'accepts-longest-key',
    'answers-as-described',
    'answers-in-time',
    'documents-its-errors',
    'honours-pinned-version',
    'ignores-unknown-event-types',
    'invalidates-caches-on-events',
    'marks-replays',
    'reads-with-live-key',
    'rejects-overlong-key',
    'replays-updates',
    'reports-rate-limits',
    'sends-request-id',
    'sends-request-id-on-errors',
    'sends-unique-request-ids',
    'updates-status-on-events',
  ],
};

export default part;
