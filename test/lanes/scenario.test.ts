import { describe, expect, it } from 'vitest';
import { scenario, workOf } from '../../src/lanes/scenario.js';

describe('what a run says of its work', () => {
  it('is which probe ran it', () => {
    expect(workOf({ ...scenario('503', null), group: 'server-errors' })).toEqual({ probe: 'server-errors' });
  });

  it('is other work under a command of its own, and where the scenario may lead to another operation', () => {
    expect(workOf(scenario('workload read', null, { command: 'node read.js' }))).toMatchObject({ otherWork: true });
    expect(workOf(scenario('quote_expired', null, { otherWork: true }))).toMatchObject({ otherWork: true });
  });
});
