// What the checks of one walk through a list share.
import { isSuccess } from '../../evidence/exchange.js';
import type { PageFacts, PagesEvidence } from '../../probes/evidence.js';
import type { Verdict } from '../../types.js';
import { inconclusive } from '../define.js';
import { callOf, plural, seen } from './answers.js';

/** Items that the list is known to hold. */
export function itemsKnown({ walk, over }: PagesEvidence): number {
  const ids = [...walk, ...(over === null ? [] : [over])].flatMap((page) => page.ids ?? []);
  return new Set(ids).size;
}

export function unreadable(page: PageFacts): Verdict | null {
  if (isSuccess(page.call) && page.ids !== null) return null;
  const why = isSuccess(page.call) ? 'without a list at contract.pagination.items' : 'which is no page';
  return inconclusive('unreadable', `${callOf(page.call)} was answered ${seen(page.call)}, ${why}.`, [page.call]);
}

/** What to say of a list that cannot be walked. */
export function withoutWalk({ walk, stopped }: PagesEvidence): Verdict | null {
  const [first] = walk;
  if (first === undefined) return inconclusive('unreadable', 'No page was read.');
  const broken = unreadable(first);
  if (broken !== null) return broken;
  if (walk.length > 1 || stopped !== 'end') return null;
  return inconclusive(
    'too-small',
    `The list has ${plural(first.ids?.length ?? 0, 'item')}: too few for a second page.`,
    [first.call],
  );
}
