// The usual encodings of a secret, each as its users write it.

export type Encode = (text: string) => string;

const bytesOf = (text: string) => [...Buffer.from(text)];
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
const each = (text: string, write: (point: number, character: string) => string) =>
  [...text].map((one) => write(one.codePointAt(0) ?? 0, one)).join('');

function base32(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return [...bits.matchAll(/.{1,5}/g)]
    .map(([group]) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
}

const mime = (text: string) =>
  Buffer.from(text)
    .toString('base64')
    .replace(/(.{20})/g, '$1\r\n');

export const ENCODINGS: Readonly<Record<string, Encode>> = {
  plain: (text) => text,
  'percent-encoding': encodeURIComponent,
  'percent-encoding of every byte': (text) =>
    bytesOf(text)
      .map((byte) => `%${hex(byte, 2)}`)
      .join(''),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON with slashes escaped': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  '\\uXXXX': (text) => text.replace(/[\s\S]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`),
  '\\u{X}': (text) => each(text, (point) => `\\u{${point.toString(16)}}`),
  '\\xXX': (text) =>
    bytesOf(text)
      .map((byte) => `\\x${hex(byte, 2)}`)
      .join(''),
  octal: (text) =>
    bytesOf(text)
      .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
      .join(''),
  'HTML, decimal': (text) => each(text, (point) => `&#${point};`),
  'HTML, decimal without semicolons': (text) => each(text, (point) => `&#${point}`),
  'HTML, hexadecimal': (text) => each(text, (point) => `&#x${point.toString(16)};`),
  'HTML, names': (text) =>
    text.replace(
      /[&<>"'_]/g,
      (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', _: '&lowbar;' })[one] ?? one,
    ),
  CSS: (text) => each(text, (point) => `\\${point.toString(16)} `),
  'CSS of six digits': (text) => each(text, (point) => `\\${hex(point, 6)}`),
  'quoted-printable': (text) =>
    bytesOf(text)
      .map((byte) => `=${hex(byte, 2).toUpperCase()}`)
      .join(''),
  'quoted-printable with soft breaks': (text) => text.replaceAll('=', '=3D').replace(/((?:=3D|[^=]){7})/g, '$1=\r\n'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'HEX:HEX': (text) =>
    Buffer.from(text)
      .toString('hex')
      .toUpperCase()
      .replace(/(..)(?=.)/g, '$1:'),
  'bytes, decimal': (text) => `[${bytesOf(text).join(', ')}]`,
  'bytes, 0x': (text) =>
    bytesOf(text)
      .map((byte) => `0x${hex(byte, 2)}`)
      .join(', '),
  'bytes, octal': (text) =>
    bytesOf(text)
      .map((byte) => byte.toString(8).padStart(3, '0'))
      .join(' '),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 behind one byte': (text) => Buffer.from(`:${text}`).toString('base64'),
  'base64 behind two bytes': (text) => Buffer.from(`u:${text}`).toString('base64'),
  'base64 of MIME': mime,
  'base64 of MIME in JSON': (text) => JSON.stringify(mime(text)).slice(1, -1),
  base32: (text) => base32(bytesOf(text)),
  'base32, lower case': (text) => base32(bytesOf(`ab${text}`)).toLowerCase(),
  'UTF-16LE': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  'UTF-16BE': (text) => Buffer.from(text, 'utf16le').swap16().toString('latin1'),
  'zero-width spaces': (text) => [...text].join('\u200b'),
  'soft hyphens': (text) => text.replace(/(.{3})/g, '$1\u00ad'),
  'byte order marks': (text) => text.replace(/(.{5})/g, '$1\ufeff'),
  'combining marks': (text) => text.replace(/(.{2})/g, '$1\u0301'),
  colours: (text) => text.replace(/(.{4})/g, '$1\u001b[0m'),
  'full-width letters': (text) => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
};
