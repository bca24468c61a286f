import { describe, expect, it } from 'vitest';
import { runConfig, verdicts } from '../helpers/in-process.js';
import { soundApi, soundConfig, VARIABLES, type Wording } from '../helpers/sound-api.js';

interface Style extends Wording {
  errors: { inSuccess?: unknown; default?: object };
  at?: string;
}

/** APIs that answer 200 to everything, each with its way of telling. */
const STYLES: Record<string, Style> = {
  'a status member': {
    refuse: (_, code, message) => ({ status: 200, body: { status: 'error', code, message } }),
    errors: {
      inSuccess: { pointer: '/status', values: ['error'] },
      default: { required: ['/message'], code: '/code' },
    },
  },
  'GraphQL: a list of errors beside data': {
    refuse: (_, code, message) => ({ status: 200, body: { data: null, errors: [{ message, code }] } }),
    wrap: (value) => ({ data: value }),
    at: '/data',
    errors: { inSuccess: { pointer: '/errors' }, default: { code: '/errors/0/code' } },
  },
  'ok: false': {
    refuse: (_, error, message) => ({ status: 200, body: { ok: false, error, message } }),
    wrap: (value) => ({ ok: true, result: value }),
    at: '/result',
    errors: { inSuccess: { pointer: '/ok', values: [false] }, default: { code: '/error' } },
  },
  'a code that is 0 for a success': {
    refuse: (status, code, message) => ({
      status: 200,
      body: { code: 1000 + status, name: code, message, data: null },
    }),
    wrap: (data) => ({ code: 0, message: 'ok', data }),
    at: '/data',
    errors: { inSuccess: { pointer: '/code' }, default: { code: '/name' } },
  },
  'a code in words': {
    refuse: (_, code, msg) => ({ status: 200, body: { resultCode: code, message: msg } }),
    wrap: (value) => ({ resultCode: '0000', value }),
    at: '/value',
    errors: { inSuccess: { pointer: '/resultCode', except: ['0000'] }, default: { code: '/resultCode' } },
  },
};

const run = async (style: Style, errors: object, contract: object = {}) => {
  const config = soundConfig(await soundApi(style), errors, style.at, contract);
  return (await runConfig(config, { environment: VARIABLES })).report;
};

describe('an API that refuses with 200', () => {
  for (const [name, style] of Object.entries(STYLES)) {
    it(`is judged by what the contract tells: ${name}`, async () => {
      const report = await run(style, style.errors);
      const failed = report.checks.filter((one) => one.outcome === 'fail').map((one) => one.id);
      expect(failed).toEqual(['signals-errors-by-status']);
      expect(verdicts(report)).toMatchObject({
        'accepts-valid-key': 'pass accepted',
        'rejects-missing-key': 'pass refused',
        'rejects-wrong-key': 'pass refused',
        'ignores-key-in-query': 'pass refused',
        'rejects-changed-body': 'pass refused',
        'requires-idempotency-key': 'pass refused',
        'creates-once-on-replay': 'pass one',
        'replays-first-response': 'pass same',
        'rejects-malformed-bodies': 'pass refused',
        'explains-invalid-input': 'pass named',
        'answers-unknown-paths': expect.stringMatching(/^pass 404/),
      });
    });
  }

  for (const [name, style] of Object.entries(STYLES)) {
    it(`is neither passed nor failed without: ${name}`, async () => {
      const report = await run(style, { default: style.errors.default });
      const open = 'inconclusive looks-refused';
      expect(report.checks.filter((one) => one.outcome === 'fail').map((one) => one.id)).toEqual([]);
      expect(verdicts(report)).toMatchObject({
        'accepts-valid-key': 'pass accepted',
        'rejects-missing-key': open,
        'rejects-wrong-key': open,
        'rejects-changed-body': open,
        'requires-idempotency-key': open,
        'signals-errors-by-status': open,
        'creates-once-on-replay': 'pass one',
      });
      expect(report.checks.find((one) => one.id === 'rejects-wrong-key')?.because).toContain(
        'contract.errors.inSuccess',
      );
    });
  }
});

describe('an API that refuses with 200 and a text', () => {
  const style: Style = {
    refuse: (_, code, message) => ({ status: 200, body: `ERROR ${code}: ${message}` }),
    errors: {},
  };

  it('is neither passed nor failed', async () => {
    const report = await run(style, {});
    expect(report.checks.filter((one) => one.outcome === 'fail').map((one) => one.id)).toEqual([]);
    expect(verdicts(report)['rejects-wrong-key']).toBe('inconclusive looks-refused');
  });

  it('is taken by its word where the contract says that a 2xx is a success', async () => {
    const report = await run(style, { inSuccess: false });
    expect(verdicts(report)).toMatchObject({
      'rejects-wrong-key': 'fail not-refused',
      'rejects-changed-body': 'fail accepted',
      'signals-errors-by-status': 'inconclusive none',
    });
  });
});

describe('a create that a limit refused', () => {
  const style: Wording = { refuse: (status, code, message) => ({ status, body: { code, message } }), perSecond: 2 };
  const limited = { rateLimit: { statuses: [429] } };
  const verdictOf = async (wording: Wording) => {
    const report = await run({ ...wording, errors: {} }, { default: { code: '/code' } }, limited);
    return verdicts(report)['retries-refused-keys'] ?? '';
  };

  it('is performed by the same key after the wait', async () => {
    expect(await verdictOf(style)).toMatch(/^(pass performed|inconclusive)/);
  }, 30_000);

  it('is refused for good where the refusal is stored', async () => {
    expect(await verdictOf({ ...style, storesLimits: true })).toMatch(/^(fail stored|inconclusive)/);
  }, 30_000);

  it('is not missed where none was', async () => {
    const report = await run({ ...style, perSecond: 1000, errors: {} }, {}, limited);
    expect(verdicts(report)['retries-refused-keys']).toBe('inconclusive none-met');
  });
});
