// Each sample receiver breaks the promises that its comment names, and keeps the others: they are looked at here one by one,
// apart from the checks of the same names.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RECEIVERS, type ReceiverName } from '../../src/sandbox/receivers.js';
import {
  type Answer,
  fresh,
  KEY,
  OTHER_KEY,
  type Parts,
  ROTATED_KEY,
  type RunningReceiver,
  SIGNINGS,
  type SigningName,
  startReceiver,
  stateFolder,
} from './receiver.js';

const SLOW_MS = 300;
const HOUR_S = 3600;
const LOOK_MS = 20;
// Whether two overlap is up to the machine: where they must, one round in which they do is enough.
const MOST_ROUNDS = 10;
const AT_ONCE = 4;
const LARGE = 'n'.repeat(1024 * 1024);

const isTaken = ({ status }: Answer) => status < 400;
const isRefused = ({ status }: Answer) => status >= 400 && status < 500;
const times = (ids: readonly string[], id: string) => ids.filter((one) => one === id).length;

interface Seen {
  receiver: RunningReceiver;
  /** What it says of itself. */
  flips: readonly string[];
  /** Of events that had to be refused. */
  refused: string[];
  /** Answers to events that had to be taken, and were. */
  taken: Answer[];
  api: Api;
}

/** Its provider's API. */
interface Api {
  url: string;
  /** Paths. */
  reads(): readonly string[];
  close(): void;
}

async function startApi(): Promise<Api> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reads: () => paths,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Whether all are refused. */
const refuses =
  (...deliveries: readonly Parts[]) =>
  async ({ receiver, refused }: Pick<Seen, 'receiver' | 'refused'>) => {
    const answers: Answer[] = [];
    for (const parts of deliveries) answers.push(await receiver.deliver(parts));
    refused.push(...answers.map(({ id }) => id));
    return answers.every(isRefused);
  };

async function takes({ receiver, taken }: Seen, ...deliveries: readonly Parts[]): Promise<boolean> {
  const answers: Answer[] = [];
  for (const parts of deliveries) answers.push(await receiver.deliver(parts));
  taken.push(...answers.filter(isTaken));
  return answers.every(isTaken);
}

const resigned = (of: (value: string) => string): Parts => ({
  alter: (headers) => ({ ...headers, 'webhook-signature': of(headers['webhook-signature'] ?? '') }),
});
const renamed = (headers: Record<string, string>): Parts => ({ alter: (own) => ({ ...own, ...headers }) });

