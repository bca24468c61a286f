// What the sandbox says of itself in OpenAPI, beside the contract that its config holds.

const TIME = { type: 'string', format: 'date-time' };
const TEXT = { type: 'string' };
const MADE = { id: TEXT, status: TEXT, created_at: TIME };
const ORDER_FIELDS = {
  reference: TEXT,
  amount: { type: 'integer', minimum: 1 },
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  note: TEXT,
};

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function answer(description: string, schema: object, type = 'application/json') {
  return { description, content: { [type]: { schema } } };
}

function body(schema: object) {
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function pageOf(schema: object) {
  const page = {
    type: 'object',
    required: ['data', 'next_cursor'],
    properties: { data: { type: 'array', items: schema }, next_cursor: { type: ['string', 'null'] } },
  };
  return answer('A page', page);
}

const ERRORS = {
  ...Object.fromEntries(
    ['400', '403', '404', '409', '410', '422', '429'].map((status) => [
      status,
      answer('Refused', ref('Problem'), 'application/problem+json'),
    ]),
  ),
  401: { description: 'No valid key' },
};

const PATHS = {
  '/ping': { get: { responses: { 200: answer('It answers', { type: 'object', required: ['message'] }), ...ERRORS } } },
  '/rates': {
    get: { responses: { 200: answer('Rates', { type: 'object', required: ['base', 'rates'] }), ...ERRORS } },
  },
  '/products': { get: { responses: { 200: pageOf(ref('Product')), ...ERRORS } } },
  '/orders': {
    get: { responses: { 200: pageOf(ref('Order')), ...ERRORS } },
    post: {
      ...body(ref('NewOrder')),
      responses: { 200: { description: 'Merged with another' }, 201: answer('Made', ref('Order')), ...ERRORS },
    },
  },
  '/orders/batch': {
    post: {
      ...body({
        type: 'object',
        required: ['orders'],
        properties: { orders: { type: 'array', items: ref('NewOrder') } },
      }),
      responses: {
        201: answer('All made', { type: 'object', properties: { data: { type: 'array', items: ref('Order') } } }),
        207: answer('Some made', { type: 'object', required: ['data'] }),
        ...ERRORS,
      },
    },
  },
  '/orders/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: TEXT }],
    get: { responses: { 200: answer('An order', ref('Order')), ...ERRORS } },
    patch: {
      ...body({ type: 'object', properties: ORDER_FIELDS }),
      responses: { 200: answer('As it is now', ref('Order')), ...ERRORS },
    },
    delete: { responses: { 204: { description: 'Gone' }, ...ERRORS } },
  },
};

/** Below `url`: /orders and the others. */
export function sandboxDescription(url: string) {
  return {
    openapi: '3.1.0',
    info: { title: 'The sandbox of golive-check', version: '2026-06-01' },
    servers: [{ url }],
    paths: PATHS,
    components: {
      schemas: {
        NewOrder: { type: 'object', required: ['reference', 'amount', 'currency'], properties: ORDER_FIELDS },
        Order: { type: 'object', required: Object.keys(MADE), properties: { ...MADE, ...ORDER_FIELDS } },
        Product: {
          type: 'object',
          required: [...Object.keys(MADE), 'name'],
          properties: { ...MADE, name: TEXT, amount: { type: 'integer' } },
        },
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status'],
          properties: { type: TEXT, title: TEXT, status: { type: 'integer' }, code: TEXT },
        },
      },
    },
  };
}
