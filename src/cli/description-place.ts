// Where an OpenAPI description stands, as a config names it.
import { relative } from 'node:path';
import { UserError } from '../errors.js';
import { mayBeSecret, namesSecret } from '../openapi/derive/secrets.js';

/** A config is kept in a repository, and the place of the description stands in it. */
export function refuseCredentialIn(place: string): void {
  if (!URL.canParse(place)) return;
  const { username, password, searchParams } = new URL(place);
  const isSecret = [...searchParams].some(([name, value]) => namesSecret(name) || mayBeSecret(value));
  if (username === '' && password === '' && !isSecret) return;
  throw new UserError(
    'secret-in-url',
    '--openapi: found a URL that carries a credential; expected one without, or a file that you saved it to',
  );
}

/** As a config names it: from its own folder. */
export function placeFrom(folder: string, file: string): string {
  if (/^https?:\/\//i.test(file)) return file;
  const path = relative(folder, file).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}
