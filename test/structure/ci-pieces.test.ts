// What users copy into their CI: it is YAML, GitHub takes it, and it calls golive-check as golive-check can be called.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { FORMAT_NAMES } from '../../src/report/formats.js';
import { runCli } from '../helpers/cli.js';

const GITHUB = fileURLToPath(new URL('../../.github/', import.meta.url));
const VALIDATOR = fileURLToPath(new URL('../../node_modules/.bin/action-validator', import.meta.url));
const OF_GITHUB = ['actions/golive-check/action.yml', 'workflows/golive-check.yml'];
const PIECES = [...OF_GITHUB, 'templates/gitlab-ci.yml', 'templates/pre-push'];
const textOf = (piece: string) => readFileSync(GITHUB + piece, 'utf8');

/** The words behind each `golive-check run`, over continued lines. */
function runsIn(text: string): string[][] {
  const lines = text.replace(/\\\n\s*/g, ' ').matchAll(/golive-check(?:@\S+)? run (.*)$/gm);
  return [...lines].map(([, words = '']) => words.split(/\s+/).filter((word) => word !== ''));
}

describe('pieces for CI', () => {
  it.each(PIECES.filter((piece) => piece.endsWith('.yml')))('%s is YAML', (piece) => {
    const { errors, warnings } = parseDocument(textOf(piece));
    expect([errors, warnings]).toEqual([[], []]);
  });

  it.each(OF_GITHUB)('%s is what GitHub expects', async (piece) => {
    const { stderr } = await promisify(execFile)(process.execPath, [VALIDATOR, GITHUB + piece]);
    expect(stderr).toBe('');
  });

  it.each(PIECES)('%s runs golive-check with options and formats that exist', async (piece) => {
    const { stdout: help } = await runCli(['run', '--help'], GITHUB);
    const runs = runsIn(textOf(piece));
    expect(runs.length).toBeGreaterThan(0);
    for (const words of runs) {
      for (const option of words.filter((word) => word.startsWith('--'))) expect(help).toContain(`${option} `);
      const formats = words.flatMap((word, at) => (words[at - 1] === '--format' ? [word.split('=')[0]] : []));
      for (const format of formats) expect(FORMAT_NAMES).toContain(format);
    }
  });
});