/** Whether the promise of that name is kept. In this order: some look back at what came before. */
const LOOKS: Readonly<Record<string, (seen: Seen) => Promise<boolean>>> = {
  'accepts-signed-events': async ({ receiver }) => (await receiver.deliver()).status < 300,
  'verifies-raw-body': (seen) =>
    takes(
      seen,
      ...[
        '{ "id" : "%", "type":"order.completed" }',
        '{"type":"order.completed","big":9007199254740993,"id":"%"}\n',
      ].map(bodied),
      bodied('{"id":"%","type":"order.completed","name":"\\u00e9\\/","empty":[ ]}'),
      bodied('{"id":"%","type":"order.completed","name":"日本é"}'),
    ),
  'rejects-unsigned-events': refuses(
    { alter: ({ 'webhook-signature': _, ...headers }) => headers },
    { alter: () => ({}) },
  ),
  'rejects-forged-signatures': refuses(
    { keys: [OTHER_KEY] },
    { keys: [OTHER_KEY, OTHER_KEY] },
    { keys: [Buffer.alloc(0)] },
    { hash: 'sha1' },
  ),
  'rejects-tampered-bodies': (seen) =>
    refuses(
      { sentBody: '{"id":"evt_forged","type":"order.completed"}' },
      renamed({ 'webhook-id': 'evt_other' }),
      renamed({ 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 7) }),
    )(seen),
  'rejects-malformed-signatures': refuses(
    ...['', `v1,${'\u00e9'.repeat(44)}`, 'v1,', 'v1,abc', `v1,${'A'.repeat(400)}`, 'v1,!"$%', ' '].map((value) =>
      resigned(() => value),
    ),
    resigned((value) => value.replace('v1,', 'v9,')),
    resigned((value) => value.replace('v1,', '')),
    resigned((value) => value.replace('v1,', 'sha256=')),
  ),
  'rejects-stale-events': refuses({ ageS: HOUR_S }),
  'rejects-future-events': refuses({ ageS: -HOUR_S }),
  'accepts-rotated-secrets': (seen) => takes(seen, { keys: [KEY, OTHER_KEY] }, { keys: [OTHER_KEY, KEY] }),
  'leaves-rejected-events-without-effect': async ({ receiver, refused }) => {
    const ids = await receiver.settled();
    return !ids.some((id) => refused.includes(id) || id === 'evt_forged');
  },
  'processes-events-once': async (seen) => {
    const id = fresh();
    const taken = await takes(seen, { id }, { id }, { id, ageS: 9 }, { id, event: { attempt: 2 } });
    return taken && times(await seen.receiver.settled(), id) === 1;
  },
  'processes-concurrent-duplicates-once': async ({ receiver, flips }) => {
    const rounds = flips.includes('processes-concurrent-duplicates-once') ? MOST_ROUNDS : 1;
    for (let round = 0; round < rounds; round += 1) {
      const id = fresh();
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => receiver.deliver({ id })));
      if (!answers.every(isTaken) || times(await receiver.settled(), id) !== 1) return false;
    }
    return true;
  },
  'ignores-unknown-event-types': async ({ receiver }) => {
    const answer = await receiver.deliver({ event: { type: 'order.unheard-of' } });
    return isTaken(answer) && !(await receiver.settled()).includes(answer.id);
  },
  'tolerates-reordered-events': async (seen) => {
    const createdAt = (created: number, status: string): Parts => ({ event: { created, data: { id: 'obj', status } } });
    const taken = await takes(seen, createdAt(1_700_000_060, 'completed'), createdAt(1_700_000_000, 'processing'));
    await seen.receiver.settled();
    return taken && (await seen.receiver.status('obj')) === 'completed';
  },
  'invalidates-caches-on-events': async ({ receiver, api }) => {
    const deliver = async (created: number, status: string) => {
      await receiver.deliver({ event: { created, data: { id: 'kept', status } } });
      await receiver.settled();
    };
    await deliver(1_700_000_000, 'processing');
    for (let reading = 0; reading < 3; reading += 1) await receiver.status('kept');
    const isRead = api.reads().includes('/orders/kept');
    await deliver(1_700_000_060, 'completed');
    return isRead && (await receiver.status('kept')) === 'completed';
  },
  'refuses-plain-reads': async ({ receiver }) => {
    const before = await receiver.settled();
    const answer = await receiver.deliver({ method: 'GET', body: '' });
    return !isTaken(answer) && (await receiver.settled()).length === before.length + 1;
  },
  'survives-large-events': async (seen) => {
    const large = await takes(seen, { event: { note: LARGE } });
    // The server's part, which is one and the same for all that sin.
    if (seen.flips.length > 0) return large;
    return large && (await seen.receiver.deliver({ event: { note: LARGE.repeat(3) } })).status === 413;
  },
  'keeps-accepted-events': async ({ receiver, taken }) => {
    const ids = await receiver.settled();
    return taken.length > 0 && taken.every(({ id }) => ids.includes(id));
  },
  'acknowledges-in-time': async ({ taken }) => Math.min(...taken.map(({ tookMs }) => tookMs)) < SLOW_MS - 10,
  'logs-forgeries': async ({ receiver }) => {
    await receiver.settled();
    const before = linesOf(receiver);
    await refuses({ keys: [OTHER_KEY] })({ receiver, refused: [] });
    await receiver.settled();
    // The last event has its line too.
    return linesOf(receiver) > before + 1;
  },
};

function linesOf(receiver: RunningReceiver): number {
  return receiver.output().split('\n').length;
}

function bodied(text: string): Parts {
  const id = fresh();
  return { id, body: text.replace('%', id) };
}

