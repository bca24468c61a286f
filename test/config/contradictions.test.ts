import { describe, expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import { UserError } from '../../src/errors.js';

const FILE = '/nowhere/golive-check.json';
const cursor = { style: 'cursor', cursorParameter: 'after', items: '/data', end: 'empty-page' };

async function complaintsOf(contract: object, endpoint: object = {}, key = 'a-restricted-key'): Promise<string> {
  const raw = { extends: 'none', contract, endpoint: { url: 'https://sandbox.example.com', ...endpoint } };
  const source = { file: FILE, raw, placeOf: async () => null };
  const environment = { RESTRICTED: key };
  const error: unknown = await resolveSource(source, { cwd: '/nowhere', environment }).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) return '';
  return error.message;
}

it('an operation that the restricted key both may and must not perform', async () => {
  expect(await complaintsOf({}, { restrictedKey: '${RESTRICTED}', outOfScope: 'read' })).toContain(
    'endpoint.outOfScope: found read, which inScope names too',
  );
});

it.each([
  ['a line break', 'a-restricted-key\n', 17],
  ['a letter beyond Latin-1', 'a-rëstricted-kéy-漢', 18],
])('a key with %s cannot go into a header, and is not shown', async (_, key, at) => {
  const headers = { auth: { headers: [{ name: 'X-Api-Key' }] } };
  const text = await complaintsOf(headers, { restrictedKey: '${RESTRICTED}' }, key);
  expect(text).toMatch(new RegExp(`endpoint\\.restrictedKey: found a line break or another .* character ${at};`));
  expect(text).not.toContain('stricted-k');
  expect(await complaintsOf({ auth: { basic: {} } }, { restrictedKey: '${RESTRICTED}' }, key)).toBe('');
});

it('a log-in on another origin, where the password must not go', async () => {
  const login = (path: string, refresh = '/refresh') => ({
    auth: { login: { path, token: '/token', refresh: { path: refresh } } },
  });
  expect(await complaintsOf(login('https://evil.example.com/token'))).toContain(
    'contract.auth.login.path: found a URL of https://evil.example.com; expected a path below endpoint.url, or a URL of its origin (https://sandbox.example.com)',
  );
  expect(await complaintsOf(login('/token', 'http://sandbox.example.com/token'))).toContain(
    'contract.auth.login.refresh.path: found a URL of http://sandbox.example.com',
  );
  expect(await complaintsOf(login('https://sandbox.example.com/oauth/token'))).toBe('');
});

describe('an API without a key', () => {
  it('takes none, in any place', async () => {
    const text = await complaintsOf({ auth: 'none' }, { restrictedKey: '${RESTRICTED}' });
    expect(text).toContain('endpoint.restrictedKey: found one beside contract.auth: none; expected no key');
    expect(text).not.toContain('a-restricted-key');
    expect(await complaintsOf({ auth: { none: true, headers: [{ name: 'X-Key' }] } })).toContain(
      'contract.auth.headers: found one beside contract.auth: none',
    );
    expect(await complaintsOf({ auth: 'none' })).toBe('');
  });

  it.each([
    [
      'nine',
      'contract.auth: found "nine"; expected none (the API takes no key), or a map that says where the key goes',
    ],
    [{ header: [] }, 'contract.auth.header: found the unknown key "header"; expected one of basic, body, headers, '],
    [{ headers: [{ name: 'X Key' }] }, 'contract.auth.headers.0.name: found "X Key"; expected an HTTP header name'],
    [{ signature: { headers: [] } }, 'contract.auth.signature.headers: found []; expected at least 1 entry'],
  ])('says what is wrong with %j', async (auth, text) => {
    expect(await complaintsOf({ auth })).toContain(text);
  });
});

