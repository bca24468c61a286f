import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recordBody } from '../../src/redaction/bodies.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { unpack } from '../../src/redaction/unpack.js';

const KEY = 'sk_test_4eC39HqLyjWDarjtT1zdp7dc';
const TEXT = JSON.stringify({ key: KEY, filler: Array.from({ length: 200 }, (_, at) => at * 7919).join() });
// `printf %s '{"key":"sk_test_4eC39HqLyjWDarjtT1zdp7dc"}' | zstd`
const ZSTD = Buffer.from('KLUv/QRYUQEAeyJrZXkiOiJza190ZXN0XzRlQzM5SHFMeWpXRGFyanRUMXpkcDdkYyJ9HcpdWQ==', 'base64');
const MOST = 64 * 1024;

const bodyOf = (coding: string) => [['content-encoding', coding]] as const;

function recorded(arrived: Buffer, headers: readonly (readonly [string, string])[], cut = false) {
  const redactor = createRedactor([{ name: 'KEY', value: KEY, kind: 'credential' }]);
  const found: string[] = [];
  const body = recordBody(unpack(arrived, headers, MOST), {
    arrived,
    arrivedBytes: arrived.length,
    cut,
    longestSecret: 100,
    redact: (text) => {
      const redacted = redactor.redact(text);
      found.push(...redacted.found.map(({ secret }) => secret));
      return redacted.text;
    },
  });
  return { body, found };
}

describe('a packed body', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['GZIP', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['gzip, identity', gzipSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['identity', Buffer.from(TEXT)],
  ])('of %s is unpacked and searched', (coding, bytes) => {
    const { body, found } = recorded(bytes, bodyOf(coding));
    expect(found).toEqual(['KEY']);
    expect(body.text).toBe(TEXT.replace(KEY, '[secret:KEY]'));
    expect(body.notKept).toBeUndefined();
  });

  it('of zstd is unpacked, too', () => {
    const zstd = unpack(ZSTD, bodyOf('zstd'), MOST);
    expect(zstd.bytes.toString()).toContain(KEY);
  });

  it.each([
    ['that is cut', 'gzip', gzipSync(TEXT).subarray(0, -20)],
    ['of br that is cut', 'br', brotliCompressSync(TEXT).subarray(0, -20)],
    ['with garbage behind it', 'gzip', Buffer.concat([gzipSync(TEXT), Buffer.from('garbage')])],
    ['that unpacks beyond the limit', 'gzip', gzipSync(TEXT + '0'.repeat(10 * MOST))],
    ['without a coding', 'identity', gzipSync(TEXT)],
    ['of zlib without a coding', 'identity', deflateSync(TEXT)],
  ])('%s is searched, and only its coding and digest are kept', (_, coding, bytes) => {
    const { body, found } = recorded(bytes, bodyOf(coding));
    expect(found).toEqual(['KEY']);
    expect(body).toMatchObject({ text: '', bytes: bytes.length, truncated: true });
    expect(body.notKept?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(body.notKept?.coding).toMatch(/^(gzip|br|deflate)$/);
  });

  it.each([
    ['another coding', 'compress'],
    ['a coding that it does not have', 'br'],
    ['too many codings', 'gzip, gzip, gzip, gzip, gzip'],
  ])('of %s is not kept', (_, coding) => {
    const { body } = recorded(gzipSync(TEXT), bodyOf(coding));
    expect(body.text).toBe('');
    expect(body.notKept?.coding).toBe(coding);
  });

  it('packed twice beyond the limit gives no more than the limit', () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(200 * MOST)));
    const { bytes, isWhole } = unpack(
      bomb,
      [
        ['content-encoding', 'gzip'],
        ['Content-Encoding', 'gzip'],
      ],
      MOST,
    );
    expect(isWhole).toBe(false);
    expect(bytes.length).toBeGreaterThan(MOST / 2);
    expect(bytes.length).toBeLessThanOrEqual(MOST);
  });
});

describe('a body that is no UTF-8', () => {
  it('is kept where it is a text', () => {
    const { body } = recorded(Buffer.from(`Größe of ${KEY}`, 'latin1'), []);
    expect(body.encoding).toBe('base64');
    expect(Buffer.from(body.text, 'base64').toString('latin1')).toBe('Größe of [secret:KEY]');
  });

  it('is not kept where it is not', () => {
    const { body, found } = recorded(Buffer.from(`\x89PNG\r\n\x1a\n\0${KEY}`, 'latin1'), []);
    expect(found).toEqual(['KEY']);
    expect(body).toMatchObject({ text: '', notKept: { coding: null } });
  });

  it('is UTF-8 where only its last character is cut', () => {
    const whole = Buffer.from(`${'ä'.repeat(200)}€`);
    expect(recorded(whole.subarray(0, -1), [], true).body).toMatchObject({ encoding: 'utf8', text: 'ä'.repeat(100) });
  });
});
