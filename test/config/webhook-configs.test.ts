// What somebody may write wrongly about a receiver: each message names the place, what was found, and what was expected.
import { describe, expect, it } from 'vitest';
import { resolveSource } from '../../src/config/load.js';
import { parseText } from '../../src/config/source.js';

const SECRET = 'a secret, which is no base64!';
const GITHUB = 'contract: { webhook: { scheme: github } }\n';
const URL_LINE = "webhook:\n  url: 'http://127.0.0.1:3000/hooks'\n";
const ENVIRONMENT = { HOOK_SECRET: SECRET, GOOD_SECRET: Buffer.alloc(32, 1).toString('base64') };

async function messageOf(text: string): Promise<string> {
  const source = await parseText('a.yaml', text);
  return resolveSource(source, { cwd: process.cwd(), environment: ENVIRONMENT }).then(
    () => 'taken',
    (error: Error) => error.message,
  );
}

describe('a config of a receiver', () => {
  it.each<[string, string, string, string]>([
    [
      'an unknown scheme',
      'contract: { webhook: { scheme: GitHb } }\n',
      'a.yaml:1:24: contract.webhook.scheme: found "GitHb"; expected one of standard, svix, ',
      'did you mean "github"?',
    ],
    [
      'a scheme without its header',
      `contract: { webhook: { scheme: hmac-hex } }\n${URL_LINE}`,
      'contract.webhook.header: missing',
      'expected header',
    ],
    [
      'a header without its encoding',
      `contract: { webhook: { header: x-sig } }\n${URL_LINE}`,
      'contract.webhook.encoding: missing',
      'expected encoding (hex or base64)',
    ],
    [
      'a slot that is none',
      `contract: { webhook: { scheme: stripe, signs: '{tme}.{body}' } }\n${URL_LINE}`,
      'a.yaml:1:40: contract.webhook.signs: found "{tme}.{body}"',
      'expected signs without {tme} (known: {body}, ',
    ],
    [
      'a value without its signature',
      `contract: { webhook: { scheme: stripe, value: 't={timestamp}' } }\n${URL_LINE}`,
      'contract.webhook.value: found "t={timestamp}"',
      'expected value with {signature}',
    ],
    [
      'an id that no header can be',
      `contract: { webhook: { scheme: github, id: 'no header' } }\n${URL_LINE}`,
      'contract.webhook.id: found "no header"',
      'expected id (a header name, or a JSON Pointer such as /id)',
    ],
    [
      'no URL',
      `${GITHUB}webhook: { secret: '\${GOOD_SECRET}' }\n`,
      'webhook.url: missing',
      'expected an http:// or https:// URL',
    ],
    [
      'a path in place of a URL',
      `${GITHUB}webhook: { url: /hooks }\n`,
      'webhook.url: found "/hooks"',
      'expected an http:// or https:// URL',
    ],
    [
      'another host',
      `${GITHUB}webhook: { url: 'https://hooks.example.com/x' }\n`,
      'a.yaml:2:12: webhook.url: found a host that is not this machine (hooks.example.com)',
      'expected a loopback address, or webhook.allowRemote: true',
    ],
    [
      'a host that looks like this one',
      `${GITHUB}webhook: { url: 'http://127.0.0.1.example.com/x' }\n`,
      'webhook.url: found a host that is not this machine',
      'webhook.allowRemote',
    ],
    [
      'credentials in the URL',
      `${GITHUB}webhook: { url: 'http://me:pass-word-9@127.0.0.1/x' }\n`,
      'webhook.url: found',
      'expected a URL without user and password',
    ],
    [
      'a literal secret',
      `${GITHUB}${URL_LINE}  secret: my-pass-word-9\n`,
      'a.yaml:4:3: webhook.secret: found a literal',
      'a reference to an environment variable',
    ],
    [
      'one literal of several secrets',
      `${GITHUB}${URL_LINE}  secret: ['\${GOOD_SECRET}', my-pass-word-9]\n`,
      'webhook.secret.1: found a literal',
      'a reference to an environment variable',
    ],
    [
      'a secret that is no base64',
      `contract: { webhook: { scheme: standard } }\n${URL_LINE}  secret: \${HOOK_SECRET}\n`,
      'a.yaml:4:3: webhook.secret: found a secret that is no base64',
      'expected base64, with whsec_ before it or without',
    ],
    [
      'one of several that is none',
      `contract: { webhook: { scheme: svix } }\n${URL_LINE}  secret: ['\${GOOD_SECRET}', '\${HOOK_SECRET}']\n`,
      'webhook.secret.1: found a secret that is no base64',
      'expected base64',
    ],
    [
      'a template that is none',
      `${GITHUB}${URL_LINE}  event: { data: { id: 'ord_{{uniqe}}' } }\n`,
      'webhook.event.data.id: found "{{uniqe}}"',
      'did you mean "{{unique}}"?',
    ],
    [
      'a base URL for what is not started',
      `${GITHUB}${URL_LINE}  baseUrlEnv: API_URL\n`,
      'a.yaml:4:3: webhook.baseUrlEnv: found "API_URL" without webhook.command',
      'expected the command that starts your receiver',
    ],
    [
      'a base URL that is a map',
      `${GITHUB}${URL_LINE}  command: node server.js\n  baseUrlEnv: { name: API_URL }\n`,
      'a.yaml:5:3: webhook.baseUrlEnv: found',
      'expected a string, or a list of strings',
    ],
    [
      'a misspelt variable',
      `${GITHUB}${URL_LINE}  env: { STATE: '{{lan}}' }\n`,
      'webhook.env.STATE: found "{{lan}}"',
      'did you mean "{{lane}}"?',
    ],
    [
      'a misspelt member',
      `${GITHUB}${URL_LINE}  secrt: x\n`,
      'a.yaml:4:3: webhook.secrt: found the unknown key "secrt"',
      'did you mean "secret"?',
    ],
    [
      'an effect that is none',
      `${GITHUB}${URL_LINE}  effect: { uri: x }\n`,
      'webhook.effect: found {"uri":"x"}',
      'expected a map with url, or one with command',
    ],
  ])('with %s is refused', async (_, text, place, expected) => {
    const message = await messageOf(text);
    expect(message).toContain(place);
    expect(message).toContain(expected);
    for (const hidden of [SECRET, 'pass-word-9']) expect(message).not.toContain(hidden);
  });

  it.each([
    ['another host that is meant', `${GITHUB}webhook: { url: 'https://hooks.example.com/x', allowRemote: true }\n`],
    ['braces that are sent', `${GITHUB}${URL_LINE}  event: { text: 'Dear \\{{name}}' }\n`],
    ['an address of this machine in IPv6', `${GITHUB}webhook: { url: 'http://[::1]:3000/hooks' }\n`],
    ['nothing about signatures', URL_LINE],
    ['a scheme of its own', `extends: runa\ncontract: { webhook: { scheme: github } }\n${URL_LINE}`],
  ])('with %s is taken', async (_, text) => {
    expect(await messageOf(text)).toBe('taken');
  });
});
