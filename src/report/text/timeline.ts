// The attempts of the client drawn in time, with what tells their keys and bodies apart.
import type { TimelineStep } from '../../checks/verdict.js';
import { EMPTY_BODY } from '../../evidence/marks.js';
import { durationText, type Pen, row } from './layout.js';

type Steps = readonly TimelineStep[];

/** A 503 ──1.0 s── A 503 ──2.1 s── B 201, and what the letters mean: beside it where there is room. */
export function timelineRows(pen: Pen, steps: Steps = [], indent: number): string[] {
  if (steps.length === 0) return [];
  const line = pen.unicode ? '──' : '--';
  const marks = marksShown(steps, pen.unicode);
  const drawn = steps.map((step, at) => {
    const attempt = [marks[at] ?? '', pen.text(step.label)].filter((part) => part !== '').join('\u00a0');
    return step.waitMs === null
      ? attempt
      : `${line}${durationText(step.waitMs).replace(' ', '\u00a0')}${line} ${attempt}`;
  });
  const legend = legendOf(steps, pen.unicode);
  if (legend === '') return row(pen, indent, 'Attempts', drawn.join(' '));
  const beside = row(pen, indent, 'Attempts', `${drawn.join(' ')} (${legend})`);
  if (beside.length === 1) return beside;
  return [...row(pen, indent, 'Attempts', drawn.join(' ')), ...row(pen, indent, '', legend, pen.paint.dim)];
}

/** Of a finding in short: one attempt says no more than its sentence. */
export function attemptRows(pen: Pen, { timeline = [] }: { timeline?: Steps | undefined }, indent: number): string[] {
  return timeline.length < 2 ? [] : timelineRows(pen, timeline, indent);
}

function signs(unicode: boolean) {
  return unicode ? { empty: '∅', none: '–' } : { empty: '0', none: '-' };
}

const showsKeys = (steps: Steps) => steps.some(({ key }) => key != null);
const bodiesIn = (steps: Steps) => [...new Set(steps.flatMap(({ body }) => body ?? []))];
/** Bodies are told apart only where they differ. */
const showsBodies = (steps: Steps) => bodiesIn(steps).length > 1;

function marksShown(steps: Steps, unicode: boolean): string[] {
  const { empty, none } = signs(unicode);
  const [withKeys, withBodies] = [showsKeys(steps), showsBodies(steps)];
  return steps.map(({ key, body }) => {
    const keyMark = withKeys && key !== undefined ? (key ?? none) : '';
    const bodyMark = withBodies ? (body === EMPTY_BODY ? empty : (body ?? '')) : '';
    return keyMark + bodyMark;
  });
}

function legendOf(steps: Steps, unicode: boolean): string {
  const { empty, none } = signs(unicode);
  const keys = [...new Set(steps.flatMap(({ key }) => key ?? []))];
  const bodies = bodiesIn(steps).filter((body) => body !== EMPTY_BODY);
  const parts = [
    ...(keys.length === 0 ? [] : [`${keys.join(', ')}: idempotency ${keys.length === 1 ? 'key' : 'keys'}`]),
    ...(keys.length > 0 && steps.some(({ key }) => key === null) ? [`${none}: no key`] : []),
    ...(showsBodies(steps) && bodies.length > 0
      ? [`${bodies.join(', ')}: ${bodies.length === 1 ? 'body' : 'different bodies'}`]
      : []),
    ...(showsBodies(steps) && bodiesIn(steps).includes(EMPTY_BODY) ? [`${empty}: empty body`] : []),
  ];
  return parts.join('; ');
}
