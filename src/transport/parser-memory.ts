// undici parses HTTP in WebAssembly. V8 would optimise that parser once it is warm, which takes some 30 MiB, a quarter of
// the whole run (`npm run bench -- cli`), and gains nothing over a few hundred answers. To be imported before undici.
import { setFlagsFromString } from 'node:v8';

// A V8 that no longer knows the flag would complain on stderr.
const NEWEST_V8 = 13;
if (Number.parseInt(process.versions.v8, 10) <= NEWEST_V8) setFlagsFromString('--liftoff-only');
