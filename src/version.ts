import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Root of this package: package.json stands one level above src as well as above dist. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../', import.meta.url));

const text = readFileSync(`${PACKAGE_ROOT}package.json`, 'utf8');

export const version: string = (JSON.parse(text) as { version: string }).version;
