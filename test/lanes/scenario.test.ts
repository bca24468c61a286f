import { describe, expect, it } from 'vitest';
import { scenario, workOf } from '../../src/lanes/scenario.js';

describe('what a run says of its work', () => {
  it('is nothing for the operation under test', () => {
    expect(workOf(scenario('503', null))).toEqual({});
  });

  it('is other work under a command of its own, and where the scenario may lead to another operation', () => {
    expect(workOf(scenario('workload read', null, { command: 'node read.js' }))).toEqual({ otherWork: true });
    expect(workOf(scenario('quote_expired', null, { otherWork: true }))).toEqual({ otherWork: true });
  });
});
