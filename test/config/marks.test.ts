import { describe, expect, it } from 'vitest';
import type { Path } from '../../src/config/env.js';
import { forbiddenIn } from '../../src/config/literals.js';
import { resolveSource } from '../../src/config/load.js';
import { mayLookLikeKey, secrecyAt } from '../../src/config/marks.js';
import { targetSchema } from '../../src/config/schema.js';
import { parseText } from '../../src/config/source.js';
import { alongPath, formsOf, membersOf } from '../../src/config/walk.js';

const at = (place: string): Path => place.split('.');

describe('secrecy', () => {
  it.each([
    ['credential', 'endpoint.key endpoint.secondAccountKey client.key webhook.secret webhook.secret.0'],
    ['credential', 'endpoint.headers.Authorization endpoint.operations.create.headers.X-Api-Key'],
    ['credential', 'client.service.trigger.headers.cookie contract.errors.byStatus.4xx.sample.headers.x-token'],
    ['credential', 'contract.auth.login.body.password contract.auth.login.body.user.client_secret'],
    ['credential', 'contract.auth.login.form.otp'],
    ['proxy', 'endpoint.egress.office.via'],
    ['shown', 'name extends endpoint.url endpoint.ca client.cwd client.logs.0 client.passThrough.1'],
    ['shown', 'contract.environments.live.hosts.0 endpoint.egress.office.address'],
    [null, 'endpoint.headers.X-Partner endpoint.headers contract.auth.login.body contract.auth.login.form.user'],
    [null, 'client.env.KEY endpoint.operations.create.body.password endpoint.kye contract.auth.login.path'],
  ])('is marked in the schema: %s: %s', (secrecy, places) => {
    for (const place of places.split(' ')) expect(secrecyAt(targetSchema, at(place)), place).toBe(secrecy);
  });

  it('is marked for every text of the schema that is called a key or a secret', () => {
    const unmarked: string[] = [];
    const visit = (path: Path, seen: readonly unknown[] = []): void => {
      const forms = alongPath(targetSchema, path)[path.length] ?? [];
      for (const [name, schema] of forms.flatMap((form) => Object.entries(membersOf(form)))) {
        if (seen.includes(schema)) continue;
        const place = [...path, name];
        const isText = formsOf(schema).some((form) => form._zod.def.type === 'string');
        if (isText && /^(key|secret|password|\w+(Key|Secret|Password))$/.test(name))
          if (secrecyAt(targetSchema, place) !== 'credential' && !mayLookLikeKey(targetSchema, place))
            unmarked.push(place.join('.'));
        visit(place, [...seen, schema]);
      }
    };
    visit([]);
    expect(unmarked).toEqual([]);
  });

  it('decides what may be written out', () => {
    const written = { auth: { wrongKey: 'sk_live_0123456789abcdefghijklmn' } };
    expect(forbiddenIn({ contract: written })).toEqual([]);
    expect(forbiddenIn({ endpoint: { inScope: written.auth.wrongKey } })).toHaveLength(1);
    expect(forbiddenIn({ client: { key: 'short' } })).toHaveLength(1);
  });
});

describe('a key that nothing reads yet', () => {
  const load = async (text: string) =>
    resolveSource(await parseText('a.yaml', text), { cwd: process.cwd(), environment: {} });
  const message = (text: string) =>
    load(text).then(
      () => 'taken',
      (error: Error) => error.message,
    );

  it.each([
    ['contract:\n  retry:\n    hintHeader: X-Retry', '3:5: contract.retry.hintHeader'],
    ['contract:\n  retry:\n    maxRetryAfterMs: 1', '3:5: contract.retry.maxRetryAfterMs'],
    ['contract:\n  rateLimit:\n    failuresCount: false', '3:5: contract.rateLimit.failuresCount'],
    ['contract:\n  idempotency:\n    scope: [key]', '3:5: contract.idempotency.scope'],
    [
      'contract: { auth: { login: { path: /a, token: /t, refresh: { path: /b, member: /c } } } }',
      '1:72: contract.auth.login.refresh.member',
    ],
  ])('is refused at its place: %s', async (text, place) => {
    expect(await message(text)).toBe(
      `a.yaml:${place}: found a key that is not supported yet; expected none, since nothing would read it`,
    );
  });

  it('is refused in each of several targets, all at once, and is no choice that a message offers', async () => {
    const refused = await message(
      'targets:\n  a:\n    contract:\n      retry:\n        hintHeader: X-Retry\n        maxRetryAfterMs: 1\n',
    );
    expect(refused.split('\n')).toEqual([
      expect.stringMatching(/^a\.yaml:5:9: targets\.a\.contract\.retry\.hintHeader: /),
      expect.stringMatching(/^a\.yaml:6:9: targets\.a\.contract\.retry\.maxRetryAfterMs: /),
    ]);
    expect(await message('contract:\n  retry:\n    hintHeade: X-Retry\n')).toMatch(
      /unknown key "hintHeade"; expected one of (?!.*\b(hintHeader|maxRetryAfterMs)\b)/,
    );
  });

  it('stays a fact of a built-in contract', async () => {
    const [target] = await load('extends: stripe\n');
    expect(target?.contract.retry?.hintHeader).toBe('Stripe-Should-Retry');
  });
});
