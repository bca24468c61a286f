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
