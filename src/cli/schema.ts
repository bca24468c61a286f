import * as z from 'zod';
import { configSchema } from '../config/schema.js';
import { EXIT } from '../exit.js';
import { outputSchema } from '../report/schema.js';
import type { CommandResult } from './result.js';

export const SCHEMAS = ['config', 'report'] as const;
export type SchemaName = (typeof SCHEMAS)[number];

/** The JSON Schema of what a user writes, or of what `--json` prints. */
export function jsonSchema(name: SchemaName): unknown {
  return name === 'config'
    ? z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' })
    : z.toJSONSchema(outputSchema, { io: 'output' });
}

export async function schema(name: SchemaName): Promise<CommandResult> {
  return { code: EXIT.go, stdout: `${JSON.stringify(jsonSchema(name), null, 2)}\n` };
}
