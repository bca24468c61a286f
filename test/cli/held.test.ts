import { expect, it } from 'vitest';
import { nothingUnderway, watching } from '../../src/cli/held.js';

it('knows which check is judged while the run goes on, and what the run does after that', () => {
  const steps: string[] = [];
  const underway = nothingUnderway();
  const disarm = () => steps.push('disarmed');
  const { onProgress, onEarlyJudge } = watching(underway, { step: (text) => steps.push(text), disarm });
  onProgress({ doing: ['reading', 'creating'], sent: 1, planned: 2, phase: 'endpoint' });
  onEarlyJudge('times-out');
  expect(underway.judging).toBe('times-out');
  onEarlyJudge(null);
  expect(underway.judging).toBeNull();
  expect(steps).toEqual(['reading, creating', 'judge times-out', 'reading, creating']);
});
