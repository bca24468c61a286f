import { expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import { UserError } from '../../src/errors.js';
import { fillJson, fillSlots, readSlot, slotsOfText, uniqueAs } from '../../src/templates.js';

async function complaintsOf(endpoint: object, more: object = {}): Promise<string> {
  const raw = { extends: 'none', endpoint: { url: 'https://sandbox.example.com', ...endpoint }, ...more };
  const source = { file: '/nowhere/golive-check.json', raw, placeOf: async () => null };
  const environment = { API_PASSWORD: 'a-{{strange}}-password' };
  const error: unknown = await resolveSource(source, { cwd: '/nowhere', environment }).catch(
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? Promise.reject(error) : '';
}
const create = (more: object) => complaintsOf({ operations: { create: { path: '/orders', ...more } } });

it.each<[string, object, string]>([
  ['a body', { body: { a: ['{{uniqe}}'] } }, 'create.body.a.0: found "{{uniqe}}"; expected one of {{unique}}, '],
  ['a misspelt name', { body: { a: '{{uniqe}}' } }, 'did you mean "{{unique}}"?'],
  ['blanks', { body: { a: '{{ unique }}' } }, 'found "{{ unique }}"; expected one of {{unique}}'],
  ['blanks, and what was meant', { body: { a: '{{ unique }}' } }, 'did you mean "{{unique}}"?'],
  ['the name of a member', { body: { '{{unik}}': 1 } }, 'create.body.{{unik}}: found "{{unik}}"'],
  ['a form', { form: { a: '{{uniques}}' } }, 'create.form.a: found "{{uniques}}"'],
  ['a query', { query: { a: '{{Unique}}' } }, 'create.query.a: found "{{Unique}}"'],
  ['a header', { headers: { 'X-Ref': '{{unique' } }, 'create.headers.X-Ref: found "{{unique"; expected no closing }}'],
  ['a path', { path: '/orders/{{id}}' }, 'create.path: found "{{id}}"; expected one of {{unique}}'],
  ['a count by an id', { count: { path: '/orders/{{id}}' } }, 'create.count.path: found "{{id}}"'],
  ['a failing call', { fails: { 422: { body: { a: '{{uniq}}' } } } }, 'create.fails.422.body.a: found "{{uniq}}"'],
  ['changes', { changes: { a: '{{new}}' } }, 'create.changes.a: found "{{new}}"'],
  ['a poll', { poll: { path: '/orders/{{key}}', status: '/s', done: ['x'] } }, 'create.poll.path: found "{{key}}"'],
  ['a sample', { answer: { id: '{{unique}}' } }, 'create.answer.id: found "{{unique}}"; expected no template here'],
  ['too few values', { body: { a: '{{unique:4:0-9}}' } }, 'expected at least a million different values'],
  ['a range that runs backwards', { body: { a: '{{unique:8:9-0}}' } }, 'expected at least a million'],
  ['too many digits', { body: { a: '{{unique:number:20}}' } }, 'expected 6 to 15 digits'],
  [
    'another word for a number',
    { body: { a: '{{unique:int}}' } },
    'found "{{unique:int}}"; expected one of {{unique}}',
  ],
])('refuses a template that is not understood: %s', async (_, operation, text) => {
  expect(await create(operation)).toContain(text);
});

it('refuses them in what is sent with every call, in triggers and in lanes', async () => {
  expect(await complaintsOf({ headers: { 'X-Ref': '{{id}}' } })).toContain('endpoint.headers.X-Ref: found "{{id}}"');
  const service = { start: 'x', ready: 'up', trigger: { url: 'http://127.0.0.1/', body: { a: '{{uniqe}}' } } };
  expect(await complaintsOf({}, { client: { service } })).toContain(
    'client.service.trigger.body.a: found "{{uniqe}}"; expected one of',
  );
  expect(await complaintsOf({}, { client: { command: 'x', logs: ['{{ lane }}/a.log'] } })).toContain(
    'client.logs.0: found "{{ lane }}"; expected one of {{lane}} (or \\{{ for braces that are sent); did you mean "{{lane}}"?',
  );
});

it('lets stand what is understood, what is escaped, and what is not ours', async () => {
  const body = { a: '{{unique}}', b: '{{unique:number}}', '{{unique:12:A-Z}}': '\\{{name}}', c: '{{quote}}' };
  const operations = {
    quotation: { path: '/quotes', body: { ref: '{{unique:20}}' } },
    create: {
      path: '/orders',
      body,
      takes: { quote: { operation: 'quotation', value: '/id' } },
      count: { path: '/orders?a={{unique}}&k={{key}}' },
      poll: { path: '/orders/{{id}}', status: '/s', done: ['x'] },
      delete: { path: '/orders/{{id}}' },
    },
    show: { path: '/orders/{{id}}' },
    update: { path: '/orders/{{id}}', body: { note: '{{unique}}' } },
  };
  const client = { command: 'x', env: { GREETING: 'Dear {{name}}', STATE: '{{lane}}' } };
  const login = { path: '/login', body: { password: '${API_PASSWORD}' }, token: '/token' };
  expect(await complaintsOf({ operations }, { client, contract: { auth: { login } } })).toBe('');
});

it('looks at no value of the environment', async () => {
  const headers = { 'X-Secret': '${API_PASSWORD}' };
  expect(await complaintsOf({ headers })).toBe('');
});

const FORMS = ['unique:number', 'unique:number:15', 'unique:12', 'unique:6:0-9A-Z', 'unique:6:0-9', 'unique:20:a-f_.'];

it.each(FORMS)('no value of {{%s}} is contained in another, and each stays the same', (inner) => {
  const slot = readSlot(inner);
  if (typeof slot === 'string') throw new Error(slot);
  const values = new Set<string>();
  for (const run of ['0a1b2c3d4e', 'ffffffffff'])
    for (let n = 1; n <= 400; n += 1) {
      const unique = `glc-${run}-${n}`;
      const value = uniqueAs(unique, slot.form);
      expect(uniqueAs(unique, slot.form)).toBe(value);
      expect(value).toHaveLength(slot.form?.length ?? 0);
      values.add(value);
    }
  // One length for all: none holds another.
  expect(values.size).toBe(800);
  if (slot.form?.isNumber === true) for (const value of values) expect(String(Number(value))).toBe(value);
  expect([...values].every((value) => [...value].every((one) => slot.form?.characters.includes(one)))).toBe(true);
});

it('fills JSON that is sent as a text like the value itself', () => {
  const fill = (text: string) => fillSlots(text, ({ form }) => uniqueAs('glc-0a1b2c3d4e-7', form));
  const value = { a: '{{unique:number}}', b: 'x {{unique}}', c: '\\{{name}}' };
  expect(JSON.parse(fill(slotsOfText(JSON.stringify(value))))).toEqual(fillJson(value, fill));
});

it('fills names and values, numbers as numbers where nothing stands beside them', () => {
  const fill = (text: string) => fillSlots(text, ({ form }) => uniqueAs('glc-0a1b2c3d4e-7', form));
  const filled = fillJson({ '{{unique:6:0-9}}': ['{{unique:number}}', 'no. {{unique:number}}', '\\{{name}}'] }, fill);
  const [[name, values = []] = ['', []]] = Object.entries(filled as Record<string, unknown[]>);
  expect(name).toMatch(/^\d{6}$/);
  const [number, text, kept] = values;
  expect(number).toBeTypeOf('number');
  expect(text).toBe(`no. ${String(number)}`);
  expect(kept).toBe('{{name}}');
});
