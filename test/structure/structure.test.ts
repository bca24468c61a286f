// What review would otherwise have to catch: the shape of the code, checked by machine.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHECKLISTS, pageOf } from '../../src/checklists/index.js';
import { CHECKS } from '../../src/checks/index.js';
import { KINDS } from '../../src/checks/verdict.js';
import { CONTRACTS } from '../../src/config/contracts/index.js';
import { factsOf, generated } from '../../src/dev/generate.js';
import { checkTemplate, contractTemplate, contractTestTemplate, testTemplate } from '../../src/dev/templates.js';
import { probesOf } from '../../src/plan.js';
import { PROBES } from '../../src/probes/index.js';
import { CLIENTS } from '../../src/sandbox/clients.js';
import { DEFECTS } from '../../src/sandbox/defects.js';
import { RECEIVERS } from '../../src/sandbox/receivers.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}

const sources = filesUnder('src').filter((file) => file.endsWith('.ts'));
const importsOf = (file: string) =>
  [
    ...read(file).matchAll(
      /^(?:import '|import [^'\n]*from '|\} from '|export [^'\n]*from ')([^'\n]+)';$|\bimport\('([^']+)'\)/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? '');

describe('generated files', () => {
  it('are what `npm run generate` writes', async () => {
    for (const [file, text] of await generated()) expect(statements(read(file)), file).toEqual(statements(text));
  });
});

// The formatter orders imports and breaks long lines; nothing else may differ.
function statements(text: string): string[] {
  return text
    .replace(/\s+/g, ' ')
    .replace(/([([{]) /g, '$1')
    .replace(/,? ?([)\]}])/g, '$1')
    .split(/;|(?<=edited by hand\.)/)
    .map((one) => one.trim())
    .toSorted();
}

describe('checks', () => {
  it('have unique ids', () => {
    expect(new Set(CHECKS.map((check) => check.id)).size).toBe(CHECKS.length);
  });

  it.each(CHECKS.map((check) => [check.id, check] as const))('%s keeps the house rules', (id, check) => {
    const file = `src/checks/${check.kind}/${id}.ts`;
    expect(existsSync(join(ROOT, file)), file).toBe(true);
    // All statements are judged alike, and tried in one table.
    const test = check.kind === 'attestation' ? 'all' : id;
    expect(existsSync(join(ROOT, `test/checks/${check.kind}/${test}.test.ts`)), 'test at the mirrored path').toBe(true);
    expect(check.attestation !== undefined, 'what is asked, and what shows it').toBe(check.kind === 'attestation');
    expect(check.attestation?.question ?? '?', 'a question').toMatch(/\?(?: \([^)]+\))?$/);
    expect(check.attestation?.shownBy ?? '', 'ends as the sentence around it goes on').not.toMatch(/[.?!]$/);
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(check.title.length).toBeLessThanOrEqual(70);
    expect(check.title).not.toMatch(/\.$/);
    for (const text of [check.why, check.fix]) {
      const sentences = text.match(/[.!?](?= |$)/g)?.length ?? 0;
      expect(sentences, text).toBeGreaterThanOrEqual(1);
      expect(sentences, text).toBeLessThanOrEqual(3);
    }
    expect(check.refs.length).toBeGreaterThanOrEqual(1);
    for (const ref of check.refs) expect(ref).toMatch(/^https:\/\//);
    expect(check.needs.length).toBeGreaterThanOrEqual(1);
  });

  it.each(
    CHECKS.filter((check) => check.kind === 'endpoint').map((check) => check.id),
  )('%s has a defect that fails it and nothing else', (id) => {
    const flips: readonly (readonly string[])[] = Object.values(DEFECTS).map((defect) => defect.flips);
    expect(flips.some((one) => one.length === 1 && one[0] === id)).toBe(true);
  });
});

describe('the lists', () => {
  const providers = CHECKLISTS.filter(({ source }) => source !== null);
  const lines = CHECKLISTS.flatMap((list) => list.lines);
  const existing = CHECKS.map((check) => check.id);

  it('stand in a file each, and no file is left out', () => {
    const files = readdirSync(join(ROOT, 'src/checklists')).map((file) => file.replace('.ts', ''));
    const besides = ['asked', 'decide', 'define', 'index'];
    expect(files.filter((file) => !besides.includes(file))).toEqual(
      CHECKLISTS.map(({ provider }) => provider).toSorted(),
    );
    for (const { provider } of CHECKLISTS) expect(Object.keys(CONTRACTS), 'can be extended').toContain(provider);
  });

  it('hold every line of the four pages', () => {
    expect(providers.map((list) => [list.provider, list.lines.length])).toEqual([
      ['runa', 13],
      ['securbase', 17],
      ['print-one', 13],
      ['killb', 50],
    ]);
    expect(new Set(providers.flatMap((list) => list.lines.map(({ id }) => id))).size).toBe(93);
  });

  it('number their lines, each list under a letter of its own', () => {
    for (const list of CHECKLISTS) {
      const letter = list.lines[0]?.id[0];
      expect(list.lines.map(({ id }) => id)).toEqual(list.lines.map((_, at) => `${letter}${at + 1}`));
    }
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  it('name a page for every line', () => {
    for (const list of CHECKLISTS)
      for (const line of list.lines) expect(pageOf(list, line), line.id).toMatch(/^https:\/\//);
  });

  it.each(lines.map((line) => [line.id, line] as const))('%s names what answers it', (_, line) => {
    expect(line.text.length).toBeLessThanOrEqual(70);
    expect(line.text).not.toMatch(/\.$/);
    expect(line.checks.length === 0, 'no checks: information').toBe(line.information === true);
    expect(new Set(line.checks).size).toBe(line.checks.length);
    for (const id of line.checks) expect(existing, 'exists').toContain(id);
  });
});

describe('sample clients', () => {
  it('stand in a file each, and no file is left out', () => {
    const files = readdirSync(join(ROOT, 'fixtures/clients')).filter((file) => file.endsWith('.mjs'));
    expect(files.map((file) => file.replace('.mjs', '')).toSorted()).toEqual(Object.keys(CLIENTS).toSorted());
  });

  it('name only checks that there are', () => {
    const known = CHECKS.map((check) => check.id);
    for (const { flips } of Object.values(CLIENTS)) for (const id of flips) expect(known).toContain(id);
  });
});

describe('sample receivers', () => {
  it('stand in a file each, and no file is left out', () => {
    const files = readdirSync(join(ROOT, 'fixtures/receivers')).filter((file) => file !== 'shared');
    expect(files.map((file) => file.replace('.mjs', '')).toSorted()).toEqual(Object.keys(RECEIVERS).toSorted());
  });

  it('name only checks that there are', () => {
    const known = CHECKS.map((check) => check.id);
    for (const { flips } of Object.values(RECEIVERS)) for (const id of flips) expect(known).toContain(id);
  });

  it('say in their comment what they fail', () => {
    const facts = (source: string, path = 'fixtures/receivers/odd.mjs') => factsOf(path, source, {});
    expect(facts('// Sin: none.\n// Fails: a-b, c,\n// d.\nserve();\n')).toBe("{ flips: ['a-b', 'c', 'd'] }");
    expect(facts('# Fails: nothing.\n', 'fixtures/receivers/odd.py')).toBe('{ flips: [] }');
    expect(() => facts('// Sin: one.\nserve(); // Fails: a.\n')).toThrow(
      'fixtures/receivers/odd.mjs: found no line "// Fails: <check>, <check>." at its top; expected one, or "// Fails: nothing."',
    );
  });
});

describe('built-in contracts', () => {
  it.each(Object.keys(CONTRACTS))('%s has a name of its own, and a test', async (id) => {
    expect((await CONTRACTS[id]?.())?.id).toBe(id);
    expect(existsSync(join(ROOT, `test/config/contracts/${id}.test.ts`))).toBe(true);
  });
});

describe('probes', () => {
  it('yield each needed key exactly once, and none that nobody needs', () => {
    const keys = PROBES.map((probe) => probe.key);
    expect(new Set(keys).size).toBe(keys.length);
    const needed = new Set([...CHECKS.flatMap(probesOf), ...PROBES.flatMap((probe) => probe.after)]);
    expect(keys.toSorted()).toEqual([...needed].toSorted());
  });

  it('stand in files named after their keys', () => {
    for (const probe of PROBES) {
      const [kind, noun] = probe.key.split('.');
      expect(existsSync(join(ROOT, `src/probes/${kind}/${noun}.ts`)), probe.key).toBe(true);
    }
  });

  it('depend on one another without a circle', () => {
    const after = new Map<string, readonly string[]>(PROBES.map((probe) => [probe.key, probe.after]));
    const walk = (key: string, trail: readonly string[]): void => {
      expect(trail, key).not.toContain(key);
      for (const next of after.get(key) ?? []) walk(next, [...trail, key]);
    };
    for (const probe of PROBES) walk(probe.key, []);
  });
});

// Where the status alone is meant. Whoever asks whether a call was refused, accepted or made asks isSuccess, isExpected,
// isClientError, isErrorAnswer or hasStatus, which know of refusals in a 2xx answer.
const READS_STATUS: Readonly<Record<string, string>> = {
  'src/checks/endpoint/challenges-unauthenticated-calls.ts': 'the challenge belongs to 401 alone',
  'src/checks/endpoint/creates-once-after-lost-response.ts': 'of an answer that was cut there is no body',
  'src/checks/endpoint/creates-once-under-concurrency.ts': 'whether there was an answer at all',
  'src/checks/endpoint/echoes-version.ts': 'whether there was an answer at all',
  'src/checks/endpoint/hides-internals-in-errors.ts': 'an error page that is too long to be kept',
  'src/checks/endpoint/ignores-key-in-query.ts': 'compares two answers',
  'src/checks/endpoint/refuses-plain-http.ts': 'what is refused before the API is',
  'src/checks/endpoint/rejects-malformed-bodies.ts': 'whether there was an answer at all',
  'src/checks/endpoint/replays-stored-errors.ts': 'compares two answers',
  'src/checks/endpoint/sends-retry-after.ts': 'the shape of a status',
  'src/checks/endpoint/serves-supported-version.ts': 'whether there was an answer at all',
  'src/checks/endpoint/shapes-errors-consistently.ts': 'the shape of a status',
  'src/checks/shared/addresses.ts': 'whether there was an answer at all, and the shape of a status',
  'src/checks/shared/answers.ts': 'words, and what stands before the API',
  'src/checks/shared/comparison.ts': 'compares two answers',
  'src/checks/shared/events.ts': 'what a receiver answers, whose body says nothing',
  'src/checks/shared/provoked.ts': 'what stands before the API',
  'src/checks/shared/shapes.ts': 'the shape of a status',
  'src/probes/deferred.ts': 'what is kept of an answer that worked',
  'src/probes/effect.ts': 'beside isSuccess: 202, 404 and 410',
  'src/probes/endpoint/burst.ts': 'words',
  'src/probes/endpoint/refused-key.ts': 'a limit, or an API that is down',
  'src/probes/events.ts': 'words',
  'src/probes/session.ts': 'a token that is over is told by 401 alone',
  'src/probes/settle.ts': 'beside isSuccess: 202',
  'src/probes/takes.ts': 'words',
  'src/probes/writing.ts': 'words',
};

describe('a status alone', () => {
  it('is read only where nothing else is meant: a 2xx may be a refusal', () => {
    const readers = sources.filter(
      (file) =>
        /^src\/(checks\/(endpoint|shared)|probes)\//.test(file) &&
        /\bimport [^;]*\bstatusOf\b|\bresponse\??\.status\b/.test(read(file)),
    );
    expect(readers.toSorted()).toEqual(Object.keys(READS_STATUS).toSorted());
  });
});

describe('layers', () => {
  const under = (folder: string) => sources.filter((file) => file.startsWith(`src/${folder}/`));
  const targets = (file: string) =>
    importsOf(file)
      .filter((path) => path.startsWith('.'))
      .map((path) => join(file, '..', path).replace(/\.js$/, '.ts'));

  it('judges and reporters are pure, and so is all that they reach', () => {
    const chains = new Map<string, string>();
    const open = [...under('checks'), ...under('report'), ...under('stored'), 'src/judge.ts'];
    for (const file of open) chains.set(file, file);
    for (let file = open.shift(); file !== undefined; file = open.shift()) {
      const chain = chains.get(file) ?? file;
      expect(read(file), chain).not.toMatch(
        /(?<![.\w])(Date\.now|Math\.random|process\.|new Date\(\)|setTimeout|fetch\()/,
      );
      for (const path of importsOf(file))
        expect(path, chain).not.toMatch(
          /^(undici|node:(fs|net|http|https|tls|dns|child_process|process|timers|worker_threads).*)$/,
        );
      for (const next of targets(file)) {
        expect(next, chain).not.toMatch(
          /^src\/(lanes|transport|gather|proxy|intercept|probes|memory|files|cli|sandbox)\//,
        );
        if (chains.has(next) || !sources.includes(next)) continue;
        chains.set(next, `${chain} -> ${next}`);
        open.push(next);
      }
    }
  });

  it('no imports go in a circle, but in the one world of the sandbox', () => {
    const done = new Set<string>();
    const walk = (file: string, trail: readonly string[]): void => {
      const at = trail.indexOf(file);
      if (at !== -1) {
        const circle = trail.slice(at);
        const isOfSandbox = circle.every((one) => one.startsWith('src/sandbox/'));
        expect(isOfSandbox, [...circle, file].join(' -> ')).toBe(true);
      }
      if (at !== -1 || done.has(file)) return;
      for (const next of targets(file)) if (sources.includes(next)) walk(next, [...trail, file]);
      done.add(file);
    };
    for (const file of sources) walk(file, []);
  });

  it('checks know no probe, probes know no check, and neither knows the report', () => {
    for (const file of under('checks'))
      for (const path of targets(file))
        expect(!/^src\/(probes|report|views|cli|proxy|sandbox)\//.test(path), `${file} -> ${path}`).toBe(true);
    for (const file of under('probes'))
      for (const path of targets(file)) expect(path, file).not.toMatch(/^src\/(checks|report|views|cli|sandbox)\//);
    for (const file of under('report'))
      for (const path of targets(file)) expect(path, file).not.toMatch(/^src\/(views|cli|sandbox|proxy)\//);
  });

  it('the proxy engine knows no fault', () => {
    for (const file of ['src/proxy/server.ts', 'src/proxy/recorder.ts', ...under('proxy/server')]) {
      for (const path of importsOf(file)) expect(path, file).not.toContain('faults');
    }
  });
});

describe('house rules', () => {
  it('the certificate library is loaded only where certificates are made', () => {
    const owner = 'src/certificates.ts';
    for (const file of sources) {
      const imports = importsOf(file).filter((path) => /^(@peculiar\/x509|reflect-metadata)$/.test(path));
      expect(imports.length > 0, file).toBe(file === owner);
      expect(read(file), file).not.toMatch(/^import (?!type )[^\n]*'(\.\.?\/)+certificates\.js';/m);
    }
  });

  it('no process.exit, no TODO', () => {
    for (const file of sources) {
      const text = read(file);
      // What was stopped in the middle of something never returns to whoever would end the process in order.
      if (file !== 'src/cli/watchdog.ts') expect(text, file).not.toMatch(/process\.exit\(/);
      expect(text, file).not.toMatch(/\b(TODO|FIXME|XXX)\b/);
    }
  });

  it('every import is declared, every dependency used', () => {
    const manifest = JSON.parse(read('package.json')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const published = sources.filter((file) => !file.startsWith('src/dev/'));
    const packagesOf = (files: readonly string[]) =>
      new Set(
        files
          .flatMap(importsOf)
          .filter((path) => !path.startsWith('.') && !path.startsWith('node:'))
          .map((path) => (path.startsWith('@') ? path.split('/').slice(0, 2).join('/') : (path.split('/')[0] ?? path)))
          .filter((path) => path !== 'golive-check'),
      );
    // What is bundled alone is a dependency of the build.
    expect([...packagesOf(published)]).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    const all = packagesOf([...sources, ...filesUnder('test').filter((file) => file.endsWith('.ts'))]);
    const declared = { ...manifest.dependencies, ...manifest.devDependencies };
    // Of some a package of types is all there is.
    for (const name of all) expect(name in declared || `@types/${name}` in declared, name).toBe(true);
  });

  it('the lock file names no registry', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('the top level holds what was agreed', () => {
    const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '');
    const top = new Set(tracked.map((path) => path.split('/')[0] ?? ''));
    const agreed = [
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'bin',
      'src',
      'test',
      'fixtures',
      'README.md',
      'LICENSE',
    ];
    for (const name of top) expect(name.startsWith('.') || agreed.includes(name), name).toBe(true);
  });
});

describe('scaffold', () => {
  it('writes a check, a contract and their tests that compile and lint', () => {
    const folder = mkdtempSync(join(ROOT, 'test', '.scaffold-'));
    try {
      // The templates import by their real places, so they are tried there in meaning: same depth, same relative paths.
      const here = (test: string, source: string) =>
        test.replaceAll(`../../../src/${source}/`, './').replaceAll('../../helpers/', '../helpers/');
      const checks = KINDS.filter((kind) => kind !== 'attestation').flatMap((kind) => [
        [
          `answers-some-${kind}.ts`,
          checkTemplate(kind, `answers-some-${kind}`)
            .replaceAll("'../../", "'../../src/")
            .replaceAll("'../define.js'", "'../../src/checks/define.js'")
            .replaceAll("'../shared/", "'../../src/checks/shared/"),
        ],
        [`answers-some-${kind}.test.ts`, here(testTemplate(kind, `answers-some-${kind}`), `checks/${kind}`)],
      ]);
      const contract = contractTemplate('acme-pay').replaceAll(
        "'./define.js'",
        "'../../src/config/contracts/define.js'",
      );
      const files = {
        ...(Object.fromEntries(checks) as Record<string, string>),
        'holds-some-promise.ts': checkTemplate('attestation', 'holds-some-promise').replaceAll(
          "'../shared/",
          "'../../src/checks/shared/",
        ),
        'acme-pay.ts': contract,
        'acme-pay.test.ts': here(contractTestTemplate('acme-pay'), 'config/contracts'),
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ extends: '../../tsconfig.json', include: ['./*.ts'] }),
      );
      const node = (...words: string[]) => execFileSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
      node('node_modules/typescript/bin/tsc', '-p', folder);
      node('node_modules/@biomejs/biome/bin/biome', 'lint', '--vcs-enabled=false', folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
