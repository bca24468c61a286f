import { DEFAULT_DIALECT } from '../dialect.js';
import { byPage } from '../paging.js';
import type { Part } from './define.js';

const TEMPLATE = 'tmpl_12345678900987654321';
const RECIPIENT = {
  name: 'Test Person',
  address: 'Street 1',
  city: 'Amsterdam',
  postalCode: '1234 AB',
  country: 'NL',
};

const text = { type: 'string', max: 200 } as const;

const part: Part = {
  dialect: {
    ...DEFAULT_DIALECT,
    basePath: '/v2',
    readPath: '/v2/companies/me',
    ping: () => ({ id: 'comp_0123456789', companyName: 'Demo' }),
    // Tighter than the documented limit, so that a short burst meets it.
    ratesPath: '/v2/templates',
    rates: { data: [], total: 0, page: 1, pages: 1, nextUrl: null },
    resources: [
      {
        collection: 'orders',
        singular: 'order',
        idPrefix: 'ord_',
        status: 'order_created',
        requiresKey: false,
        offers: ['update'],
        seeded: {
          count: 24,
          item: (number) => ({ templateId: TEMPLATE, recipient: RECIPIENT, billingId: `b-${number}` }),
        },
        show: ({ created_at, ...order }) => ({ ...order, createdAt: created_at, isBillable: false, errors: [] }),
        fields: {
          templateId: text,
          recipient: {
            type: 'object',
            fields: { name: text, address: text, city: text, postalCode: text, country: text },
          },
          billingId: { ...text, optional: true },
        },
      },
    ],
    auth: {
      header: 'x-api-key',
      prefix: '',
      keyPrefixes: { sandbox: 'test_', live: 'live_' },
      login: null,
      challenge: () => ({ 'WWW-Authenticate': 'ApiKey realm="sandbox"' }),
    },
    version: null,
    requestId: null,
    locates: false,
    bodies: ['json'],
    idempotency: {
      carrier: { header: 'Idempotency-Key' },
      maxCharacters: 255,
      windowMs: 24 * 60 * 60 * 1000,
      storesRefusals: true,
      repeats: 'answered',
      marker: {},
    },
    errors: {
      contentType: 'application/json',
      statuses: { validation_failed: 400 },
      shape: ({ status, title, detail, errors }) => ({
        statusCode: status,
        message: errors.length === 0 ? [detail] : errors.map((error) => `${error.pointer.slice(1)} ${error.detail}`),
        error: title,
      }),
    },
    paging: {
      defaultLimit: 10,
      maxLimit: 100,
      by: byPage('page'),
      body: ({ items, total, limit, page, more, next, path }) => ({
        data: items,
        total,
        page,
        pages: Math.max(1, Math.ceil(total / limit)),
        pageSize: limit,
        previousUrl: page > 1 ? `${path}?page=${page - 1}&limit=${limit}` : null,
        currentUrl: `${path}?page=${page}&limit=${limit}`,
        nextUrl: more ? `${path}?page=${next}&limit=${limit}` : null,
        meta: {},
      }),
      totalHeader: null,
      filter: (name, value) => ({ field: name.replace(/^filter\./, ''), value: value.replace(/^\$(in|eq):/, '') }),
    },
    rateLimit: {
      byPath: { '/v2/templates': { policy: 'templates', limit: 8, windowMs: 1000 } },
      headers: () => ({}),
    },
  },
  config: {
    contract: {
      environments: { sandbox: { keyPrefixes: ['test_'] }, live: { keyPrefixes: ['live_'] } },
      rateLimit: { operation: 'templates', quota: { requests: 8, windowMs: 1000 } },
    },
    endpoint: {
      operations: {
        templates: { path: '/templates' },
        create: {
          body: { templateId: TEMPLATE, recipient: RECIPIENT, billingId: '{{unique}}' },
          fails: {
            400: { body: { templateId: TEMPLATE, recipient: 'nobody', billingId: '{{unique}}' }, field: 'recipient' },
          },
        },
        update: { path: '/orders/{{id}}', body: { billingId: '{{unique}}' } },
      },
    },
    checks: { 'limits-bursts': 'minor' },
  },
  flips: { 'claims-live': [], 'refuses-with-success': [], 'limits-with-503': [], 'loses-last-of-full-pages': [] },
  unpromised: [
    'accepts-batches',
    'accepts-rotated-secrets',
    'answers-as-described',
    'answers-in-time',
    'caps-page-size',
    'documents-its-errors',
    'echoes-version',
    'honours-pinned-version',
    'invalidates-caches-on-events',
    'marks-replays',
    'reads-with-live-key',
    'rejects-future-events',
    'rejects-removed-version',
    'rejects-stale-events',
    'rejects-unknown-version',
    'reports-rate-limits',
    'requires-idempotency-key',
    'sends-request-id',
    'sends-request-id-on-errors',
    'sends-unique-request-ids',
    'tolerates-reordered-events',
    'updates-status-on-events',
  ],
};

export default part;
