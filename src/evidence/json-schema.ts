// JSON Schema by ajv, which is dear to load: imported when a schema is configured.
import { isPlain } from '../config/merge.js';

/** What is wrong with a value, in words; empty: it fits. */
export type Validate = (value: unknown) => string[];

const DRAFT_07 = /draft-07/;
const DRAFT_2020 = /2020-12/;

/** @throws Error that says what is wrong with the schema. */
export async function compileSchema(schema: unknown): Promise<Validate> {
  if (!isPlain(schema) && typeof schema !== 'boolean') throw new Error('a schema is a map, true or false');
  const named = isPlain(schema) ? schema.$schema : undefined;
  if (named !== undefined && !DRAFT_07.test(String(named)) && !DRAFT_2020.test(String(named)))
    throw new Error(`$schema is ${String(named)}; expected draft 2020-12 or draft-07`);
  const { Ajv2020, Ajv, addFormats } = await import('./ajv.js');
  // Schemas come from OpenAPI documents too, with members that no draft knows.
  const options = { allErrors: true, strict: false, logger: false } as const;
  const ajv = DRAFT_07.test(String(named)) ? new Ajv(options) : new Ajv2020(options);
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(
          (error) => `${error.instancePath === '' ? 'the body' : error.instancePath} ${error.message ?? error.keyword}`,
        );
}
