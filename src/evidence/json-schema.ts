// JSON Schema by ajv, which is dear to load: imported when a schema is configured.
import type { Ajv, Options } from 'ajv';
import { isPlain } from '../config/merge.js';

/** What is wrong with a value, in words; empty: it fits. */
export type Validate = (value: unknown) => string[];

const DRAFT_07 = /draft-07/;
const DRAFT_2020 = /2020-12/;

type Draft = 'draft-07' | '2020-12';

/** What says whether a schema is one, by its own schema: to compile that takes 0.1 s. */
const judges: Partial<Record<Draft, Promise<Ajv>>> = {};

/**
 * `isLenient`: patterns are taken as most tools take them, also with escapes that Unicode mode refuses.
 * @throws Error that says what is wrong with the schema.
 */
export async function compileSchema(schema: unknown, { isLenient = false } = {}): Promise<Validate> {
  if (!isPlain(schema) && typeof schema !== 'boolean') throw new Error('a schema is a map, true or false');
  const named = isPlain(schema) ? schema.$schema : undefined;
  if (named !== undefined && !DRAFT_07.test(String(named)) && !DRAFT_2020.test(String(named)))
    throw new Error(`$schema is ${String(named)}; expected draft 2020-12 or draft-07`);
  const draft = DRAFT_07.test(String(named)) ? 'draft-07' : '2020-12';
  judges[draft] ??= newAjv(draft, {});
  const judge = await judges[draft];
  judge.validateSchema(schema, true);
  // One of its own: two schemas may have the same id.
  const ajv = await newAjv(draft, { validateSchema: false, unicodeRegExp: !isLenient });
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(
          (error) => `${error.instancePath === '' ? 'the body' : error.instancePath} ${error.message ?? error.keyword}`,
        );
}

async function newAjv(draft: Draft, own: Options): Promise<Ajv> {
  const { Ajv2020, Ajv, addFormats } = await import('./ajv.js');
  // Schemas come from OpenAPI documents too, with members that no draft knows.
  // 19.99 is a multiple of 0.01, whatever a division of doubles says.
  const options = { allErrors: true, strict: false, logger: false, multipleOfPrecision: 8, ...own } as const;
  const ajv = draft === 'draft-07' ? new Ajv(options) : new Ajv2020(options);
  addFormats(ajv);
  return ajv as Ajv;
}
