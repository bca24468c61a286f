// Every parser of what a peer, a client, a file or a config wrote is linear: pumped inputs, made of its own alphabet.
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findInternals } from '../../src/checks/shared/internals.js';
import { interpolate } from '../../src/config/interpolate.js';
import { parseJson as parseJsonConfig } from '../../src/config/json-source.js';
import { looksLikeKey } from '../../src/config/key-shapes.js';
import { contractSchema } from '../../src/config/schema.js';
import { parseYaml } from '../../src/config/yaml-source.js';
import { parseHttpDate } from '../../src/evidence/http-date.js';
import { parseJson } from '../../src/evidence/json.js';
import { readReset, readRetryAfter } from '../../src/evidence/limits.js';
import { linkTarget } from '../../src/evidence/link-header.js';
import { getPointer } from '../../src/evidence/pointer.js';
import { refusalIn } from '../../src/evidence/refusal.js';
import { withoutIds } from '../../src/evidence/said.js';
import { parseDictionary, parseList } from '../../src/evidence/structured.js';
import { withoutTrailing } from '../../src/evidence/trailing.js';
import { keepText } from '../../src/lanes/kept.js';
import { readOutput } from '../../src/lanes/output.js';
import { bytesAlike, idempotencyKeyOf } from '../../src/proxy/json.js';
import { createRedactor } from '../../src/redaction/redact.js';
import { curlOf } from '../../src/report/curl.js';
import { clip, createPen, paragraph, wrap } from '../../src/report/text/layout.js';
import { commandLines } from '../../src/report/text/reproduce.js';
import { clean, escapeHidden, toAscii, widthOf } from '../../src/report/text/sanitize.js';
import { exchange } from '../helpers/exchange.js';
import { gaveUp, lane } from '../helpers/lane.js';
import { type Pump, pumped, steepStep } from '../helpers/linear.js';

interface Subject {
  act: (input: string) => unknown;
  inputs: Readonly<Record<string, Pump>>;
  upTo?: number;
}

// Four times what is read of all headers of an answer.
const HEADER_CHARACTERS = 256 * 1024;
// Eight times the smallest: what takes the square of its input takes 64 times as long there.
const CONFIG_CHARACTERS = 32 * 1024;
const REPORT_CHARACTERS = 32 * 1024;

const contract = contractSchema.parse({});
const pen = createPen({ color: false, unicode: true, width: 80 } as Parameters<typeof createPen>[0]);
const { recording } = lane(gaveUp('404'));
const redactor = createRedactor([]);

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
  'refusals in answers': {
    act: (input) => refusalIn(exchange({ status: 200, text: input }), contract),
    upTo: HEADER_CHARACTERS,
    inputs: {
      spaces: pumped(' ', '<?xml', 'x'),
      declarations: pumped('<?xml ?>'),
      'question marks': pumped('?', '<?xml '),
      signs: pumped('-', '', ' error'),
      members: pumped('"a":{},', '{', '"error":1}'),
      'nested members': pumped('[', '{"data":', '}'),
    },
  },
  'YAML configs': {
    act: async (input) => (await parseYaml('a.yaml', input)).placeOf(['a', 'b']),
    upTo: CONFIG_CHARACTERS,
    inputs: {
      lines: pumped('a: b\n'),
      items: pumped('- a\n'),
      members: (characters) => Array.from({ length: characters / 8 }, (_, at) => `m${at}: 1\n`).join(''),
      'a text without end': pumped('a ', 'a: "'),
      escapes: pumped('\\"', 'a: "', '"'),
      spaces: pumped(' ', 'a:', 'b'),
      tabs: pumped('\t', 'a:\n'),
      comments: pumped('#\n'),
      anchors: pumped('- &a b\n'),
      aliases: pumped('- *a\n', '- &a b\n'),
      documents: pumped('---\n'),
      'empty lines in a block': pumped('\n', 'a: |\n  b\n', '  c'),
    },
  },
  'JSON configs': {
    act: async (input) => parseJsonConfig('a.json', input).placeOf(['a', 'b']),
    upTo: REPORT_CHARACTERS,
    inputs: {
      lines: pumped('\n', '{"a":1', '}'),
      members: (characters) => `{${Array.from({ length: characters / 8 }, (_, at) => `"m${at}":1`).join(',')}}`,
      'the same name': pumped('"a":1,', '{', '"b":1}'),
      items: pumped('1,', '{"a":[', '1]}'),
      'items without end': pumped('1,', '{"a":['),
      escapes: pumped('\\"', '{"a":"'),
      comments: pumped('/*', '{'),
      words: pumped('a', '{"a":'),
    },
  },
  'texts of a report': {
    act: (input) => [
      wrap(input, 80),
      paragraph(pen, input, { indent: 4 }),
      clip(pen, input, 60),
      widthOf(input),
      toAscii(clean(input)),
      escapeHidden(input),
    ],
    upTo: REPORT_CHARACTERS,
    inputs: {
      'escapes of terminals, begun': pumped('\u001b['),
      'titles without end': pumped('\u001b]'),
      'parameters without end': pumped('0;', '\u001b['),
      spaces: pumped(' ', 'a', 'a'),
      words: pumped('a '),
      'one word': pumped('a'),
      accents: pumped('\u00e9 '),
      marks: pumped('\u0301', 'a'),
      'letters with marks': pumped('e\u0301'),
      'wide characters': pumped('\u56f3'),
      'joined characters': pumped('\u{1f468}\u200d'),
      addresses: pumped('a', 'https://'),
    },
  },
  'requests as commands': {
    act: (input) => {
      const { request } = exchange({ url: `https://a.example/${input}`, sent: input });
      const headers = [
        ['authorization', `Basic ${input}`],
        ['x-a', input],
      ] as const;
      return commandLines(curlOf({ request: { ...request, headers } }), 80, false);
    },
    upTo: REPORT_CHARACTERS,
    inputs: {
      quotes: pumped("'"),
      'double quotes': pumped('"'),
      'placeholders, begun': pumped('[secret:'),
      'a placeholder without end': pumped('a', '[secret:'),
      'letters of base64': pumped('QUJD'),
      controls: pumped('\u001b'),
      accents: pumped('\u00e9'),
      options: pumped(' -H '),
    },
  },
  'output of a client': {
    act: (input) => {
      const kept = keepText();
      for (let at = 0; at < input.length; at += 4096) kept.add(input.slice(at, at + 4096));
      const printed = { text: kept.text(), bytes: input.length, isCut: kept.isCut() };
      return readOutput(printed, { text: '', bytes: 0, isCut: false, shared: false }, recording, redactor);
    },
    upTo: REPORT_CHARACTERS,
    inputs: {
      digits: pumped('4'),
      statuses: pumped('404'),
      words: pumped('not_found'),
      lines: pumped('\n'),
      'percent signs': pumped('%25'),
    },
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
