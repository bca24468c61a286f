import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Root of this package: package.json stands one level above src as well as above dist. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../', import.meta.url));

const text = readFileSync(`${PACKAGE_ROOT}package.json`, 'utf8');

const manifest = JSON.parse(text) as { version: string; engines: { node: string } };

export const version: string = manifest.version;

/** The oldest Node that is enough. */
export const leastNode: string = manifest.engines.node.replace('>=', '');
