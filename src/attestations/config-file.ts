// A statement is put into the user's config: checked before anything is written, and nothing else of the file changes.
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { at } from '../config/issues.js';
import { resolveSource } from '../config/load.js';
import type { Source } from '../config/parsed.js';
import { isCode, parseText } from '../config/source.js';
import { readText } from '../config/text.js';
import type { Members } from '../config/yaml-edit.js';
import { UserError } from '../errors.js';
import { writeWhole } from '../files/write.js';

export interface Edited {
  file: string;
  /** Writes it. @throws UserError where somebody else changed the file meanwhile */
  write(): Promise<void>;
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The config with the statement in it, where its form can be edited; null: it is code, or laid out in a way that cannot.
 * @throws UserError for a statement that no config may hold
 */
export async function editConfig(
  source: Source,
  path: readonly string[],
  members: Members,
  environment: NodeJS.ProcessEnv,
): Promise<Edited | null> {
  const { file } = source;
  if (isCode(file)) return null;
  const text = await readText(file);
  const prefix = basename(file) === 'package.json' ? ['golive-check'] : [];
  const changed = await editText(file, text, [...prefix, ...path], members);
  if (changed === null) return null;
  const parsed = await parseText(file, changed);
  const edited: Source = {
    file,
    raw: prefix.length === 0 ? parsed.raw : at(parsed.raw, prefix),
    placeOf: (place) => parsed.placeOf([...prefix, ...place]),
  };
  await resolveSource(edited, { cwd: process.cwd(), environment, allowMissing: true });
  // What was refused before, or left out by a layer, must not be taken for what was written.
  if (
    !isDeepStrictEqual(at(edited.raw, [...path]), { ...(at(source.raw, [...path]) as object | undefined), ...members })
  )
    return null;
  return {
    file,
    async write() {
      const now = await readFile(file, 'utf8');
      const mark = now.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
      if (now !== mark + text)
        throw new UserError('changed-config', `${file}: found another text than a moment ago; nothing was written`);
      await writeWhole(file, mark + changed);
    },
  };
}

async function editText(file: string, text: string, path: readonly string[], members: Members): Promise<string | null> {
  if (extname(file) === '.json') return (await import('../config/json-edit.js')).withJsonMembers(text, path, members);
  return (await import('../config/yaml-edit.js')).withMembers(text, path, members);
}