/** Names of the promises that are broken. */
async function brokenBy(name: ReceiverName): Promise<string[]> {
  const { folder, remove } = stateFolder();
  const event = KILLED.includes(name) ? await leaveWith(name, folder) : null;
  const api = await startApi();
  const env = { LATER_MS: '20', SLOW_MS: String(SLOW_MS), API_URL: api.url };
  const receiver = await startReceiver(name, { folder, env });
  try {
    const broken = event === null ? [] : await brokenByKill(receiver, event);
    const seen: Seen = { receiver, flips: RECEIVERS[name].flips, refused: [], taken: [], api };
    for (const [promise, isKept] of Object.entries(LOOKS)) if (!(await isKept(seen))) broken.push(promise);
    return broken;
  } finally {
    await receiver.kill();
    api.close();
    remove();
  }
}

interface Left {
  id: string;
  acknowledged: boolean;
}

/** Kills a receiver with an event in its hands: acknowledged, or else marked as seen. */
async function leaveWith(name: ReceiverName, folder: string): Promise<Left> {
  const id = fresh();
  const receiver = await startReceiver(name, { folder, env: { LATER_MS: '600000' } });
  const answered = receiver.deliver({ id }).catch(() => null);
  await untilWritten(join(folder, 'seen.jsonl'), answered).finally(receiver.kill);
  return { id, acknowledged: (await answered) !== null };
}

/** What the next process makes of that event, and of its next delivery. */
async function brokenByKill(receiver: RunningReceiver, { id, acknowledged }: Left): Promise<string[]> {
  const isKept = !acknowledged || (await receiver.settled()).includes(id);
  const again = await receiver.deliver({ id });
  const effects = times(await receiver.settled(), id);
  return [
    ...(effects === 1 ? [] : ['processes-events-once']),
    ...(isKept && effects > 0 && isTaken(again) ? [] : ['keeps-accepted-events']),
  ];
}

/** Or until that is over. */
async function untilWritten(file: string, other: Promise<unknown>): Promise<void> {
  let isOver = false;
  void other.then(() => {
    isOver = true;
  });
  while (!isOver && (!existsSync(file) || readFileSync(file, 'utf8') === '')) await sleep(LOOK_MS);
}

// With the others a kill shows nothing that the looks do not.
const KILLED: readonly ReceiverName[] = [
  'sound',
  'sound.py',
  'queues-first',
  'forgets-when-killed',
  'loses-accepted-events',
  'marks-seen-before-processing',
];

describe.concurrent('a sample receiver', () => {
  // What sinners break, the matrix of receivers shows through the tool itself.
  const saints = Object.entries(RECEIVERS).filter(([, { flips }]) => flips.length === 0);
  it.each(saints)('%s keeps its promises', async (name, { flips }) => {
    expect([...new Set(await brokenBy(name as ReceiverName))].toSorted()).toEqual(flips.toSorted());
  });

  // The others differ from these in the name of a header alone.
  const inPython: readonly SigningName[] = ['stripe', 'github'];
  it.each([
    ...(Object.keys(SIGNINGS) as SigningName[]).map((scheme) => ['sound', scheme] as const),
    ...inPython.map((scheme) => ['sound.py', scheme] as const),
  ])('%s reads %s', async (name, scheme) => {
    const { folder, remove } = stateFolder();
    const { severalSignatures, timed, takesFuture } = SIGNINGS[scheme];
    const receiver = await startReceiver(name, { folder, scheme });
    const answers = async (...deliveries: readonly Parts[]) =>
      Promise.all(deliveries.map(async (parts) => (await receiver.deliver(parts)).status));
    const twice = fresh();
    try {
      expect(await answers({ id: twice }, { id: twice }, { keys: [ROTATED_KEY] })).toEqual([200, 200, 200]);
      expect(await answers({ keys: [OTHER_KEY] }, { alter: () => ({}) }, { sentBody: '{}' })).toEqual([401, 401, 401]);
      const late = timed ? [401, takesFuture ? 200 : 401] : [200, 200];
      expect(await answers({ ageS: HOUR_S }, { ageS: -HOUR_S })).toEqual(late);
      const rotated = severalSignatures ? [200, 200] : [401, 200];
      expect(await answers({ keys: [OTHER_KEY, KEY] }, { keys: [KEY, OTHER_KEY] })).toEqual(rotated);
      expect(times(await receiver.settled(), twice)).toBe(1);
    } finally {
      await receiver.kill();
      remove();
    }
  });
});
