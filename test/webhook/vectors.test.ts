import { describe, expect, it } from 'vitest';
import type { Delivery, Sample } from '../../src/webhook/delivery.js';
import { GROUPS, type Vector } from '../../src/webhook/vector.js';
import { deliveriesOf, VECTORS } from '../../src/webhook/vectors.js';
import { CASES, EVENT, isTaken, schemeFrom, URL_OF_RECEIVER } from './receivers.js';

const nowMs = Date.now();
const sampleOf = (secrets: readonly string[], more: Partial<Sample> = {}): Sample => ({
  id: 'evt_7Qd2',
  nowMs,
  event: EVENT,
  url: URL_OF_RECEIVER,
  secrets,
  ...more,
});
const vectorOf = (id: string): Vector => {
  const found = VECTORS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
};

describe('vectors', () => {
  it('have ids of their own, and stand in every group, together', () => {
    const ids = VECTORS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect([...new Set(VECTORS.map(({ group }) => group))].toSorted()).toEqual([...GROUPS].toSorted());
    const runs = VECTORS.map(({ group }) => group).filter((group, at, all) => group !== all[at - 1]);
    expect(runs).toHaveLength(GROUPS.length);
  });

  it.each(VECTORS.map((vector) => [vector.id, vector] as const))('%s applies to a scheme at least', (_, vector) => {
    const reasons = CASES.map(({ contract, secrets }) => vector.missing(schemeFrom(contract), secrets));
    expect(reasons).toContain(null);
    for (const reason of reasons) expect(reason).not.toBe('');
  });

  it.each(
    CASES.map((one) => [one.name, one] as const),
  )('%s: a sound receiver and the published verifier take what is good, and nothing else', async (_, {
    contract,
    secrets,
    takes,
    published,
    but = {},
  }) => {
    const scheme = schemeFrom(contract);
    const wrong: string[] = [];
    const asked = { own: 0, published: 0 };
    for (const vector of VECTORS) {
      for (const made of deliveriesOf(vector, scheme, sampleOf(secrets))) {
        const expected = vector.expected !== 'refused';
        asked.own += 1;
        if ((await isTaken(takes, made, nowMs)) !== expected) wrong.push(`own: ${vector.id}`);
        if (published === undefined) continue;
        asked.published += 1;
        const isAsExpected = (await isTaken(published, made, nowMs)) === expected;
        if (isAsExpected === vector.id in but) wrong.push(`published: ${vector.id}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked.own).toBeGreaterThan(30);
    expect(asked.published).toBe(published === undefined ? 0 : asked.own);
  });

  it('are the same whenever they are made, and none changes the sample', () => {
    const before = JSON.stringify(EVENT);
    for (const { contract, secrets } of CASES) {
      const scheme = schemeFrom(contract);
      for (const vector of VECTORS)
        expect(deliveriesOf(vector, scheme, sampleOf(secrets))).toEqual(
          deliveriesOf(vector, scheme, sampleOf(secrets)),
        );
    }
    expect(JSON.stringify(EVENT)).toBe(before);
  });

  it('hold no secret', () => {
    for (const { contract, secrets } of CASES) {
      const scheme = schemeFrom(contract);
      const small = VECTORS.filter(({ group }) => group !== 'large');
      const made = JSON.stringify(small.map((vector) => deliveriesOf(vector, scheme, sampleOf(secrets))));
      for (const secret of secrets)
        for (const form of [secret, secret.replace(/^wh\w+?_/, ''), Buffer.from(secret).toString('base64')])
          expect(made).not.toContain(form);
    }
  });
});

type Fact = 'method' | 'names' | 'id' | 'timestamp' | 'signature' | 'body' | 'event';
/** What differs from `valid` under Standard Webhooks. `body`: the bytes; `event`: what they say. */
const DIFFERENCES: Readonly<Record<string, readonly Fact[]>> = {
  valid: [],
  'odd-spacing': ['body', 'signature'],
  'other-member-order': ['body', 'signature'],
  'escaped-characters': ['body', 'signature'],
  'non-ascii-text': ['body', 'event', 'signature'],
  'escaped-non-ascii': ['body', 'event', 'signature'],
  'long-integer': ['body', 'event', 'signature'],
  'odd-numbers': ['body', 'event', 'signature'],
  'empty-lists': ['body', 'event', 'signature'],
  'repeated-members': ['body', 'event', 'signature'],
  'trailing-newline': ['body', 'signature'],
  'header-names-in-capitals': ['names'],
  'no-signature': ['names', 'signature'],
  'no-id': ['names', 'id'],
  'no-timestamp': ['names', 'timestamp'],
  'wrong-secret': ['signature'],
  'empty-secret': ['signature'],
  'hash-without-secret': ['signature'],
  'other-algorithm': ['signature'],
  'signature-of-another-body': ['signature'],
  'one-byte-changed': ['body', 'event'],
  'body-replaced': ['body', 'event'],
  'member-added': ['body', 'event'],
  'other-id': ['id'],
  'other-timestamp': ['signature'],
  'empty-header': ['signature'],
  'empty-signature': ['signature'],
  'short-signature': ['signature'],
  'over-long-signature': ['signature'],
  'undecodable-signature': ['signature'],
  'non-ascii-signature': ['signature'],
  'other-scheme': ['signature'],
  'unknown-version': ['signature'],
  'two-signature-headers': ['names', 'signature'],
  'stale-timestamp': ['timestamp', 'signature'],
  'timestamp-an-hour-old': ['timestamp', 'signature'],
  'future-timestamp': ['timestamp', 'signature'],
  'milliseconds-for-seconds': ['timestamp', 'signature'],
  'second-signature-valid': ['signature'],
  'first-signature-valid': ['signature'],
  'both-signatures-wrong': ['signature'],
  'second-secret': ['signature'],
  'duplicate-later': [],
  'duplicates-at-once': [],
  'duplicate-signed-again': ['timestamp', 'signature'],
  'unknown-type': ['body', 'event', 'signature'],
  'later-event-first': [],
  'earlier-event': ['id', 'timestamp', 'signature'],
  'large-body': ['body', 'event', 'signature'],
  'slow-effect': [],
  'plain-read': ['method', 'names', 'id', 'timestamp', 'signature', 'body', 'event'],
  'signed-read': ['method', 'names', 'signature', 'body', 'event'],
};

function factsOf({ method, headers, body }: Delivery): Record<Fact, unknown> {
  const valuesOf = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  let event: unknown = null;
  if (body !== null) event = JSON.parse(body);
  return {
    method,
    names: headers.map(([name]) => name),
    id: valuesOf('webhook-id'),
    timestamp: valuesOf('webhook-timestamp'),
    signature: valuesOf('webhook-signature'),
    body,
    event,
  };
}

describe('a vector differs from a valid event in what it says, and in nothing else', () => {
  const [standard = CASES[0]] = CASES;
  const scheme = schemeFrom(standard?.contract ?? {});
  const sample = sampleOf(standard?.secrets ?? []);
  const make = (id: string) => deliveriesOf(vectorOf(id), scheme, sample);
  const valid = factsOf(make('valid')[0] as Delivery);

  it('each that applies stands in the table', () => {
    const applies = VECTORS.filter((vector) => vector.missing(scheme, sample.secrets) === null).map(({ id }) => id);
    expect(applies.toSorted()).toEqual(Object.keys(DIFFERENCES).toSorted());
  });

  it.each(Object.entries(DIFFERENCES))('%s: %j', (id, differs) => {
    const facts = factsOf(make(id)[0] as Delivery);
    const found = Object.entries(facts)
      .filter(([name, value]) => JSON.stringify(sorted(value)) !== JSON.stringify(sorted(valid[name as Fact])))
      .map(([name]) => name);
    expect(found.toSorted()).toEqual(differs.toSorted());
  });

  it('of several deliveries', () => {
    const first = make('valid')[0];
    expect(make('duplicate-later')).toEqual([first, first]);
    expect(make('duplicates-at-once')).toEqual([first, first, first, first]);
    expect(vectorOf('duplicates-at-once').atOnce).toBe(true);
    const [later, earlier] = make('later-event-first').map(factsOf);
    expect(later?.event).toEqual(EVENT);
    expect(earlier?.id).not.toEqual(later?.id);
    expect(Number(later?.timestamp)).toBeGreaterThan(Number(earlier?.timestamp));
    expect(VECTORS.filter(({ id }) => make(id).length > 1).map(({ id }) => id)).toEqual([
      'duplicate-later',
      'duplicates-at-once',
      'duplicate-signed-again',
      'later-event-first',
    ]);
  });
});

/** Members in one order: what an event says. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}
