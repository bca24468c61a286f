// What an installation brings: packages and bytes, as the lock file and the folders here tell them.
import { join } from 'node:path';
import { ROOT } from './bundle.js';
import { bytesIn, MOST_BYTES, MOST_PACKAGES, productionFolders } from './production.js';

const OWN = ['dist', 'bin', 'fixtures/clients'];
const SHOWN = 10;

/** @returns the lines to print; needs a build. */
export function benchSize(): string {
  const folders = productionFolders(ROOT);
  const sizes = folders.map((folder) => ({ name: folder, bytes: bytesIn(join(ROOT, folder), false) }));
  const own = OWN.reduce((sum, folder) => sum + bytesIn(`${ROOT}${folder}`), 0);
  sizes.push({ name: 'golive-check itself', bytes: own });
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const row = (name: string, value: string, isWithin = true) =>
    `  ${name.padEnd(48)}${value}${isWithin ? '' : '  MISSED'}`;
  return [
    row('packages beside this one', `${folders.length}  (reach ${MOST_PACKAGES})`, folders.length <= MOST_PACKAGES),
    row('installed', `${megabytes(total)}  (reach ${megabytes(MOST_BYTES)})`, total <= MOST_BYTES),
    ...sizes
      .toSorted((a, b) => b.bytes - a.bytes)
      .slice(0, SHOWN)
      .map(({ name, bytes }) => row(`  ${name}`, megabytes(bytes))),
  ].join('\n');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
