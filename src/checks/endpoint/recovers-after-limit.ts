import type { Contract } from '../../config/schema.js';
import type { Exchange } from '../../evidence/exchange.js';
import { isExpected } from '../../evidence/exchange.js';
import { announcedWait, isLimitedInBurst } from '../../evidence/limits.js';
import { defineCheck, fail, inconclusive, pass } from '../define.js';
import { callOf, seen } from '../shared/answers.js';
import { isOfBurst, limitAnswersIn, unlessLimited, withoutLimit } from '../shared/limits.js';

interface Recovery {
  limited: Exchange;
  again: Exchange;
  announcedMs: number | null;
}

/** Limited calls with their repeat after the wait. */
function recoveriesIn(exchanges: readonly Exchange[], contract: Contract): Recovery[] {
  const limited = limitAnswersIn(exchanges, contract);
  return exchanges.flatMap((again) => {
    const refused = again.resent?.after === 'limit' ? limited.find(({ id }) => id === again.resent?.of) : undefined;
    if (refused === undefined) return [];
    return [{ limited: refused, again, announcedMs: announcedWait(refused, contract)?.ms ?? null }];
  });
}

function waited({ limited, again }: Recovery): string {
  return `${Math.round((again.startedAtMs - limited.endedAtMs) / 100) / 10} s`;
}

export default defineCheck({
  id: 'recovers-after-limit',
  kind: 'endpoint',
  topic: 'Rate limits',
  severity: 'minor',
  title: 'After the announced wait calls work again',
  why: 'A wait that is too short makes careful clients fail, too, and may lock an account permanently.',
  fix: 'Let your client add a margin to the announced wait and let the wait grow; tell the provider.',
  refs: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
  needs: ['endpoint.traffic', 'endpoint.authenticated'],

  unless: ({ 'endpoint.traffic': traffic }, contract, isPlanned) => unlessLimited(traffic, contract, isPlanned),

  judge({ 'endpoint.traffic': { exchanges }, 'endpoint.authenticated': _read }, contract) {
    const limited = limitAnswersIn(exchanges, contract);
    if (limited.length === 0) return withoutLimit(exchanges, contract);
    const recoveries = recoveriesIn(exchanges, contract);
    // Of the others, a second refusal may be the work of calls beside them.
    const alone = recoveries.find(({ again }) => isOfBurst(again));
    if (alone !== undefined && isLimitedInBurst(alone.again, contract) && !isExpected(alone.again)) {
      const text = `${callOf(alone.again)} was answered ${seen(alone.again)} again, ${waited(alone)} after the limit answer`;
      const at = [alone.again, alone.limited];
      if (alone.announcedMs === null)
        return inconclusive('unknown-wait', `${text}, which had named no time to wait.`, at);
      return fail('still-limited', `${text}.`, at, {
        expected: `works after ${alone.announcedMs / 1000} s`,
        measured: `${seen(alone.again)} after ${waited(alone)}`,
      });
    }
    const good = recoveries.find(({ again }) => isExpected(again));
    if (good !== undefined)
      return pass('recovered', `${callOf(good.again)} worked again ${waited(good)} after the limit answer.`, [
        good.again,
        good.limited,
      ]);
    const wait = limited.map((one) => announcedWait(one, contract)).find((one) => one !== null);
    return inconclusive(
      'not-repeated',
      `${limited.length} limited, none of them repeated with a clear answer${wait == null ? '' : ` (asked to wait ${wait.ms / 1000} s)`}.`,
      limited.slice(0, 1),
    );
  },
});
