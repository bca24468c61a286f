import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evidenceFile } from '../../../src/pipeline.js';
import { type EvidenceFile, writeEvidence } from '../../../src/report/evidence-file/file.js';
import { digestOf, digestOfFile, type Manifest } from '../../../src/report/evidence-file/manifest.js';
import type { Report } from '../../../src/report/schema.js';
import renderText from '../../../src/report/text/text.js';
import { version } from '../../../src/version.js';
import { PLAIN } from '../made.js';
import { judgeText, smallFile, smallTarget } from './saved.js';

const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

describe('the digest', () => {
  it.each([
    [
      'members in the order of their UTF-16 code units',
      { '10': 1, '9': 2, b: 3, é: 4, a: { d: 1, c: 2 } },
      '{"10":1,"9":2,"a":{"c":2,"d":1},"b":3,"é":4}',
    ],
    ['numbers as ECMAScript writes them', [1e30, 4.5, -0, 2e-3, 1e-27, 1e21], '[1e+30,4.5,0,0.002,1e-27,1e+21]'],
    ['strings with the fewest escapes', '€$\u000f\nA\'B"\\/', '"€$\\u000f\\nA\'B\\"\\\\/"'],
    [
      'what JSON cannot say as JSON.stringify writes it',
      { a: undefined, b: [undefined, Number.NaN] },
      '{"b":[null,null]}',
    ],
    ['a member named like the prototype', JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
    ['text that is longer than it is hashed at once', 'x'.repeat(200_000), `"${'x'.repeat(200_000)}"`],
  ])('is over the canonical JSON of RFC 8785: %s', (_, value, canonical) => {
    expect(digestOf(value)).toBe(sha256(canonical));
  });

  it('tells a lone surrogate from its escape', () => {
    expect(digestOf('\ud800')).not.toBe(digestOf('\\ud800'));
  });

  it('is over all of the file but itself and the signature', () => {
    const file = JSON.parse(smallFile()) as { manifest: Manifest };
    const { digest, ...facts } = file.manifest;
    expect(digest).toBe(digestOf({ ...file, manifest: facts }));
    expect(digestOfFile({ ...file, manifest: { ...file.manifest, digest: 'x' } })).toBe(digest);
    expect(digestOfFile({ ...file, manifest: { ...facts, targets: [] } })).not.toBe(digest);
  });
});

type Written = ReturnType<typeof JSON.parse>;

/** As somebody edits it; `seal` writes a digest that fits, as who knows the tool can. */
function edited(change: (file: Written) => void, seal = false): string {
  const file = JSON.parse(smallFile());
  change(file);
  if (seal) file.manifest.digest = digestOfFile(file);
  return JSON.stringify(file);
}

function judged(text: string): Report {
  const [report, ...others] = judgeText(text, 'evidence.json', 'major', null);
  if (report === undefined || others.length > 0) throw new Error('expected one report');
  return report;
}

const notesOf = (report: Report) => renderText(report, PLAIN).replace(/\s+/g, ' ');

describe('edited evidence', () => {
  it('carries who wrote it, from which config, and which checks it holds', () => {
    const target = smallTarget();
    const file: EvidenceFile = evidenceFile([{ ...target, config: digestOf({}) }]);
    expect(JSON.parse(writeEvidence(file)).manifest).toEqual({
      tool: { name: 'golive-check', version },
      targets: [{ name: target.target.name, config: digestOf({}), checks: Object.keys(target.checks) }],
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
  });

  it('is GO and told without a word where nobody touched it', () => {
    const report = judged(smallFile());
    expect([report.verdict, report.exitCode, report.saved]).toEqual(['go', 0, undefined]);
  });

  it.each([
    ['another value', (file: Written) => (file.targets[0].run.seed += 1), 'its digest is sha256:'],
    ['another digest', (file: Written) => (file.manifest.digest = 'sha256:0'), 'its manifest says sha256:0'],
    ['no manifest', (file: Written) => delete file.manifest, 'it has no manifest'],
  ])('ends undecided, with a notice: %s', (_, change, notice) => {
    const report = judged(edited(change));
    expect([report.verdict, report.exitCode]).toEqual(['undecided', 3]);
    expect(report.saved?.edited).toContain(notice);
    expect(notesOf(report)).toContain('This evidence is not as it was written: it');
    expect(notesOf(report)).toContain('So it cannot end in GO');
  });

  it('stays no-go where it shows a failure, also with --fail-on never undecided', () => {
    const text = edited((file) => {
      for (const one of file.targets[0].exchanges)
        if (one.probe === 'unauthenticated') one.response = file.targets[0].exchanges[0].response;
    });
    expect(judged(text)).toMatchObject({ verdict: 'no-go', exitCode: 1, saved: { edited: expect.any(String) } });
    expect(judgeText(text, 'e.json', 'never', null)[0]).toMatchObject({ verdict: 'undecided', exitCode: 3 });
  });

  it.each([false, true])('misses a check that was taken out, and is undecided (digest mended: %s)', (seal) => {
    const report = judged(edited((file) => delete file.targets[0].checks['replays-first-response'], seal));
    expect(report.saved).toMatchObject({ missing: { targets: [], checks: ['replays-first-response'] } });
    expect(report.saved?.edited === null).toBe(seal);
    expect(report.checks.find((one) => one.id === 'replays-first-response')).toMatchObject({
      outcome: 'inconclusive',
      code: 'missing',
      severity: 'blocker',
    });
    expect([report.verdict, report.exitCode]).toEqual(['undecided', 3]);
    expect(notesOf(report)).toContain('names the checks replays-first-response.');
  });

  it.each([
    'endpoint.authenticated',
    'endpoint.replay',
    'client.control',
  ])('misses evidence that was taken out, and is undecided: %s', (key) => {
    const report = judged(edited((file) => delete file.targets[0].evidence[key], true));
    expect(report.checks.filter((one) => one.outcome === 'inconclusive').map((one) => one.because)).toContain(
      `Could not be observed: the evidence ${key} was not gathered.`,
    );
    expect(report.checks.map((one) => one.outcome)).not.toContain('not-applicable');
    expect([report.verdict, report.exitCode]).toEqual(['undecided', 3]);
  });

  it('misses a target that was taken out, and counts one that was added as an edit', () => {
    const other = { ...smallTarget(), target: { ...smallTarget().target, name: 'other' } };
    const file = JSON.parse(writeEvidence(evidenceFile([smallTarget(), other])));
    const [first] = file.targets;
    const without = { ...file, targets: [first] };
    const sealed = { ...without, manifest: { ...file.manifest, digest: digestOfFile(without) } };
    expect(judged(JSON.stringify(sealed))).toMatchObject({
      exitCode: 3,
      saved: { edited: null, missing: { targets: ['other'] } },
    });
    const added = { ...file, manifest: { ...file.manifest, targets: file.manifest.targets.slice(0, 1) } };
    const [, second] = judgeText(
      JSON.stringify({ ...added, manifest: { ...added.manifest, digest: digestOfFile(added) } }),
      'e.json',
      'major',
      null,
    );
    expect(second).toMatchObject({ exitCode: 3, saved: { edited: 'its manifest does not name the target other' } });
  });

  it('without any target is refused', () => {
    expect(() => judged(edited((file) => (file.targets = [])))).toThrow('targets: found []; expected at least 1 entry');
  });

  it('of another version says which wrote and which judges it; a check that is unknown here leaves it undecided', () => {
    const older = judged(edited((file) => (file.manifest.tool.version = '0.0.9'), true));
    expect([older.exitCode, older.saved?.writtenBy]).toEqual([0, '0.0.9']);
    expect(notesOf(older)).toContain(`The evidence is by golive-check 0.0.9, the verdict by ${version}`);
    const newer = judged(
      edited((file) => {
        file.manifest.tool.version = '9.0.0';
        file.targets[0].checks['reads-minds'] = 'blocker';
        file.manifest.targets[0].checks.push('reads-minds');
      }, true),
    );
    expect([newer.exitCode, newer.saved?.unknown]).toEqual([3, ['reads-minds']]);
    expect(notesOf(newer)).toContain('this version has no check reads-minds.');
  });

  it('of another version that cannot be read says which wrote it', () => {
    const by = 'evidence.json: it is written by golive-check 9.0.0 and read by';
    const newer = (change: (file: Written) => void) => () =>
      judged(
        edited((file) => {
          file.manifest.tool.version = '9.0.0';
          change(file);
        }, true),
      );
    expect(newer((file) => (file.schemaVersion = 2))).toThrow(
      `${by} ${version}, which differ: schemaVersion: found 2; expected 1`,
    );
    expect(newer((file) => (file.targets[0].evidence['endpoint.replay'].value.effect.counted = 'two'))).toThrow(by);
    expect(() => judged(edited((file) => (file.schemaVersion = 2)))).toThrow('evidence.json: schemaVersion: found 2');
  });

  it('loses no member without a word', () => {
    const report = judged(
      edited((file) => {
        file.manifest.tool.version = '9.0.0';
        file.mood = 'good';
        for (const one of file.targets[0].exchanges) one.request.colour = 'red';
      }, true),
    );
    expect(report.saved?.notRead).toEqual(['targets[].exchanges[].request.colour', 'mood']);
    expect(notesOf(report)).toContain(
      'Not read: this version does not know targets[].exchanges[].request.colour, mood.',
    );
    expect(judged(smallFile()).saved).toBeUndefined();
  });
});

describe('signed evidence', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signed = writeEvidence(evidenceFile([smallTarget()]), privateKey);
  const verified = (text: string, key = publicKey) => {
    const [report] = judgeText(text, 'evidence.json', 'major', key);
    if (report === undefined) throw new Error('no report');
    return { code: report.exitCode, ...report.saved?.signature, notes: notesOf(report) };
  };

  it('proves itself to the public key, in any layout', () => {
    const { code, holds, notes } = verified(JSON.stringify(JSON.parse(signed)));
    expect([code, holds]).toEqual([0, true]);
    expect(notes).toContain('Proven: signed by the key sha256:');
  });

  it('is plain evidence where nobody asks for a proof', () => {
    expect(judged(signed)).toMatchObject({ exitCode: 0 });
    expect(judged(signed).saved).toBeUndefined();
  });

  it.each([
    ['not signed', smallFile(), 'the evidence is not signed'],
    ['edited', signed.replace('"seed": ', '"seed": 1'), 'it was edited since'],
    [
      'edited, its digest mended',
      edited((file) => {
        Object.assign(file, JSON.parse(signed));
        file.targets[0].run.seed += 1;
      }, true),
      'it was edited since',
    ],
    [
      'with a signature that is none',
      signed.replace(/"value": "[^"]*"/, '"value": "\u{1f600}"'),
      'it was edited since',
    ],
    ['without a manifest', edited((file) => delete file.manifest), 'the evidence is not signed'],
  ])('is not proven, and undecided: %s', (_, text, because) => {
    const result = verified(text);
    expect([result.code, result.holds]).toEqual([3, false]);
    expect(result.because).toContain(because);
    expect(result.notes).toContain('Not proven: the ');
  });

  it('is not proven to another key: both are named', () => {
    const other = generateKeyPairSync('ed25519').publicKey;
    const { code, because } = verified(signed, other);
    expect(code).toBe(3);
    expect(because).toMatch(
      /^the evidence is signed by another key \(sha256:\w{64}\) than the given one \(sha256:\w{64}\)$/,
    );
  });
});
