import {
  CODE_TOPICS,
  type CodeFindings,
  type CodePlace,
  type CodeScan,
  type CodeTopic,
  type HistoryScan,
  type SecretFinding,
  type SecretScan,
} from '../../src/evidence/source.js';
import type { JudgeCase } from './judge-cases.js';

export function finding(changed: Partial<SecretFinding> = {}): SecretFinding {
  return {
    path: 'src/pay.ts',
    line: 3,
    column: 7,
    rule: 'a GitHub token',
    fingerprint: '0123456789abcdef',
    starts: 'gh',
    part: null,
    ...changed,
  };
}

export function scan(changed: Partial<SecretScan> = {}): SecretScan {
  const { findings = [] } = changed;
  return {
    from: 'git',
    read: 12,
    skipped: { binary: 0, links: 0, submodules: 0, excluded: 0 },
    bounds: [],
    findings,
    found: findings.length,
    examples: 0,
    allowed: 0,
    badLines: [],
    control: { planted: 3, found: 3 },
    ...changed,
  };
}

export function history(changed: Partial<HistoryScan> = {}): HistoryScan {
  return { ...scan(changed), commits: 4, cut: null, stashes: 0, ...changed };
}

export const place: CodePlace = { path: 'src/pay.ts', line: 3, column: 7, rule: 'what stands there' };

type Topics = Partial<Record<CodeTopic, Partial<CodeFindings>>>;

export function code(topics: Topics = {}, changed: Partial<CodeScan> = {}): { 'source.code': CodeScan } {
  const full = CODE_TOPICS.map((topic): [CodeTopic, CodeFindings] => {
    const { places = [], ...rest } = topics[topic] ?? {};
    return [topic, { places, found: places.length, inTests: [], ...rest }];
  });
  return {
    'source.code': {
      from: 'git',
      read: 12,
      languages: { js: 10 },
      foreign: 0,
      excluded: 0,
      bounds: [],
      hosts: ['api.example.com'],
      sandbox: ['sandbox.example.com'],
      topics: Object.fromEntries(full) as CodeScan['topics'],
      control: { planted: 20, found: 20 },
      ...changed,
    },
  };
}

type CodeCases = Record<string, JudgeCase<'source.code'>[]>;

/** What each check of code owes where it was not read. */
export function unreadCases(): CodeCases {
  return {
    'control-failed': [{ outcome: 'inconclusive', evidence: code({}, { control: { planted: 20, found: 19 } }) }],
    'not-all-read': [{ outcome: 'inconclusive', evidence: code({}, { bounds: ['a file that is large'] }) }],
    'nothing-read': [
      { outcome: 'inconclusive', evidence: code({}, { read: 0, languages: {} }) },
      {
        outcome: 'inconclusive',
        evidence: code({}, { languages: {}, foreign: 3 }),
        says: /3 written by others/,
        name: 'settings alone are no code',
      },
    ],
  };
}

/** Those of a check that passes where nothing of its topic stands in code. */
export function absenceCases(topic: CodeTopic): CodeCases {
  return {
    ...unreadCases(),
    found: [
      {
        outcome: 'fail',
        evidence: code({ [topic]: { places: [place] } }, { bounds: ['a file that is large'] }),
        says: /^src\/pay\.ts:3:7: what stands there\.$/,
      },
      {
        outcome: 'fail',
        evidence: code({ [topic]: { places: Array.from({ length: 9 }, () => place), inTests: [place] } }),
        says: /; and 4 more\. In tests, which weigh nothing/,
        name: 'many are shown in short',
      },
    ],
    none: [
      { outcome: 'pass', evidence: code(), says: /in 12 files \(10 js\)/ },
      {
        outcome: 'pass',
        evidence: code({ [topic]: { inTests: [place] } }),
        says: /In tests, which weigh nothing: src/,
        name: 'tests weigh nothing, and are named',
      },
    ],
  };
}

/** Those of a check that looks for secrets in what one scan read. */
export function secretCases<const N extends 'source.files' | 'source.bundles'>(key: N): Record<string, JudgeCase<N>[]> {
  const evidence = (changed: Partial<SecretScan> = {}) => ({ [key]: scan(changed) }) as JudgeCase<N>['evidence'];
  return {
    'control-failed': [
      { outcome: 'inconclusive', evidence: evidence({ control: { planted: 3, found: 2 } }) },
      {
        outcome: 'inconclusive',
        evidence: evidence({ control: { planted: 0, found: 0 } }),
        name: 'nothing was planted',
      },
    ],
    found: [
      {
        outcome: 'fail',
        evidence: evidence({ findings: [finding()] }),
        says: /^src\/pay\.ts:3:7: a GitHub token \(gh…, fingerprint 0123456789abcdef\)\.$/,
        figures: { expected: 'no secret', measured: '1 secret' },
      },
      {
        outcome: 'fail',
        evidence: evidence({ findings: [finding({ part: 'test' }), finding()], bounds: ['a file larger than 32 MiB'] }),
        says: /gh…, fingerprint \w+\); .*in a test\)\. 1 of them in tests/,
        name: 'ordinary code comes first, and what was not read changes nothing',
      },
      {
        outcome: 'fail',
        evidence: evidence({
          findings: Array.from({ length: 9 }, (_, at) => finding({ line: at + 1 })),
          badLines: [4],
        }),
        says: /and 4 more.*line 4: expected a fingerprint/,
        name: 'many are shown in short',
      },
    ],
    'not-all-read': [
      { outcome: 'inconclusive', evidence: evidence({ bounds: ['a file larger than 32 MiB'] }), says: /32 MiB/ },
    ],
    'nothing-read': [
      {
        outcome: 'inconclusive',
        evidence: evidence({ read: 0, skipped: { binary: 1, links: 0, submodules: 0, excluded: 7 } }),
        says: /Not read: 1 binary, 7 left out by the config/,
      },
    ],
    clean: [
      { outcome: 'pass', evidence: evidence() },
      {
        outcome: 'pass',
        evidence: evidence({ examples: 2, allowed: 1, badLines: [3] }),
        says: /2 examples or placeholders\. 1 allowed by \.golive-check-ignore\..* line 3/,
        name: 'what was allowed is said',
      },
    ],
  };
}
