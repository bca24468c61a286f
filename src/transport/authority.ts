// The certificate authority of an endpoint, as every connection of ours to it needs it.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { shownValue } from '../config/shown.js';
import { UserError } from '../errors.js';

const PEM = '-----BEGIN ';

/**
 * What stands in endpoint.ca: PEM text stands for itself, anything else names a file.
 *
 * @returns PEM text; null: the authorities of this system are enough
 * @throws UserError where there is no certificate to be had
 */
export async function readAuthority(ca: string | undefined, directory: string): Promise<string | null> {
  if (ca === undefined) return null;
  if (ca.includes(PEM)) return certificateIn(ca, 'found PEM text that');
  const file = resolve(directory, ca);
  const found = `found ${shownValue(ca)}`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return refuse(`${found}, but ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return certificateIn(text, `${found}, but ${file}`);
}

function certificateIn(pem: string, from: string): string {
  try {
    new X509Certificate(pem);
    return pem;
  } catch {
    return refuse(`${from} holds no certificate that can be read`);
  }
}

function refuse(problem: string): never {
  throw new UserError(
    'unreadable-ca',
    `endpoint.ca: ${problem}; expected a PEM file, or PEM text (-----BEGIN CERTIFICATE-----)`,
  );
}
