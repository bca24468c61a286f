import type { ResolvedTarget } from '../../config/load.js';
import { headerOf } from '../../evidence/exchange.js';
import { parsePlainJson } from '../../evidence/json.js';
import { compileSchema, type Validate } from '../../evidence/json-schema.js';
import type { BodiesEvidence } from '../../evidence/map.js';
import type { LaneRun } from '../../evidence/run.js';
import { without } from '../../evidence/unlock.js';
import { calledAs, comparisonWith } from '../../openapi/compare.js';
import { defineClientProbe } from '../define.js';

const SCHEMAS = ['endpoint.operations.<name>.schema', 'endpoint.openapi'] as const;

type Attempt = LaneRun['recording']['attempts'][number];

/** null: nothing is known of what a body of this type must be like. */
type Judge = (request: Attempt['request'], type: string) => Promise<{ validate: Validate; isRequired: boolean } | null>;

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

/** By the schema of the config, or where it has none, by the description of the API. */
async function judgesFor({ config: { endpoint }, contract, description }: ResolvedTarget): Promise<Map<string, Judge>> {
  const judges = new Map<string, Judge>();
  if (endpoint === undefined) return judges;
  const called = calledAs(endpoint.url, contract);
  const comparison = description === undefined ? null : comparisonWith(description.bundled, called);
  for (const [name, { schema, path }] of Object.entries(endpoint.operations)) {
    if (schema !== undefined) {
      const known = { validate: await compileSchema(schema), isRequired: true };
      judges.set(name, async () => known);
    } else if (comparison !== null && path !== undefined) {
      const whole = `${called.base.replace(/\/$/, '')}${path.split('?')[0]}`;
      judges.set(name, ({ method }, type) => comparison.request(method, whole, type));
    }
  }
  return judges;
}

export default defineClientProbe({
  key: 'client.bodies',
  says: 'checking the bodies that your client sent against their schemas',
  after: ['client.control'],
  settings: [SCHEMAS],
  last: true,
  runs: 0,
  missing({ config, description }, client) {
    const operations = Object.values(config.endpoint?.operations ?? {});
    const some = description !== undefined || operations.some((operation) => operation.schema !== undefined);
    return some ? null : without([`endpoint.operations.${client.operation}.schema`, 'endpoint.openapi']);
  },
  async run({ target, allRuns }) {
    const evidence = {
      fitting: [] as string[],
      unfit: [] as BodiesEvidence['unfit'][number][],
      unread: [] as string[],
    };
    const judges = await judgesFor(target);
    // What is done with bad input has a check of its own.
    const runs = allRuns().filter((run) => run.probe !== 'bad-inputs');
    for (const attempt of runs.flatMap((run) => run.recording.attempts)) {
      if (!attempt.request.complete) continue;
      const type = (headerOf(attempt.request.headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      const known = await judges.get(attempt.operation)?.(attempt.request, type);
      if (known == null || (attempt.request.body === null && !known.isRequired)) continue;
      const problems = problemsOf(attempt, known.validate);
      if (problems === null) evidence.unread.push(attempt.id);
      else if (problems.length === 0) evidence.fitting.push(attempt.id);
      else evidence.unfit.push({ id: attempt.id, operation: attempt.operation, problems: problems.slice(0, 3) });
    }
    return evidence;
  },
});
