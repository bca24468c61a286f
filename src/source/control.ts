// The positive control: made-up keys that the scanner must find before it may call anything clean.
import type { SecretScan } from '../evidence/source.js';
import type { Secret } from '../redaction/secret.js';
import { fingerprintOf } from './fingerprint.js';
import type { Scanner } from './scanner.js';

const LETTERS = 'aK7mQ2xV9bT4nZ1cR8pW3dY6fH5gJ0sLeU';

/** Made of parts at run time, so that no scanner takes this file for a leak. */
export function madeUp(prefix: string, length: number, seed = 1): string {
  const rest = Array.from({ length }, (_, at) => LETTERS[(at * 7 + at * at * seed + seed) % LETTERS.length]);
  return prefix + rest.join('');
}

/** One for secretlint's rules, one for ours, and one secret of the config, where it has one. */
export async function control(scanner: Scanner, secrets: readonly Secret[]): Promise<SecretScan['control']> {
  const known = secrets.find(({ kind, value }) => kind === 'credential' && value.length >= 8)?.value;
  const planted = [
    madeUp(['gh', 'p_'].join(''), 36),
    madeUp(['sk', 'live', ''].join('_'), 24),
    ...(known === undefined ? [] : [known]),
  ];
  // Far apart, so that each must be found for itself.
  const text = planted.map((key) => `const key = "${key}";\n${'// nothing\n'.repeat(1_000)}`).join('');
  const bytes = Buffer.from(text);
  const found = await scanner.read({ path: 'control.js', bytes }, scanner.regionsOf(bytes));
  const prints = new Set(found.map(({ fingerprint }) => fingerprint));
  return { planted: planted.length, found: planted.filter((key) => prints.has(fingerprintOf(key))).length };
}
