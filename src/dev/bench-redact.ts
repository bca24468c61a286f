// What it costs to look for secrets in one MiB, against `node -e 0`, and what twice the text costs.
import { createRedactor } from '../redaction/redact.js';

const MEBIBYTE = 1 << 20;
const MOST_STARTS = 50;
const MOST_FOR_TWICE = 2.5;
const RUNS = 3;

/** Units of the alphabets that decoders read, each repeated: whole, and begun but not ended. */
export const UNITS: readonly string[] = [
  ...['%', '%25', '%2', '%u', '%5c', '=', '= ', '=4', '=\n', '&', ';', '&#', '&#x', '&amp', '&amp;'],
  ...['\\', '\\\\', '\\u', '\\u{', '\\x', '\\1', '\\\n', '\\n', 'A\\n', 'a\n', '+', ' ', '\t'],
  ...['0', '0x', '0b', '1,', '77 ', '65,', '41', '41:', 'Zm9v', 'ME', '\x1b', '\x1b[', '\x9d', '\x1b]', '\0', 'k\0'],
  ...['ä', '\u200b', '\u0301', 'ｓ', '这是一个测试', 'sk_t', 'sk_test_1eC39Hq', 'dc0'],
];

export const SECRETS = Array.from({ length: 6 }, (_, at) => ({
  name: `KEY_${at}`,
  value: `sk_test_${at}eC39HqLyjWDarjtT1zdp7dc${at * 7}`,
  kind: 'credential' as const,
}));

function filled(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

const ORDER = '{"id":"ord_18f3a9b2c4","amount":1200,"note":"asked twice","created":"2026-11-29T20:00:00Z"}\n';
const LOG = '2026-11-29 20:00:00 INFO request 5f3c2b1a9d8e4f7ab6c5d4e3f2a1b0c9: GET /v1/orders?limit=10 200\n';
const PAGE = '<p class="x">Hello &amp; welcome to <a href="/path/to/it?x=1&y=2">a page</a>.</p>\n';

function escaped(unit: string): string {
  return JSON.stringify(unit).replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Characters of a generator with a fixed seed. */
function drawn(alphabet: string, length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[(state >>> 16) % alphabet.length];
  }).join('');
}

const BYTES = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function texts(length: number): Readonly<Record<string, string>> {
  return {
    JSON: filled(ORDER, length),
    'a log': filled(LOG, length),
    HTML: filled(PAGE, length),
    'random bytes': drawn(BYTES, length),
    'random base64': drawn(BASE64, length),
    'random hex': drawn('0123456789abcdef', length),
    ...Object.fromEntries(UNITS.map((unit) => [escaped(unit), filled(unit, length)])),
  };
}

/** Processor time of the best of some runs. */
function spentMs(run: () => void): number {
  const spent = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    run();
    return process.cpuUsage(before).user / 1000;
  });
  return Math.min(...spent);
}

export async function benchRedact(startMs: () => Promise<number>): Promise<string> {
  const { redact } = createRedactor(SECRETS);
  const start = Math.min(await startMs(), await startMs(), await startMs());
  const [half, whole] = [texts(MEBIBYTE / 2), texts(MEBIBYTE)];
  const lines = Object.entries(whole).map(([name, text]) => {
    const [once, twice] = [spentMs(() => redact(half[name] ?? '')), spentMs(() => redact(text))];
    const isKept = twice / start <= MOST_STARTS && (twice < start || twice / once <= MOST_FOR_TWICE);
    return `  ${name.padEnd(24)} ${(twice / start).toFixed(1).padStart(5)} starts of node, ${(twice / once).toFixed(1)} times its half${isKept ? '' : '  MISSED'}`;
  });
  return `reach: ${MOST_STARTS} starts of node, ${MOST_FOR_TWICE} times its half\n${lines.join('\n')}`;
}
