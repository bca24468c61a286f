import { describe, expect, it } from 'vitest';
import renderJson from '../../src/report/json.js';
import { reportSchema } from '../../src/report/schema.js';
import { check, forbiddenIn, HOSTILE, PLAIN, report } from './made.js';

describe('the JSON report', () => {
  const full = report([check('replays-first-response', 'fail', { because: HOSTILE, measured: '\u0085\u2029\u007f' })]);
  const text = renderJson(full, PLAIN);

  it('is the report, nothing lost', () => {
    expect(JSON.parse(text)).toEqual(full);
    expect(reportSchema.parse(JSON.parse(text))).toEqual(full);
  });

  it('holds no character raw that a terminal or an editor would obey', () => {
    expect(forbiddenIn(text)).toBeNull();
    expect(text).toContain('\\u0085\\u2029\\u007f');
    expect(text).toContain('\\udb40\\udc41');
  });

  it('is indented and ends in one line feed', () => {
    expect(text.startsWith('{\n  "schemaVersion": 1,\n')).toBe(true);
    expect(text.endsWith('\n}\n')).toBe(true);
  });
});