describe('a contract that contradicts itself is one config error that names the place', () => {
  it.each<[string, object, string]>([
    [
      'a maximum below the minimum',
      { idempotency: { header: 'Key', minLength: 16, maxLength: 8 } },
      'contract.idempotency.maxLength: found 8; expected at least minLength (16)',
    ],
    [
      'replay: conflict without the conflict',
      { idempotency: { header: 'Key', replay: 'conflict' } },
      'contract.idempotency.conflict: missing beside replay: conflict',
    ],
    [
      'a conflict beside another replay',
      { idempotency: { header: 'Key', replay: 'same-response', conflict: { statuses: 409 } } },
      'contract.idempotency.replay: found same-response beside conflict; expected conflict',
    ],
    [
      'a key that is required nowhere',
      { idempotency: { required: true } },
      'contract.idempotency.header: missing beside required: true; expected header or bodyField',
    ],
    [
      'one version twice',
      { version: { name: 'V', differs: { pointer: '/a', values: ['1', '1'] } } },
      'contract.version.differs.values: found 1 twice; expected two versions',
    ],
    [
      'versions in the path that differ',
      { version: { in: 'path', differs: { pointer: '/a', values: ['1', '2'] } } },
      'contract.version.differs: found one beside in: path; expected a version in a header or in the query',
    ],
    [
      'a sample of another status',
      { errors: { byStatus: { 429: { sample: { status: 503 } } } } },
      'contract.errors.byStatus.429.sample.status: found 503; expected a status of byStatus.429',
    ],
    [
      'a code beside the body that holds one',
      { errors: { default: { sample: { code: 7, body: { code: 7 } } } } },
      'contract.errors.default.sample.code: found one beside a body',
    ],
    [
      'a quoted member',
      { idempotency: { bodyField: '/key', quoted: true } },
      'contract.idempotency.quoted: found true beside bodyField',
    ],
    [
      'half of a header pair',
      { idempotency: { firstSentHeader: 'First-Sent' } },
      'contract.idempotency.header: missing beside firstSentHeader',
    ],
    [
      'statuses to retry and never to retry',
      { retry: { on: [500, 503], never: [400, 503] } },
      'contract.retry.never: found 503, which also stands in retry.on',
    ],
    [
      'statuses that may and never may be retried',
      { retry: { may: [409, 425], never: [409, 425] } },
      'contract.retry.never: found 409, 425, which also stand in retry.may',
    ],
    ['a version header without a name', { version: { in: 'header', value: '1' } }, 'contract.version.name: missing'],
    ['a version in the query without a name', { version: { in: 'query' } }, 'expected the name of the query'],
    [
      'a pinned version that was removed',
      { version: { name: 'V', value: '1', removed: { '1': 410 } } },
      'contract.version.value: found 1, which stands in removed',
    ],
    [
      'cursors without a parameter',
      { pagination: { ...cursor, cursorParameter: undefined } },
      'contract.pagination.cursorParameter: missing; expected it, because style: cursor cannot be walked without it',
    ],
    [
      'pages without a parameter',
      { pagination: { style: 'page', items: '/data', end: 'empty-page' } },
      'contract.pagination.pageParameter: missing; expected it, because style: page',
    ],
    [
      'an end in a place that is not named',
      { pagination: { ...cursor, end: 'last-page' } },
      'contract.pagination.pages: missing; expected it, because end: last-page cannot be walked without it',
    ],
    [
      'a next URL that is nowhere, said once',
      { pagination: { style: 'next-url', items: '/data', end: 'null-next' } },
      'contract.pagination.next: missing; expected it, because style: next-url',
    ],
    [
      'links that end otherwise',
      { pagination: { style: 'link-header', items: '/data', end: 'empty-page' } },
      'contract.pagination.end: found empty-page beside style: link-header',
    ],
    [
      'pages larger than the largest',
      { pagination: { ...cursor, default: 50, maximum: 20 } },
      'contract.pagination.default: found 50; expected at most maximum (20)',
    ],
    [
      'prefixes that tell nothing',
      { environments: { sandbox: { keyPrefixes: ['SK_'] }, live: { keyPrefixes: ['sk_'] } } },
      'contract.environments.sandbox.keyPrefixes: found SK_ in both environments',
    ],
  ])('%s', async (_, contract, says) => {
    const message = await complaintsOf(contract);
    expect(message.split('\n')).toHaveLength(1);
    expect(message).toContain(`${FILE}: `);
    expect(message).toContain(says);
  });

  it.each<[string, object]>([
    ['a conflict that is one', { idempotency: { header: 'Key', replay: 'conflict', conflict: { statuses: 409 } } }],
    ['one length', { idempotency: { header: 'Key', minLength: 36, maxLength: 36 } }],
    ['lists that do not overlap', { retry: { on: [500], may: [409], never: [400] } }],
    ['a version in the path', { version: { in: 'path', value: 'v2' } }],
    ['a walk', { pagination: cursor }],
    ['links', { pagination: { style: 'link-header', items: '', end: 'no-link' } }],
  ])('%s is accepted', async (_, contract) => {
    expect(await complaintsOf(contract)).toBe('');
  });
});
