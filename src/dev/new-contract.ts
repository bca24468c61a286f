// Scaffolds a built-in contract and its test, and regenerates the index: npm run new-contract -- acme-pay
import { finish, put } from './put.js';
import { contractTemplate, contractTestTemplate } from './templates.js';

const id = process.argv[2] ?? '';

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  process.stderr.write('new-contract: expected a name in kebab case, e.g. acme-pay\n');
  process.exitCode = 2;
} else {
  await put(`src/config/contracts/${id}.ts`, contractTemplate(id));
  await put(`test/config/contracts/${id}.test.ts`, contractTestTemplate(id));
  finish(`put what the provider documents into src/config/contracts/${id}.ts, each fact with its page`);
}
