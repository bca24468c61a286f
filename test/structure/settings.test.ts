// A setting that is taken and ignored is a lie.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { isPending } from '../../src/config/marks.js';
import { targetSchema } from '../../src/config/schema.js';
import { formsOf, membersOf } from '../../src/config/walk.js';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
// They say what may be set, or set it; nothing of a run follows from that.
const WRITERS = /^(sandbox|dev)\/|^config\/(schema|scaffold|contracts\/|[\w-]*contradictions)/;

// A setting with the value that it needs, as probes name it: 'client.durable: true'.
const PINNED = /'([\w.]+): \w+'/g;

/** What is code, and no sentence. */
function wordsOfCode(): Set<string> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts') && !WRITERS.test(file))
    .map((file) => readFileSync(join(SRC, file), 'utf8'))
    .map((text) =>
      text
        .replace(/^\s*(\/\/|\/?\*).*$/gm, '')
        .replace(PINNED, "'$1'")
        .replace(/(['"])(?:(?!\1).)* (?:(?!\1).)*\1/g, "''"),
    );
  return new Set(texts.flatMap((text) => text.match(/[\w$]+/g) ?? []));
}

function keysOf(schema: z.core.$ZodType): string[] {
  return formsOf(schema).flatMap((form) => {
    const members = Object.entries(membersOf(form)).filter(([, member]) => !isPending(member));
    const { valueType, element } = form._zod.def as { valueType?: z.core.$ZodType; element?: z.core.$ZodType };
    const inner = [...members.map(([, member]) => member), ...[valueType ?? [], element ?? []].flat()];
    return [...members.map(([key]) => key), ...inner.flatMap(keysOf)];
  });
}

// A name that also stands for something else may hide one; a name that stands nowhere is surely read by nobody.
it('every key that a config may hold is read somewhere', () => {
  const words = wordsOfCode();
  const keys = [...new Set(keysOf(targetSchema))];
  expect(keys.length).toBeGreaterThan(200);
  expect(keys.filter((key) => !words.has(key))).toEqual([]);
});
