import type { CodePlace, CodeScan, CodeTopic } from '../../evidence/source.js';
import { fail, inconclusive, pass } from '../define.js';
import type { SourcePlace, Verdict } from '../verdict.js';
import { plural } from './answers.js';

const MOST_SHOWN = 5;

/** Passes where nothing of a topic stands in code; tests are read, and weigh nothing. */
export function judgeAbsence(scan: CodeScan, topic: CodeTopic, what: string): Verdict {
  return (
    presenceOf(scan, topic, what) ??
    unreadIn(scan) ??
    pass('none', `No ${what} in ${filesIn(scan)}.${testWords(scan, topic)}`)
  );
}

/** The failure, where something of the topic stands in code. */
export function presenceOf(scan: CodeScan, topic: CodeTopic, what: string): Verdict | null {
  const { places, found } = scan.topics[topic];
  if (found === 0) return null;
  const rest = found - Math.min(places.length, MOST_SHOWN);
  const shown = placeWords(places);
  return fail('found', `${shown}${rest > 0 ? `; and ${rest} more` : ''}.${testWords(scan, topic)}`, [], {
    expected: `no ${what}`,
    measured: plural(found, 'place'),
    places: placesOf(places),
  });
}

/** Why what was not found says nothing; null: it does. */
export function unreadIn(scan: CodeScan): Verdict | null {
  const { control, bounds, read, languages, excluded, foreign } = scan;
  if (control.planted === 0 || control.found < control.planted)
    return inconclusive(
      'control-failed',
      `Of ${plural(control.planted, 'example')} ${control.found} were recognised, so what is not found says nothing.`,
    );
  if (bounds.length > 0) return inconclusive('not-all-read', `Not all was read: ${bounds.join('; ')}.`);
  if (read > 0 && Object.keys(languages).length > 0) return null;
  const besides = excluded + foreign === 0 ? '' : ` ${excluded} left out by the config, ${foreign} written by others.`;
  return inconclusive('nothing-read', `No code in a language that is known was read.${besides}`);
}

export function placesOf(places: readonly CodePlace[]): SourcePlace[] {
  return places.map(({ path, line, column, rule }) => ({ path, line, column, what: rule }));
}

export function placeWords(places: readonly CodePlace[]): string {
  return places
    .slice(0, MOST_SHOWN)
    .map(({ path, line, column, rule }) => `${path}:${line}:${column}: ${rule}`)
    .join('; ');
}

export function filesIn({ read, languages }: CodeScan): string {
  const named = Object.entries(languages).map(([language, count]) => `${count} ${language}`);
  return `${plural(read, 'file')} (${named.join(', ')})`;
}

function testWords({ topics }: CodeScan, topic: CodeTopic): string {
  const { inTests } = topics[topic];
  return inTests.length === 0 ? '' : ` In tests, which weigh nothing: ${placeWords(inTests.slice(0, 2))}.`;
}
