import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');

/** This package's version: package.json stands one level above src as well as above dist. */
export const version: string = (JSON.parse(text) as { version: string }).version;
