import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlOf } from '../../src/report/curl.js';
import { commandLines } from '../../src/report/text/reproduce.js';
import { body, forbiddenIn, HOSTILE, request } from './made.js';

/** What bash hands to curl, by way of a function that prints its arguments; secrets are `<NAME>`. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}\n`;
  execFileSync('bash', ['-n', '-c', script]);
  const env = { PATH: process.env.PATH ?? '', API_KEY: '<API_KEY>', ENDPOINT_KEY: '<ENDPOINT_KEY>', LC_ALL: 'C' };
  return execFileSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

function valueAfter(option: string, all: readonly string[]): string | undefined {
  return all[all.indexOf(option) + 1];
}

const NASTY = [
  `it's "quoted" and ''twice''`,
  `$HOME \${HOME} $(touch /tmp/owned) \`id\``,
  'back\\slash \\n \\\\ trailing \\',
  'two\nlines\r\n\tand a tab\n',
  "'",
  "''",
  '!history ~ * ? [a] {b,c} ; & | > <',
  '-o /etc/passwd',
  '@/etc/passwd',
  '図書 Zoë 🚀',
  HOSTILE.replace('\0', ''),
  '',
];

describe('curlOf', () => {
  it('reads well for an ordinary call', () => {
    const call = request({
      headers: [
        ['accept', 'application/json'],
        ['content-type', 'application/json'],
        ['authorization', 'Bearer [secret:API_KEY]'],
      ],
      body: body('{"amount":10}'),
    });
    expect(curlOf(call)).toBe(
      `curl -i 'https://sandbox.example.com/v2/orders' -H 'content-type: application/json' -H 'authorization: Bearer '"$API_KEY" --data-raw '{"amount":10}'`,
    );
  });

  it('makes a long body and a long URL by the shell, for the record keeps their beginning alone', () => {
    const curl = 'curl() { if [ "${*: -1}" = @- ]; then wc -c; else printf %s "${*: -1}" | wc -c; fi; }';
    const bytesOf = (command: string) =>
      Number(execFileSync('bash', ['--norc', '-c', `${curl}\n${command}`], { encoding: 'utf8' }));
    const large = request({
      provokes: 413,
      headers: [['content-type', 'application/json']],
      body: { ...body('{"padding":"xxx'), bytes: 1_048_577, truncated: true },
    });
    expect(curlOf(large)).toContain(
      `{ printf %s '{"padding":"xxx'; head -c 1048562 /dev/zero | tr '\\0' x; } | curl -i `,
    );
    expect(bytesOf(curlOf(large))).toBe(1_048_577);
    const long = request({
      method: 'GET',
      url: 'https://api.example.com/ping?padding=xxx',
      headers: [],
      body: null,
      provokes: 414,
    });
    expect(curlOf(long)).toBe(
      `curl -i 'https://api.example.com/ping?padding=xxx'"$(head -c 33792 /dev/zero | tr '\\0' x)"`,
    );
    expect(bytesOf(curlOf(long))).toBeGreaterThan(33 * 1024);
    for (const width of [40, 80, 200]) {
      const lines = commandLines(curlOf(large), width, true).join('\n');
      expect(bytesOf(lines), `in lines of ${width}`).toBe(1_048_577);
    }
  });

  it.each(NASTY)('hands over the body %j as it is', (text) => {
    expect(valueAfter('--data-raw', argumentsOf(curlOf(request({ body: body(text) }))))).toBe(text);
  });

  it.each(NASTY)('hands over the header %j as it is', (text) => {
    const all = argumentsOf(curlOf(request({ headers: [['x-note', text]] })));
    expect(valueAfter('-H', all)).toBe(text === '' ? 'x-note;' : `x-note: ${text}`);
  });

  it('hands over any body, in lines of any width, also in ASCII', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...`'"$\`\\ \n\t!é図\u202e`), fc.string({ unit: 'grapheme', maxLength: 1 })),
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 200 }), fc.boolean(), (sent, width, unicode) => {
        fc.pre(!sent.includes('\0'));
        const lines = commandLines(curlOf(request({ body: body(sent) })), width, unicode);
        expect(forbiddenIn(lines.join('\n'))).toBeNull();
        if (!unicode) expect(lines.join('')).toMatch(/^[ -~]*$/);
        expect(valueAfter('--data-raw', argumentsOf(lines.join('\n')))).toBe(sent);
      }),
      { numRuns: 40 },
    );
  });

  it('puts secrets outside single quotes, whatever stands around them', () => {
    const text = `{"key":"[secret:API_KEY]","it's":"[secret:endpoint.key]$(id)"}[secret:API_KEY]`;
    const command = curlOf(request({ body: body(text) }));
    expect(command).toContain(`'{"key":"'"$API_KEY"'","it'\\''s":"'"$ENDPOINT_KEY"'$(id)"}'"$API_KEY"`);
    expect(valueAfter('--data-raw', argumentsOf(command))).toBe(
      `{"key":"<API_KEY>","it's":"<ENDPOINT_KEY>$(id)"}<API_KEY>`,
    );
  });

  it('takes no command out of a placeholder', () => {
    const text = '[secret:$(id)] [secret:A"; id; "] [secret:]';
    expect(valueAfter('--data-raw', argumentsOf(curlOf(request({ body: body(text) }))))).toBe(text);
  });

  it.each([
    ['the key as user', 'Basic [secret:API_KEY]', '<API_KEY>:'],
    ['the key as user, cut out of its base64', 'Basic [secret:API_KEY]o6', '<API_KEY>:'],
    ['a user before the key', `Basic ${btoa('user:k').slice(0, 7)}[secret:API_KEY]==`, 'user:<API_KEY>'],
  ])('writes Basic credentials with -u: %s', (_, header, expected) => {
    expect(valueAfter('-u', argumentsOf(curlOf(request({ headers: [['authorization', header]] }))))).toBe(expected);
  });

  it.each([
    ['GET without a body', { method: 'GET' }, 'curl -i '],
    ['POST with a body', { method: 'POST', body: body('x') }, 'curl -i '],
    ['POST without a body', { method: 'POST' }, 'curl -i -X POST '],
    ['GET with a body', { method: 'GET', body: body('x') }, 'curl -i -X GET '],
    ['DELETE', { method: 'DELETE' }, 'curl -i -X DELETE '],
    ['HEAD', { method: 'HEAD' }, 'curl -I '],
    ['brackets in the URL', { method: 'GET', url: 'https://a.example/?ids[]={1}' }, 'curl -i -g '],
  ])('%s', (_, changes, begins) => {
    const command = curlOf(request(changes));
    expect(command.startsWith(`${begins}'https://`), command).toBe(true);
  });

  it('keeps curl from inventing a content type', () => {
    expect(argumentsOf(curlOf(request({ headers: [], body: body('x') })))).toContain('Content-Type:');
  });
});

describe('the way of a call', () => {
  it.each([
    [{ kind: 'plain' }, []],
    [{ kind: 'fresh' }, ['-v']],
    [{ kind: 'tls', version: 'TLSv1' }, ['--tlsv1.0', '--tls-max', '1.0', '--ciphers', 'DEFAULT@SECLEVEL=0']],
    [{ kind: 'tls', version: 'TLSv1.1' }, ['--tlsv1.1', '--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0']],
    [{ kind: 'egress', name: 'a', via: 'direct' }, []],
    [{ kind: 'egress', name: 'a', via: '192.0.2.7' }, ['--interface', '192.0.2.7']],
    [{ kind: 'egress', name: 'a', via: 'http://proxy:3128' }, ['-x', 'http://proxy:3128']],
    [{ kind: 'egress', name: 'a', via: 'socks5://proxy:1080' }, ['-x', 'socks5h://proxy:1080']],
  ] as const)('%o', (way, options) => {
    const call = request({ headers: [] });
    const plain = argumentsOf(curlOf(call));
    const by = argumentsOf(curlOf({ request: { ...call.request, way } }));
    expect(by).toEqual([...plain.slice(0, -1), ...options, ...plain.slice(-1)]);
  });
});

describe('commandLines', () => {
  const command = curlOf(
    request({
      headers: [
        ['content-type', 'application/json'],
        ['x-long', 'a b '.repeat(10)],
      ],
      body: body('{"note":"a b"}'),
    }),
  );

  it('leaves a short command on one line', () => {
    expect(commandLines('curl -i https://a.example', 80, true)).toEqual(['curl -i https://a.example']);
  });

  it('breaks between options only, so that it stays one command', () => {
    expect(commandLines(command, 60, true)).toEqual([
      "curl -i 'https://sandbox.example.com/v2/orders' \\",
      "  -H 'content-type: application/json' \\",
      `  -H 'x-long: ${'a b '.repeat(10)}' \\`,
      `  --data-raw '{"note":"a b"}'`,
    ]);
    expect(argumentsOf(commandLines(command, 60, true).join('\n'))).toEqual(argumentsOf(command));
  });
});
