import { describe, expect, it } from 'vitest';
import type { GatheredMap } from '../../src/evidence/map.js';
import { commandLines } from '../../src/report/curl.js';
import { reproduceOf } from '../../src/report/reproduce.js';
import { VECTORS } from '../../src/webhook/vectors.js';
import { exchange } from '../helpers/exchange.js';
import { control, HOOK } from '../helpers/receiver-evidence.js';

/** An event that was sent to a receiver. */
function sent(vector: string, url = HOOK, probe = 'refusals') {
  const { request, ...rest } = exchange({ id: `webhook.${probe}.evt_1`, method: 'POST', url, credential: 'none' });
  return { ...rest, probe, request: { ...request, vector } };
}
const told = (facts: Partial<ReturnType<typeof control>['told']>): GatheredMap => ({
  'webhook.control': { ok: true, value: control({ told: { scheme: 'github', secretEnv: 'HOOK_SECRET', ...facts } }) },
});

describe('reproduceOf', () => {
  it('signs an event anew: a recorded signature is stale after minutes', () => {
    expect(reproduceOf(sent('wrong-secret'), told({}))).toBe(
      `golive-check webhook send wrong-secret --url '${HOOK}' --scheme github --secret-env HOOK_SECRET`,
    );
  });

  it.each([
    ['the config says more than the name of a scheme', told({ scheme: null }), '--secret-env HOOK_SECRET'],
    ['the secret stands in no variable', told({ secretEnv: null }), '--scheme github --secret-env WEBHOOK_SECRET'],
    ['nothing is known', {}, '--secret-env WEBHOOK_SECRET'],
  ])('where %s', (_, evidence, flags) => {
    expect(reproduceOf(sent('valid'), evidence)).toBe(`golive-check webhook send valid --url '${HOOK}' ${flags}`);
  });

  it('quotes the URL for a shell, and allows one that is not on this machine', () => {
    expect(reproduceOf(sent('valid', "https://hooks.example.com/a?b=1&c='"), told({}))).toContain(
      `--url 'https://hooks.example.com/a?b=1&c='\\' --scheme github --secret-env HOOK_SECRET --allow-remote`,
    );
  });

  it('has none where the receiver was killed meanwhile', () => {
    expect(reproduceOf(sent('valid', HOOK, 'killed'), told({}))).toBeUndefined();
  });

  it('is a curl of anything else', () => {
    expect(reproduceOf(exchange(), told({}))).toMatch(/^curl -i /);
  });

  it('breaks before its flags, at 60 columns', () => {
    for (const { id } of VECTORS) {
      const lines = commandLines(reproduceOf(sent(id), told({})) ?? '', 60, true);
      expect(lines[0]).toBe(`golive-check webhook send ${id} \\`);
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(60);
    }
  });
});
