import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/redaction/redact.js';
import { ENCODINGS } from '../helpers/encodings.js';

const SECRETS = [
  'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
  'pa55/W0rd+with=&signs"',
  'kürzlich-gehütetes-ß',
  'Zx9q',
  'p5/+W=&"',
  'sk_test_9qZ7x/K',
];
// Bytes that are no UTF-8 are read as Latin-1, and what is encoded as UTF-16 beyond that is not looked for.
const names = Object.keys(ENCODINGS);

describe.each(SECRETS)('%s', (secret) => {
  const { redact } = createRedactor([{ name: 'KEY', value: secret, kind: 'credential' }]);
  it.each(names)('is found in any encoding in %s', (outer) => {
    const missed = names.filter((inner) => {
      const encoded = ENCODINGS[outer]?.(ENCODINGS[inner]?.(secret) ?? '') ?? '';
      return !redact(`{"value": "${encoded}"}`).text.includes('[secret:KEY]');
    });
    expect(missed).toEqual([]);
  });
});
