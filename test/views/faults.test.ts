import { describe, expect, it } from 'vitest';
import { readScript } from '../../src/proxy/arm.js';
import { FAULTS } from '../../src/proxy/faults/index.js';
import { GRAMMAR } from '../../src/proxy/grammar.js';
import { renderFaults } from '../../src/views/faults.js';

describe('the list of faults', () => {
  const lines = renderFaults(FAULTS).split('\n');

  it.each(FAULTS.map((fault) => [fault.id, fault] as const))('has a line of %s', (id, { names }) => {
    const [line = '', ...more] = lines.filter((one) => one.trimStart().startsWith(`${id} `));
    expect(more).toEqual([]);
    expect(line).toMatch(/\.( \([a-z, -]+\))?$/);
    expect(line.endsWith(')')).toBe(names.length > 0);
  });

  it('shows scripts that can be read', () => {
    const samples = [...GRAMMAR.matchAll(/^ {2}(\S.*?) {3}/gm)].map(([, script = '']) => script);
    expect(samples.length).toBeGreaterThan(2);
    for (const script of samples) expect(readScript(script).text).toBe(script);
  });
});
