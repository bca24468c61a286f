import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redact.js';
import type { Secret } from '../../src/redaction/secret.js';

const of = (...secrets: readonly (readonly [string, string] | Secret)[]) =>
  createRedactor(
    secrets.map((one) => ('name' in one ? one : { name: one[0], value: one[1], kind: 'credential' as const })),
  );
const KEY = 'sk_test_4eC39HqLyjWDarjtT1zdp7dcAbCdEfGh';

describe('secrets in one another', () => {
  it('that overlap leave nothing of either', () => {
    const { text, found } = of(['A', 'AAAAbbbbCCCC'], ['B', 'CCCCddddEEEE']).redact('x AAAAbbbbCCCCddddEEEE y');
    expect(text).toBe('x [secret:A][secret:B] y');
    expect(found.map(({ secret }) => secret)).toEqual(['A', 'B']);
  });

  it('that contain one another are the longer one', () => {
    const { redact } = of(['SHORT', 'abcd1234'], ['LONG', 'abcd1234efgh5678']);
    expect(redact('abcd1234efgh5678 abcd1234').text).toBe('[secret:LONG] [secret:SHORT]');
  });

  it('that are alike are themselves before they are a part, whatever follows', () => {
    const { redact } = of(['RIGHT', `${KEY}right`], ['WRONG', `${KEY}wrong`]);
    expect(redact(`${KEY}right.more ${KEY}wrong`).text).toBe('[secret:RIGHT].more [secret:WRONG]');
  });
});

describe('a secret in pieces', () => {
  const { redact } = of({ name: 'KEY', value: KEY, kind: 'credential', publicPrefix: 'sk_test_' });

  it.each([
    [`{"a":"${KEY.slice(0, 18)}","b":"${KEY.slice(18, 29)}","c":"${KEY.slice(29)}"}`],
    [`${KEY.slice(0, 20)}\n  at ${KEY.slice(20)}`],
    [`${KEY.slice(24)} ${KEY.slice(8, 24)}`],
  ])('%# is found where they make it up', (text) => {
    const clean = redact(text).text;
    for (let at = 8; at + 8 <= KEY.length; at += 1) expect(clean).not.toContain(KEY.slice(at, at + 8));
  });

  it('is not found in a few of its characters', () => {
    const text = `${KEY.slice(0, 18)} and words`;
    expect(redact(text)).toEqual({ text, found: [] });
  });
});
