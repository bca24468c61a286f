// The automaton lets through all that a rule would find, wherever it stands.
import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../src/config/schema.js';
import { createAutomaton } from '../../src/source/automaton.js';
import { madeUp } from '../../src/source/control.js';
import { createScanner } from '../../src/source/scanner.js';
import { loadSecretlint } from '../../src/source/secretlint.js';

const scanner = createScanner(contractSchema.parse({}), []);
const glue = (...parts: string[]) => parts.join('');
const find = async (text: string, path = 'a.txt') => {
  const bytes = Buffer.from(text);
  return scanner.read({ path, bytes }, scanner.regionsOf(bytes));
};

const pem = [`-----BEGIN PRIVATE`, ` KEY-----\n${madeUp('MI', 300)}\n-----END PRIVATE`, ' KEY-----'].join('');
const user = madeUp('', 18);
const EXAMPLES: Readonly<Record<string, string>> = {
  'an AWS secret access key': `secretAccessKey: '${madeUp('', 40)}'`,
  'a private key': pem,
  'a private key of a Google service account': JSON.stringify({
    private_key_id: 'a',
    private_key: ['-----BEGIN PRIVATE', ' KEY-----short'].join(''),
  }),
  'a GitHub token in a URL': `https://${madeUp('', 40)}:x-oauth-basic@github.com/`,
  'an npm token': madeUp(glue('np', 'm_'), 36),
  'a Slack token': glue('xo', `xp-1234-${madeUp('', 24)}`),
  'the URL of a Slack webhook': glue(
    'HTTPS://hooks.slack',
    `.com/services/T${madeUp('', 9)}/B${user}/${madeUp('', 24)}`,
  ),
  'a password in a URL': `ftp://bob:${user}@files.corp.io`,
  'an OpenAI key': glue('s', 'k-proj-') + madeUp('', 74) + glue('T3Blbk', 'FJ') + madeUp('', 74),
  'an Anthropic key': `${madeUp(glue('sk-', 'ant-api03-'), 93)}AA`,
  'a Linear key': madeUp(glue('lin', '_api_'), 40),
  'a SendGrid key': `${madeUp(glue('S', 'G.'), 22)}.${madeUp('', 43)}`,
  'a Shopify key': madeUp(glue('sh', 'pss_'), 32),
  'a GitHub token': madeUp(glue('github', '_pat_'), 82),
  'a 1Password token': glue(
    'ops',
    `_${Buffer.from(JSON.stringify({ email: 'a', key: 'k'.repeat(90), z: 1 })).toString('base64')}`,
  ),
  'a password in the URL of a database': `JDBC:MYSQL://orders:${user}@db.corp.io/a`,
  'a Stripe key': madeUp(glue('rk', '_live_'), 24),
  'a secret of webhook signatures': madeUp(glue('wh', 'sec_'), 32),
  'a GitLab token': madeUp(glue('gl', 'pat-'), 20),
};
const pathOf = (rule: string) =>
  rule.includes('Google') ? 'a.json' : rule.includes('in a URL') ? 'package.json' : 'a.txt';

describe.each(Object.entries(EXAMPLES))('%s', (rule, example) => {
  it('is found', async () => {
    expect((await find(example, pathOf(rule))).map((one) => one.rule)).toEqual([rule]);
  });

  it.runIf(!rule.includes('Google'))('is found deep in a long line, and in text of other scripts', async () => {
    const long = `${'x;'.repeat(100_000)}"${example}"${';x'.repeat(100_000)}`;
    expect((await find(long, pathOf(rule))).map((one) => one.rule)).toEqual([rule]);
    const [found] = await find(`日本語\nключ "${example}" é`, pathOf(rule));
    expect(found).toMatchObject({ rule, line: 2 });
  });
});

it('every rule of secretlint has an example here', async () => {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  // One more needs a word in src/source/triggers.ts.
  expect(rules.length).toBe(15);
  const lint = await loadSecretlint();
  const own = ['a Stripe key', 'a secret of webhook signatures', 'a GitLab token'];
  for (const [rule, example] of Object.entries(EXAMPLES)) {
    if (own.includes(rule)) continue;
    expect((await lint(example, pathOf(rule))).map((one) => one.rule)).toContain(rule);
  }
});

it('many secrets in one region are all found, each once', async () => {
  const keys = Array.from({ length: 3_000 }, (_, at) => madeUp(glue('gh', 'p_'), 36, at + 2));
  const different = new Set(keys);
  const found = await find([...different].map((key) => `k = '${key}'`).join('\n'));
  expect(found.length).toBe(different.size);
  expect(found.at(-1)).toMatchObject({ line: different.size, column: 6 });
});

it('words in one another and at the ends are found', () => {
  const words = ['he', 'she', 'hers', 'his'];
  const seen: string[] = [];
  createAutomaton(words).search(Buffer.from('ushers his'), (word, end) => seen.push(`${words[word]}@${end}`));
  expect(seen.toSorted()).toEqual(['he@4', 'hers@6', 'his@10', 'she@4']);
});

it('every word is found in every text, wherever it stands', () => {
  const texts = Array.from({ length: 6 }).reduce<string[]>(
    (all) => ['', ...all.flatMap((one) => [...'abx'].map((next) => one + next))],
    [''],
  );
  for (const words of [['a'], ['ab'], ['aba', 'b'], ['bab', 'abab'], ['abba', 'aab', 'bx'], []]) {
    const automaton = createAutomaton(words);
    const found = texts.map((text) => {
      const seen: string[] = [];
      automaton.search(Buffer.from(text), (word, end) => seen.push(`${words[word]}@${end}`));
      return [text, ...seen.toSorted()].join(' ');
    });
    const known = texts.map((text) => {
      const ends = words.flatMap((word) =>
        [...text].flatMap((_, at) => (text.startsWith(word, at) ? [`${word}@${at + word.length}`] : [])),
      );
      return [text, ...ends.toSorted()].join(' ');
    });
    expect(found).toEqual(known);
  }
});
