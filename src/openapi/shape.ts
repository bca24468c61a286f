// Whether a document is an OpenAPI description at all. What is sloppy beyond that is told where it is needed.
import type { Path } from '../config/env.js';
import { isPlain } from '../config/merge.js';
import type { Source } from '../config/parsed.js';
import { shownValue } from '../config/shown.js';
import { refuseAt } from './bundle.js';
import { behind, type Json } from './resolve.js';

/** 3.2 only adds to 3.1, and is read as such. */
export type SpecVersion = '2.0' | '3.0' | '3.1';

export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const VERSIONS: readonly (readonly [RegExp, SpecVersion])[] = [
  [/^2\.0(\.|$)/, '2.0'],
  [/^3\.0(\.|$)/, '3.0'],
  [/^3\.[12](\.|$)/, '3.1'],
];

export async function versionOf(source: Source): Promise<SpecVersion> {
  const { raw } = source;
  if (!isPlain(raw)) return refuseAt(source, [], 'found no map; expected an OpenAPI description: openapi, info, paths');
  const key = raw.swagger === undefined ? 'openapi' : 'swagger';
  const written = raw[key];
  const found = VERSIONS.find(([form]) =>
    form.test(typeof written === 'number' ? written.toFixed(1) : String(written)),
  );
  if (found === undefined)
    return refuseAt(
      source,
      [key],
      `${written === undefined ? 'missing' : `found ${shownValue(written)}`}; expected the version of the description: openapi 3.0 or 3.1, or swagger 2.0`,
    );
  if (!isPlain(raw.paths) && !isPlain(raw.webhooks) && !isPlain(raw.components))
    return refuseAt(
      source,
      ['paths'],
      `${raw.paths === undefined ? 'missing' : `found ${shownValue(raw.paths)}`}; expected a map of the paths of the API`,
    );
  return found[1];
}

/** What every reader of the document takes for granted. */
export async function refuseWrongShape(
  document: Json,
  refuse: (path: Path, text: string) => Promise<never>,
): Promise<void> {
  const paths = isPlain(document.paths) ? document.paths : {};
  for (const [path, item] of Object.entries(paths)) {
    if (path.startsWith('x-')) continue;
    if (!path.startsWith('/'))
      await refuse(['paths', path], 'found a path without a slash; expected one such as /orders');
    const operations = behind(document, item);
    if (!isPlain(operations)) await refuse(['paths', path], `found ${shownValue(item)}; expected a map of operations`);
    for (const method of METHODS) {
      const operation = isPlain(operations) ? operations[method] : undefined;
      if (operation === undefined) continue;
      if (!isPlain(operation))
        await refuse(
          ['paths', path, method],
          `found ${shownValue(operation)}; expected an operation: a map with responses`,
        );
      const { responses } = operation as Record<string, unknown>;
      if (responses !== undefined && !isPlain(responses))
        await refuse(
          ['paths', path, method, 'responses'],
          `found ${shownValue(responses)}; expected a map of statuses such as "200"`,
        );
    }
  }
}
