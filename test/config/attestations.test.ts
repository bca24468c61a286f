// What may be stated in a config, and what is refused before anything is sent.
import { describe, expect, it } from 'vitest';
import { isEvidence, namesSomebody } from '../../src/config/attestations.js';
import { resolveSource } from '../../src/config/load.js';
import { parseText } from '../../src/config/source.js';

// Noon of the day in UTC: in the furthest zone it is the next one.
const NOW = Date.parse('2026-11-30T12:00:00Z');

async function message(text: string): Promise<string> {
  const source = await parseText('/a.yaml', text);
  return resolveSource(source, { cwd: '/', environment: {}, now: () => NOW }).then(
    () => 'taken',
    (error: Error) => error.message,
  );
}

const stated = (members: string, id = 'rotates-keys') => `attestations:\n  ${id}: { ${members} }\n`;
const GOOD = 'by: dana@example.com, evidence: https://wiki.example.com/keys';

describe('by', () => {
  it.each([
    'dana@example.com',
    'Dana Example',
    'Payments team',
    'Team Blau',
    '李雷',
    'ops',
    'Øystein',
    'QA',
  ])('takes %s', (by) => expect(namesSomebody(by)).toBe(true));

  it.each([
    ...[
      '',
      ' ',
      '-',
      '?',
      '...',
      'me',
      'Me!',
      'N/A',
      'n.a.',
      'na',
      'todo',
      'TODO',
      'tbd',
      'someone',
      'the team',
      'team',
    ],
    ...['<your name>', '[name]', '{{by}}', 'x', 'xx', 'xxx', '1234', 'none', 'your name', 'J.', 'I', 'No one'],
  ])('refuses %j', (by) => expect(namesSomebody(by)).toBe(false));
});

describe('evidence', () => {
  it.each([
    'https://wiki.example.com/keys',
    'HTTPS://wiki/x',
    'https://127.0.0.1:8443/',
    'docs/keys.md',
    './a',
    '../b.md',
  ])('takes %s', (text) => expect(isEvidence(text)).toBe(true));

  it.each([
    ...['', 'todo', 'n/a', '-', 'http://wiki.example.com/', 'ftp://x/y', 'file:///etc/passwd', 'https://', '//host/x'],
    ...[
      'https://user:pass@wiki.example.com/',
      'https://user@wiki/',
      '/etc/passwd',
      '~/keys.md',
      'C:\\keys.md',
      '\\\\a\\b',
    ],
    ...['javascript:alert(1)', '<link>', 'mailto:dana@example.com', 'https:/wiki'],
  ])('refuses %j', (text) => expect(isEvidence(text)).toBe(false));
});

describe('attestations', () => {
  it.each([
    ['with all members', `${GOOD}, until: 2027-11-30, since: 2026-11-30, note: "Seen by two."`],
    ['that are over: their check fails', `${GOOD}, until: 2020-01-31`],
    ['until a year after the latest day on earth', `${GOOD}, until: 2027-12-01`],
    ['since the latest day on earth', `${GOOD}, until: 2027-01-31, since: 2026-12-01`],
    ['on a file', 'by: Dana Example, evidence: docs/keys.md, until: 2027-01-31'],
  ])('are taken %s', async (_, members) => expect(await message(stated(members))).toBe('taken'));

  it.each([
    [`${GOOD}, until: 2027-12-02`, '2:82: attestations.rotates-keys.until: found 2027-12-02; expected at most a year'],
    [`${GOOD}, until: 2027-01-31, since: 2026-12-02`, 'since: found 2026-12-02, which is to come; expected 2026-12-01'],
    [
      `${GOOD}, until: 2026-01-31, since: 2026-02-01`,
      'since: found 2026-02-01, behind until (2026-01-31); expected it',
    ],
    [`${GOOD}, until: 2027-02-30`, 'attestations.rotates-keys.until: found "2027-02-30"; expected a date such as'],
    [GOOD, 'attestations.rotates-keys.until: missing; expected'],
    ['by: me, evidence: docs/keys.md, until: 2027-01-31', 'by: found "me"; expected a person or a team, such as'],
    [
      'by: Dana, evidence: http://a.b/c, until: 2027-01-31',
      'evidence: found "http://a.b/c"; expected an https:// link',
    ],
    [
      `${GOOD}, until: 2027-01-31, untl: 1`,
      'found the unknown key "untl"; expected one of by, drill, evidence, note, since',
    ],
    [`${GOOD}, until: 2027-01-31, note: ""`, 'attestations.rotates-keys.note: found ""; expected at least 1 character'],
  ])('are refused with %s', async (members, words) => expect(await message(stated(members))).toContain(words));

  it('of an unknown id name the nearest attestation, and no other check', async () => {
    expect(await message(stated(`${GOOD}, until: 2027-01-31`, 'rotate-keys'))).toBe(
      '/a.yaml:2:3: attestations.rotate-keys: found "rotate-keys"; expected the id of an attestation, as golive-check list prints them; did you mean "rotates-keys"?',
    );
    expect(await message(stated(`${GOOD}, until: 2027-01-31`, 'sends-request-ids'))).not.toContain('did you mean');
  });

  it('of a check that sees for itself say which kind it is', async () => {
    expect(await message(stated(`${GOOD}, until: 2027-01-31`, 'accepts-valid-key'))).toContain(
      'attestations.accepts-valid-key: found "accepts-valid-key", a check of the kind endpoint; expected the id of an attestation',
    );
  });

  it('take a drill where one can show it, and nowhere else', async () => {
    const drilled = (id: string) =>
      message(stated(`${GOOD}, until: 2027-01-31, drill: { command: a, finds: ALERT }`, id));
    for (const id of ['alerts-on-failures', 'tracks-error-rates', 'logs-suspicious-activity'])
      expect(await drilled(id)).toBe('taken');
    expect(await drilled('rotates-keys')).toContain(
      'attestations.rotates-keys.drill: found a drill; expected none: one shows alerts-on-failures, logs-suspicious-activity, tracks-error-rates alone',
    );
  });

  it('are refused in one of several targets at its place', async () => {
    const text = `targets:\n  a:\n    attestations:\n      rotates-keys: { by: me, evidence: a.md, until: 2027-01-31 }\n`;
    expect(await message(text)).toMatch(/^\/a\.yaml:4:23: targets\.a\.attestations\.rotates-keys\.by: found "me"/);
  });
});
