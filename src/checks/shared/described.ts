// Answers that were held against the OpenAPI description.
import type { DescribedAnswer } from '../../evidence/map.js';
import { plural } from './answers.js';

export const OPENAPI = 'https://spec.openapis.org/oas/v3.1.1.html#responses-object';

export function shownAnswer({ call, status }: DescribedAnswer): string {
  return `${call} (${status})`;
}

/** Only what was found, without "; expected …". */
export function foundIn({ problems }: DescribedAnswer): string {
  return problems.map((one) => one.split('; expected ')[0]).join('; ');
}

/** What to add to a verdict that leaves such answers out. */
export function notCompared(answers: readonly DescribedAnswer[]): string {
  const undescribed = answers.filter(({ outcome }) => outcome === 'undescribed');
  const unread = answers.filter(({ outcome }) => outcome === 'unread');
  const calls = [...new Set(undescribed.map(({ call }) => call))];
  const parts = [
    ...(calls.length === 0
      ? []
      : [`${plural(undescribed.length, 'answer')} of what the description does not have (${some(calls)})`]),
    ...(unread.length === 0 ? [] : [`${plural(unread.length, 'answer')} (${some(reasonsOf(unread))})`]),
  ];
  return parts.length === 0 ? '' : ` Not compared: ${parts.join(', ')}.`;
}

function reasonsOf(answers: readonly DescribedAnswer[]): string[] {
  return [...new Set(answers.flatMap(({ problems }) => problems))];
}

/** "a, b and 2 more" */
export function some(words: readonly string[]): string {
  const shown = words.slice(0, 3).join(', ');
  return words.length > 3 ? `${shown} and ${words.length - 3} more` : shown;
}
