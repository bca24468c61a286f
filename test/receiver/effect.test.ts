import { afterEach, describe, expect, it, vi } from 'vitest';
import { readEffect } from '../../src/receiver/effect.js';
import { listen } from './listen.js';

afterEach(() => vi.useRealTimers());
const place = { cwd: process.cwd(), env: { PATH: process.env.PATH } };
const answering = (text: string, status = 200) =>
  listen((_, __, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(text));
const printing = (text: string) => readEffect({ command: [process.execPath, '-p', JSON.stringify(text)] }, place);

describe('an effect behind a URL', () => {
  it.each([
    ['a number', '7', {}, { count: 7, ids: null }],
    ['a number in it', '{"stats":{"done":0}}', { pointer: '/stats/done' }, { count: 0, ids: null }],
    ['a list', '["a",2,"c"]', {}, { count: 3, ids: ['a', '2', 'c'] }],
    ['a list in it', '{"ids":[]}', { pointer: '/ids' }, { count: 0, ids: [] }],
  ])('is %s', async (_, text, more, reading) => {
    expect(await readEffect({ url: await answering(text), ...more }, place)).toEqual({ ...reading, why: null });
  });

  it.each([
    ['no JSON', '<html>7</html>', {}, /neither a whole number nor a list/],
    ['nothing', '', {}, /neither/],
    ['a text', '"7"', {}, /neither/],
    ['a fraction', '7.5', {}, /neither/],
    ['a number below 0', '-1', {}, /neither/],
    ['nothing there', '{"done":1}', { pointer: '/stats/done' }, /neither/],
  ])('cannot be read where the answer is %s', async (_, text, more, why) => {
    const reading = await readEffect({ url: await answering(text), ...more }, place);
    expect(reading).toMatchObject({ count: null, ids: null, why: expect.stringMatching(why) as string });
  });

  it('cannot be read from an error, a redirect, or a place where nobody listens', async () => {
    for (const status of [500, 404, 302])
      expect((await readEffect({ url: await answering('7', status) }, place)).why).toBe(`it was answered ${status}`);
    expect((await readEffect({ url: 'http://127.0.0.1:1/' }, place)).why).toMatch(/ECONNREFUSED/);
  });

  it('is read no further than 8 MiB', async () => {
    const url = await listen((_, __, response) => response.end(`[${'1,'.repeat(5 * 1024 * 1024)}1]`));
    expect((await readEffect({ url }, place)).why).toMatch(/went past 8388608 bytes/);
  });

  it('is not waited for longer than 10 s, whatever comes meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const url = await listen((_, __, response) => void response.write('['));
    const reading = readEffect({ url }, place);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await reading).why).toBe('no whole answer within 10 s');
  });

  it('is asked for with the headers of the config, and keeps ids short', async () => {
    const url = await listen(({ headers }, _, response) =>
      response.end(JSON.stringify([`${headers['x-token']}`.repeat(99)])),
    );
    const { ids } = await readEffect({ url, headers: { 'x-token': 'four' } }, place);
    expect(ids).toEqual(['four'.repeat(50)]);
  });
});

describe('an effect that a command prints', () => {
  it('is its last line', async () => {
    expect(await printing('counting\n3')).toMatchObject({ count: 3, why: null });
    expect(await printing('["a","b"]\n\n')).toMatchObject({ count: 2, ids: ['a', 'b'] });
  });

  it('cannot be read from words, a command that fails, and one that is not there', async () => {
    expect((await printing('done: 3')).why).toBe('the command printed neither a whole number nor a list');
    expect((await readEffect({ command: 'echo 3; exit 4' }, place)).why).toBe('its command ended with 4');
    expect((await readEffect({ command: ['no-such-command-at-all'] }, place)).why).toMatch(/could not be started/);
  });
});
