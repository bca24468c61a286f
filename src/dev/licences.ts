// What the licences of bundled packages ask for: their texts travel with the bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Each lets its code be given on in a bundle of another licence, with its text.
const FIT = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
];

/**
 * One text with the licence of each package; `folders` stand below `root`.
 * @throws Error where a package says no licence, or one that nobody has looked at.
 */
export function licencesOf(root: string, folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
      license?: string;
    };
    if (license === undefined || !FIT.includes(license))
      throw new Error(
        `${name}@${version} is bundled under ${license ?? 'no licence'}; expected one of ${FIT.join(', ')}`,
      );
    const texts = readdirSync(join(root, folder))
      .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
      .toSorted()
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    return [`${name}@${version} (${license})`, ...texts].join('\n\n');
  });
  return `${['The files in this folder contain these packages.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
