import { describe, expect, it } from 'vitest';
import { type ContractInput, contractSchema } from '../../src/config/schema.js';
import { getPointer } from '../../src/evidence/pointer.js';
import { isError } from '../../src/evidence/refusal.js';
import { errorInSuccess } from '../../src/proxy/error-in-success.js';

type Errors = NonNullable<ContractInput['errors']>;

function made(errors: Errors) {
  return errorInSuccess(contractSchema.parse({ errors }));
}

describe('an error in a 200 answer, as the contract words it', () => {
  const SHAPES: Record<string, Errors> = {
    'a status': {
      inSuccess: { pointer: '/status', values: ['error'] },
      default: { required: ['/message'], code: '/code' },
    },
    'a list of errors': { inSuccess: { pointer: '/errors' }, default: { code: '/errors/0/code' } },
    'a list without a shape': { inSuccess: { pointer: '/errors' } },
    'ok: false': { inSuccess: { pointer: '/ok', values: [false] } },
    'not ok: true': { inSuccess: { pointer: '/ok', except: [true] } },
    'a number': { inSuccess: { pointer: '/code', except: [0, 200] } },
    'a word': { inSuccess: { pointer: '/meta/result', except: ['OK'] }, default: { code: '/error/code' } },
    'the usual error': { inSuccess: { pointer: '/error' } },
  };
  for (const [name, errors] of Object.entries(SHAPES))
    it(`is told by ${name}`, () => {
      const rule = errors.inSuccess;
      if (rule === undefined || rule === false) throw new Error('no rule');
      const { body } = made(errors) ?? {};
      expect(isError(rule, getPointer(body, rule.pointer))).toBe(true);
      expect(getPointer(body, '/id')).toBeUndefined();
    });

  it('keeps the shape and the media type of errors', () => {
    const answer = made({
      inSuccess: { pointer: '/status', values: ['error'] },
      default: { contentType: 'application/vnd.api+json', required: ['/message'], code: '/code' },
    });
    expect(answer).toEqual({
      contentType: 'application/vnd.api+json',
      body: { message: expect.any(String), code: 'invalid_request', status: 'error' },
    });
  });

  it('is not made up where the contract knows none', () => {
    expect(made({})).toBeNull();
    expect(made({ inSuccess: false })).toBeNull();
  });
});
