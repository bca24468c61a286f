// Every parser of what a peer, a client, a file or a config wrote is linear: pumped inputs, made of its own alphabet.
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findInternals } from '../../src/checks/shared/internals.js';
import { interpolate } from '../../src/config/env.js';
import { looksLikeKey } from '../../src/config/key-shapes.js';
import { parseHttpDate } from '../../src/evidence/http-date.js';
import { parseJson } from '../../src/evidence/json.js';
import { readReset, readRetryAfter } from '../../src/evidence/limits.js';
import { linkTarget } from '../../src/evidence/link-header.js';
import { getPointer } from '../../src/evidence/pointer.js';
import { withoutIds } from '../../src/evidence/said.js';
import { parseDictionary, parseList } from '../../src/evidence/structured.js';
import { withoutTrailing } from '../../src/evidence/trailing.js';
import { bytesAlike, idempotencyKeyOf } from '../../src/proxy/json.js';
import { exchange } from '../helpers/exchange.js';
import { type Pump, pumped, steepStep } from '../helpers/linear.js';

interface Subject {
  act: (input: string) => unknown;
  inputs: Readonly<Record<string, Pump>>;
  upTo?: number;
}

// Four times what is read of all headers of an answer.
const HEADER_CHARACTERS = 256 * 1024;

const SUBJECTS: Readonly<Record<string, Subject>> = {
  JSON: {
    act: parseJson,
    inputs: {
      'a string without end behind a long integer': pumped('\\"', '1234567890123456 "'),
      'a string of escapes': pumped('\\"', '[1234567890123456,"', '"]'),
      strings: pumped('"",', '[1234567890123456,', '1]'),
      digits: pumped('1'),
      'a fraction': pumped('1', '', '.5'),
      signs: pumped('-1,', '[1234567890123456,', '1]'),
      'long integers': pumped('1234567890123456789,', '[', '1]'),
      'open lists': pumped('['),
      'nested lists': (characters) => '['.repeat(characters / 2) + ']'.repeat(characters / 2),
      spaces: pumped(' '),
    },
  },
  Link: {
    act: (input) => linkTarget(input, 'next'),
    upTo: HEADER_CHARACTERS,
    inputs: {
      'spaces before a parameter': pumped(' ', '</a>;', 'x'),
      spaces: pumped(' '),
      'targets without end': pumped('<'),
      'strings without end': pumped('\\"', '</a>; a="'),
      'a string that ends in an escape': pumped('\\"', '</a>; a="', '\\'),
      'names without value': pumped('=;'),
      parameters: pumped(';a=b', '</a>', ';rel=next'),
      relations: pumped('a ', '</a>; rel="', '"'),
      links: pumped('</a>; rel=a,'),
    },
  },
  'structured fields': {
    act: (input) => [refused(() => parseList(input)), refused(() => parseDictionary(input))],
    upTo: HEADER_CHARACTERS,
    inputs: {
      parameters: pumped(';a', 'a'),
      members: pumped('a;r=1, '),
      'open lists': pumped('('),
      'a string without end': pumped('\\"', '"'),
      'bytes without end': pumped('a', ':'),
      spaces: pumped(' ', 'a'),
    },
  },
  'times in headers': {
    act: (input) => [readRetryAfter(input, 0), readReset(input, undefined, 0), parseHttpDate(input, 0)],
    upTo: HEADER_CHARACTERS,
    inputs: {
      digits: pumped('1', '', 'x'),
      durations: pumped('1.5s'),
      spaces: pumped(' ', '1', 'x'),
      days: pumped('Sun, '),
    },
  },
  'keys and boundaries': {
    act: (input) => [
      idempotencyKeyOf({ header: 'k', quoted: true }, [['k', input]], undefined),
      bytesAlike(Buffer.from(input), [['content-type', `multipart/form-data; ${input}`]], ''),
      withoutTrailing(`${input}x`, input.slice(0, 1)),
      looksLikeKey(input),
    ],
    upTo: HEADER_CHARACTERS,
    inputs: {
      quotes: pumped('"'),
      spaces: pumped(' ', '; boundary'),
      boundaries: pumped('; boundary='),
      hyphens: pumped('-'),
    },
  },
  'error pages': {
    act: (input) => [findInternals(exchange({ status: 500, text: input })), withoutIds(input)],
    inputs: {
      tags: pumped('<title>'),
      'open tags': pumped('<'),
      'stack lines': pumped(' at f (/a/b.js:1:'),
      tracebacks: pumped('File "'),
      hyphens: pumped('-', '', '\0'),
    },
    upTo: HEADER_CHARACTERS,
  },
  'config texts': {
    act: (input) => [parseEnv(input), interpolate({ a: input }, {}), getPointer({}, `/${input}`)],
    upTo: HEADER_CHARACTERS,
    inputs: {
      references: pumped('${'),
      names: pumped('${A}'),
      slashes: pumped('/~1'),
      lines: pumped('A=b\n'),
      quotes: pumped('A="\n'),
    },
  },
};

describe('doubling the input at most 2.5-folds the processor time', () => {
  describe.each(Object.entries(SUBJECTS))('%s', (_name, { act, inputs, upTo }) => {
    it.each(Object.entries(inputs))('%s', async (_what, pump) => {
      expect(await steepStep(act, pump, upTo)).toBeNull();
    });
  });
});

function refused(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}
