import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lock } from '../../src/files/lock.js';

let folder = '';
let place = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golive-lock-'));
  place = join(folder, 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a holder of this machine left behind when it died. */
async function leftByTheDead(): Promise<string> {
  const taken = await lock(place);
  const holder = JSON.parse(readFileSync(`${place}.lock`, 'utf8')) as object;
  await taken.release();
  return JSON.stringify({ ...holder, pid: spawnSync('true').pid, token: 'of the dead' });
}

function age(path: string, ms: number): void {
  const then = new Date(Date.now() - ms);
  utimesSync(path, then, then);
}

/** How many held the lock at once, at most. */
async function most(holders: number): Promise<number> {
  let inside = 0;
  let seen = 0;
  const hold = async () => {
    const taken = await lock(place);
    inside += 1;
    seen = Math.max(seen, inside);
    await new Promise((resolve) => setTimeout(resolve, 2));
    inside -= 1;
    await taken.release();
  };
  await Promise.all(Array.from({ length: holders }, hold));
  return seen;
}

describe('a lock', () => {
  it('has one holder at a time, and leaves nothing', async () => {
    expect(await most(12)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('of a dead process is taken over at once, by one', async () => {
    writeFileSync(`${place}.lock`, await leftByTheDead());
    expect(await most(12)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('of one who died while taking over such a lock, too', async () => {
    const dead = await leftByTheDead();
    writeFileSync(`${place}.lock`, dead);
    writeFileSync(`${place}.lock.lock`, dead);
    expect(await most(3)).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['of another machine', '{"machine":"elsewhere","pid":1,"token":"a"}'],
    ['that was never filled in', ''],
  ])('%s is waited for, and taken over when it is old', async (_, text) => {
    writeFileSync(`${place}.lock`, text);
    let isHeld = false;
    const taking = lock(place).then((taken) => {
      isHeld = true;
      return taken;
    });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(isHeld).toBe(false);
    age(`${place}.lock`, 60_000);
    await (await taking).release();
    expect(existsSync(`${place}.lock`)).toBe(false);
  });

  it('that was taken over is no longer confirmed, and its old holder leaves it alone', async () => {
    const slow = await lock(place);
    await slow.confirm();
    age(`${place}.lock`, 60_000);
    const quick = await lock(place);
    await expect(slow.confirm()).rejects.toThrow(/taken over by another run/);
    await slow.release();
    await quick.confirm();
    await quick.release();
  });

  it.skipIf(process.platform !== 'linux')('that cannot be had is an error', async () => {
    await expect(lock('/proc/state.json')).rejects.toThrow(/^E/);
  });
});
