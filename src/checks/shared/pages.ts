// What the checks of one walk through a list share.
import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from '../../evidence/exchange.js';
import { isSuccess } from '../../evidence/exchange.js';
import type { PageFacts, PagesEvidence } from '../../evidence/map.js';
import { inconclusive } from '../define.js';
import type { Verdict } from '../verdict.js';
import { callOf, plural, seen } from './answers.js';

/** Items that the list is known to hold. */
export function itemsKnown({ walk, over, lost }: PagesEvidence): number {
  const beside = [over, lost?.listed ?? null].filter((page) => page !== null);
  const ids = [...walk, ...beside].flatMap((page) => page.ids ?? []);
  return new Set(ids).size;
}

export function unreadable(page: PageFacts): Verdict | null {
  if (isSuccess(page.call) && page.ids !== null) return null;
  const why = isSuccess(page.call) ? 'without a list at contract.pagination.items' : 'which is no page';
  return inconclusive('unreadable', `${callOf(page.call)} was answered ${seen(page.call)}, ${why}.`, [page.call]);
}

export interface LostItems {
  ids: readonly string[];
  /** All of them come after what the walk showed: it ended too early. Else it left a gap. */
  isEnd: boolean;
  /** The page that lists them was the same before and after the walk: nobody moved anything. */
  isSure: boolean;
  calls: readonly Exchange[];
}

/** Items that were listed, and that a whole walk did not show. */
export function lostItems({ walk, lost }: PagesEvidence): LostItems | null {
  if (lost == null) return null;
  const shown = new Set(walk.flatMap((page) => page.ids ?? []));
  const listed = lost.listed.ids ?? [];
  const goesOn = [...shown].some((id) => !listed.includes(id));
  const isMissing = (id: string | null): id is string => id !== null && !shown.has(id);
  return {
    ids: listed.filter(isMissing),
    isEnd: !goesOn && listed.findLastIndex((id) => !isMissing(id)) < listed.findIndex(isMissing),
    isSure: isDeepStrictEqual(lost.again.ids, lost.listed.ids),
    calls: [lost.listed.call, ...walk.map((page) => page.call), lost.again.call],
  };
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
