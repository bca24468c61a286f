// What validates piece by piece and still cannot be meant, of the client and of what its checks rest on.
import { type Complaint, didYouMean } from './issues.js';
import type { Target } from './schema.js';
import { quoted } from './shown.js';

/** Names that name nothing, schemas that are none, and a way in that would show tokens. */
export async function contradictionsOfClient(config: Target): Promise<Complaint[]> {
  const complaints: Complaint[] = [];
  const operations = Object.entries(config.endpoint?.operations ?? {});
  const known = operations.map(([name]) => name);
  if (config.client?.upstream === 'endpoint' && config.contract?.auth?.login !== undefined)
    complaints.push({
      path: ['client', 'upstream'],
      text: 'found endpoint beside contract.auth.login; expected stub: a token of the real API is not known beforehand, so it could not be kept out of what is recorded',
    });
  if (config.client?.key !== undefined && config.contract?.auth?.none !== undefined)
    complaints.push({
      path: ['client', 'key'],
      text: 'found one beside contract.auth: none; expected no key, or contract.auth that says where it goes',
    });
  for (const [code, { reaction, operation }] of Object.entries(config.client?.businessErrors ?? {})) {
    const path = ['client', 'businessErrors', code, 'operation'];
    if (reaction !== 'other-operation') continue;
    if (operation === undefined) {
      complaints.push({ path, text: 'missing; expected the operation that must be called next' });
    } else if (config.endpoint !== undefined && !known.includes(operation)) {
      complaints.push({
        path,
        text: `found ${quoted(operation)}; expected one of endpoint.operations (${known.join(', ')})${didYouMean(operation, known)}`,
      });
    }
  }
  for (const [name, { schema }] of operations) {
    if (schema === undefined) continue;
    const { compileSchema } = await import('../evidence/json-schema.js');
    const problem = await compileSchema(schema).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const path = ['endpoint', 'operations', name, 'schema'];
    if (problem !== null)
      complaints.push({ path, text: `found one that cannot be used (${problem}); expected a JSON Schema` });
  }
  return complaints;
}
