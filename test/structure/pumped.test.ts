// Every parser of what a peer, a client, a file or a config wrote is linear: pumped inputs, made of its own alphabet.
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/evidence/json.js';
import { linkTarget } from '../../src/evidence/link-header.js';
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
};

describe('doubling the input at most 2.5-folds the processor time', () => {
  describe.each(Object.entries(SUBJECTS))('%s', (_name, { act, inputs, upTo }) => {
    it.each(Object.entries(inputs))('%s', async (_what, pump) => {
      expect(await steepStep(act, pump, upTo)).toBeNull();
    });
  });
});
