import { parsePlainJson } from '../../evidence/json.js';
import { compileSchema, type Validate } from '../../evidence/json-schema.js';
import type { BodiesEvidence } from '../../evidence/map.js';
import type { LaneRun } from '../../evidence/run.js';
import { without } from '../../evidence/unlock.js';
import { defineClientProbe } from '../define.js';

type Attempt = LaneRun['recording']['attempts'][number];

/** null: what was sent cannot be known from the recording. */
function problemsOf({ request: { body, found } }: Attempt, validate: Validate): readonly string[] | null {
  if (body === null) return ['there is no body'];
  if (body.truncated || found.some((one) => one.where === 'body')) return null;
  let value: unknown;
  try {
    value = parsePlainJson(body.text);
  } catch {
    return ['the body is not JSON'];
  }
  return validate(value);
}

export default defineClientProbe({
  key: 'client.bodies',
  says: 'checking the bodies that your client sent against their schemas',
  after: ['client.control'],
  settings: ['endpoint.operations.<name>.schema'],
  last: true,
  runs: 0,
  missing({ config }, client) {
    const operations = Object.values(config.endpoint?.operations ?? {});
    const some = operations.some((operation) => operation.schema !== undefined);
    return some ? null : without(`endpoint.operations.${client.operation}.schema`);
  },
  async run({ target, allRuns }) {
    const evidence = {
      fitting: [] as string[],
      unfit: [] as BodiesEvidence['unfit'][number][],
      unread: [] as string[],
    };
    const schemas = new Map<string, Validate>();
    for (const [name, { schema }] of Object.entries(target.config.endpoint?.operations ?? {}))
      if (schema !== undefined) schemas.set(name, await compileSchema(schema));
    // What is done with bad input has a check of its own.
    const runs = allRuns().filter((run) => run.probe !== 'bad-inputs');
    for (const attempt of runs.flatMap((run) => run.recording.attempts)) {
      const validate = schemas.get(attempt.operation);
      if (validate === undefined || !attempt.request.complete) continue;
      const problems = problemsOf(attempt, validate);
      if (problems === null) evidence.unread.push(attempt.id);
      else if (problems.length === 0) evidence.fitting.push(attempt.id);
      else evidence.unfit.push({ id: attempt.id, operation: attempt.operation, problems: problems.slice(0, 3) });
    }
    return evidence;
  },
});
