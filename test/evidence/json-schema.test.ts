import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/evidence/json-schema.js';

const amount = { type: 'object', required: ['amount'], properties: { amount: { type: 'integer', minimum: 1 } } };

describe('JSON Schema', () => {
  it('says in words where a value does not fit', async () => {
    const validate = await compileSchema(amount);
    expect(validate({ amount: 5 })).toEqual([]);
    expect(validate({ amount: 'five' })).toEqual(['/amount must be integer']);
    expect(validate({})).toEqual(["the body must have required property 'amount'"]);
  });

  it('takes draft 2020-12 unless draft-07 is named', async () => {
    const tuple = { items: [{ type: 'string' }], additionalItems: false };
    const old = await compileSchema({ $schema: 'http://json-schema.org/draft-07/schema#', ...tuple });
    expect(old(['a', 'b'])).not.toEqual([]);
    const recent = await compileSchema({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      prefixItems: [{ type: 'string' }],
      items: false,
    });
    expect(recent(['a', 'b'])).not.toEqual([]);
    expect(recent(['a'])).toEqual([]);
  });

  it('knows formats, and members of OpenAPI', async () => {
    const validate = await compileSchema({ type: 'string', format: 'date', nullable: true, example: '2027-01-31' });
    expect(validate('2027-01-31')).toEqual([]);
    expect(validate('31.1.2027')).toEqual(['the body must match format "date"']);
    expect(validate(null)).toEqual([]);
  });

  it.each([
    ['no map', 'object', /a schema is a map/],
    ['an unknown type', { type: 'money' }, /schema is invalid/],
    ['another draft', { $schema: 'http://json-schema.org/draft-04/schema#' }, /expected draft 2020-12 or draft-07/],
    ['a reference to elsewhere', { $ref: 'https://example.com/order.json' }, /can't resolve reference/],
  ])('refuses %s', async (_name, schema, says) => {
    await expect(compileSchema(schema)).rejects.toThrow(says);
  });
});
