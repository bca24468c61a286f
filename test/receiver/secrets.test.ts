// The secret of a receiver, in whatever form its code may hold it: none of them comes out of a run.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/report/formats.js';
import { freePort } from '../../src/sandbox/free-port.js';
import { SCHEMES } from '../../src/webhook/schemes.js';
import { formsOf } from '../../src/webhook/secret-forms.js';
import { ENCODINGS } from '../helpers/encodings.js';
import { runConfig } from '../helpers/in-process.js';
import { PLAIN } from '../report/made.js';
import { configOf, SECRET_VARIABLE } from './listen.js';

// 24 bytes, of which base64 and hex share no run of characters.
const BYTES = Buffer.from('f0e1d2c3b4a5968778695a4b3c2d1e0ffffefbbe12345678', 'hex');
const SECRET = `whsec_${BYTES.toString('base64')}`;
const FORMS = [
  SECRET,
  SECRET.slice('whsec_'.length),
  BYTES.toString('base64url'),
  BYTES.toString('hex'),
  BYTES.toString('hex').toUpperCase(),
];
const CANARIES = [...new Set(FORMS.flatMap((form) => Object.values(ENCODINGS).map((encode) => encode(form))))];
const IN_HEADER = CANARIES.filter((one) => /^[\x21-\x7e ]+$/.test(one));

const folder = mkdtempSync(join(tmpdir(), 'golive-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers, prints and counts in canaries. */
function receiver(port: number): string {
  const file = join(folder, 'receiver.mjs');
  writeFileSync(join(folder, 'canaries.json'), JSON.stringify({ CANARIES, IN_HEADER }));
  writeFileSync(
    file,
    `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const { CANARIES, IN_HEADER } = JSON.parse(readFileSync(new URL('canaries.json', import.meta.url), 'utf8'));
const BETWEEN = '\\n> ';
let events = 0;
createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.url === '/effects') return response.end(JSON.stringify(CANARIES.slice(0, 7 * events)));
    events += 1;
    console.log(request.headers['webhook-signature'] ?? 'none', CANARIES.slice(7 * events, 7 * events + 7).join(BETWEEN));
    response.writeHead(200, { 'x-hint': IN_HEADER.slice(0, 40).join(' > ') });
    response.end(JSON.stringify({ error: CANARIES.join(BETWEEN) }));
  });
}).listen(${port}, '127.0.0.1', () => console.log('ready', CANARIES.slice(0, 7).join(BETWEEN)));
`,
  );
  return file;
}

const leaksIn = (text: string) =>
  CANARIES.filter((one) => text.includes(one) || text.includes(JSON.stringify(one).slice(1, -1)));

describe('the secret of a receiver', () => {
  it('has other forms than the one that the provider shows', () => {
    expect(formsOf(SCHEMES.standard, SECRET)).toEqual(expect.arrayContaining(FORMS.slice(1)));
    expect(formsOf(SCHEMES.stripe, SECRET), 'where its prefix belongs to it').toEqual(
      expect.arrayContaining(FORMS.slice(1)),
    );
    expect(formsOf(SCHEMES.github, 'words and words')).toEqual([]);
    expect(formsOf(SCHEMES.standard, FORMS[1] ?? ''), 'without prefix').toContain(FORMS[3]);
  });

  it('is in no evidence and no report, whatever a receiver answers, prints and counts', async () => {
    const port = await freePort();
    const place = `http://127.0.0.1:${port}`;
    const raw = configOf({
      url: `${place}/hooks`,
      command: [process.execPath, receiver(port)],
      ready: 'ready',
      effect: { url: `${place}/effects` },
    });
    const environment = { PATH: process.env.PATH ?? '', [SECRET_VARIABLE]: SECRET };
    const { report, evidence } = await runConfig(raw, {
      only: ['leaves-rejected-events-without-effect', 'logs-forgeries'],
      environment,
    });
    const saved = JSON.stringify(evidence);
    expect(saved).toContain(`[secret:${SECRET_VARIABLE}]`);
    expect(leaksIn(saved)).toEqual([]);
    for (const [name, load] of Object.entries(FORMATS))
      expect(leaksIn((await load())(report, { ...PLAIN, verbose: true })), name).toEqual([]);
  });
});
