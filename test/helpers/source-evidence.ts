import type { HistoryScan, SecretFinding, SecretScan } from '../../src/evidence/source.js';

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
