// Scaffolds a check and its test, and regenerates the index: npm run new-check -- endpoint/waits-for-something
import { KINDS } from '../checks/verdict.js';
import { finish, put } from './put.js';
import { checkTemplate, testTemplate } from './templates.js';

const [kind = '', id = ''] = (process.argv[2] ?? '').split('/');

if (!KINDS.some((one) => one === kind) || !/^[a-z]+(-[a-z0-9]+)+$/.test(id)) {
  process.stderr.write(
    `new-check: expected <kind>/<id> with a kind of ${KINDS.join(', ')} and a kebab-case id, e.g. endpoint/rejects-missing-key\n`,
  );
  process.exitCode = 2;
} else {
  await put(`src/checks/${kind}/${id}.ts`, checkTemplate(kind, id));
  const isStated = kind === 'attestation';
  if (!isStated) await put(`test/checks/${kind}/${id}.test.ts`, testTemplate(kind, id));
  finish(
    isStated
      ? `fill in src/checks/attestation/${id}.ts, name it in the lists that ask for it`
      : `fill in the metadata and judge of src/checks/${kind}/${id}.ts, its cases, a defect that fails it`,
  );
}
