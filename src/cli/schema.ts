import * as z from 'zod';
import { supportedKeysOf } from '../config/marks.js';
import { configSchema } from '../config/schema.js';
import { EXIT } from '../exit.js';
import { outputSchema } from '../report/schema.js';
import type { CommandResult } from './result.js';

export const SCHEMAS = ['config', 'report'] as const;
export type SchemaName = (typeof SCHEMAS)[number];

/** The JSON Schema of what a user writes, or of what `--json` prints. */
export function jsonSchema(name: SchemaName): unknown {
  return name === 'config'
    ? z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any', override: withoutPending })
    : z.toJSONSchema(outputSchema, { io: 'output' });
}

/** What a config may not hold yet, an editor should not offer. */
function withoutPending({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodType;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  if (zodSchema._zod.def.type !== 'object') return;
  const supported = supportedKeysOf(zodSchema);
  jsonSchema.properties = Object.fromEntries(
    Object.entries(jsonSchema.properties ?? {}).filter(([key]) => supported.includes(key)),
  );
}

export async function schema(name: SchemaName): Promise<CommandResult> {
  return { code: EXIT.go, stdout: `${JSON.stringify(jsonSchema(name), null, 2)}\n` };
}
