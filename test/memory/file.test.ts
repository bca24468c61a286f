import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { changeState, type Entry, readState } from '../../src/memory/file.js';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golive-state-'));
  path = join(folder, 'deeper', 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function entry(id: string, usedAt = new Date().toISOString()): Entry {
  return {
    id,
    purpose: 'remembers',
    target: 'orders',
    url: 'https://sandbox.example.com/v1',
    environment: 'sandbox',
    operation: 'a',
    contract: 'b',
    account: 'c',
    key: `glc-1-${id}`,
    unique: 'glc-1-2',
    usedAt,
    first: { status: 201, id: 'ord_1', location: null, content: 'd' },
  };
}
const ids = async () => (await readState(path))?.entries.map(({ id }) => id);

describe('the state file', () => {
  it('is made when there is none, for its owner alone, and leaves nothing beside it', async () => {
    expect(await readState(path)).toBeNull();
    await changeState(path, () => [entry('1')]);
    expect(await ids()).toEqual(['1']);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['state.json']);
  });

  it('keeps its salt', async () => {
    const salts: string[] = [];
    for (let times = 0; times < 2; times += 1)
      await changeState(path, (entries, salt) => {
        salts.push(salt);
        return entries;
      });
    expect(salts[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(salts[1]).toBe(salts[0]);
  });

  it('loses no entry to others who write at the same time', async () => {
    const names = Array.from({ length: 25 }, (_, at) => String(at));
    await Promise.all(names.map((id) => changeState(path, (entries) => [...entries, entry(id)])));
    expect((await ids())?.toSorted()).toEqual(names.toSorted());
  });

  it('is never seen half-written', async () => {
    let writing = true;
    const writer = (async () => {
      for (let times = 0; times < 40; times += 1)
        await changeState(path, (entries) => [...entries, entry(String(times))]);
      writing = false;
    })();
    for (let reads = 0; writing && reads < 100_000; reads += 1) await readState(path);
    await writer;
    expect(await ids()).toHaveLength(40);
  });

  it('is not held for ever by one who died with the lock', async () => {
    await changeState(path, () => []);
    writeFileSync(`${path}.lock`, '');
    const long = new Date(Date.now() - 60_000);
    utimesSync(`${path}.lock`, long, long);
    await changeState(path, () => [entry('1')]);
    expect(await ids()).toEqual(['1']);
  });

  it('is left to who took the lock over while its holder stood still', async () => {
    await changeState(path, () => [entry('1')]);
    await expect(
      changeState(path, (entries) => {
        writeFileSync(`${path}.lock`, 'another holder');
        return [...entries, entry('late')];
      }),
    ).rejects.toThrow(/taken over by another run/);
    expect(await ids()).toEqual(['1']);
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe('another holder');
  });

  it('stays as it was when a change fails', async () => {
    await changeState(path, () => [entry('1')]);
    const before = readFileSync(path, 'utf8');
    await expect(
      changeState(path, () => {
        throw new Error('planned');
      }),
    ).rejects.toThrow('planned');
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['state.json']);
  });

  it('drops what nobody asked for in more than a year', async () => {
    await changeState(path, () => [entry('old', '2020-01-01T00:00:00.000Z'), entry('new')]);
    expect(await ids()).toEqual(['new']);
  });

  it.each([
    ['not JSON', '{"entries":'],
    ['another JSON', '{"targets":[]}'],
    ['of a later version', '{"schemaVersion":2,"tool":"golive-check state","salt":"a","entries":[]}'],
    ['an entry that is none', '{"schemaVersion":1,"tool":"golive-check state","salt":"a","entries":[{}]}'],
    ['empty', ''],
  ])('%s: refused in one line', async (_name, text) => {
    const file = join(folder, 'state.json');
    writeFileSync(file, text);
    const error: unknown = await readState(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(/^--state: .*state\.json is not a state file[^\n]*$/);
  });
});
