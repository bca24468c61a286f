// What the sandbox says of itself when it listens: where, which paths, and a config that fits.
import type { ConfigInput } from '../config/schema.js';
import { isPair, isScalar, parseDocument, toYaml, visit } from '../config/yaml.js';

export interface SandboxFacts {
  url: string;
  /** "its key is sk_test_…" */
  credential: string;
  defects: readonly string[];
  paths: readonly string[];
  config: ConfigInput;
  /** That the config refers to. */
  variables: Readonly<Record<string, string>>;
}

export function renderSandbox({ url, credential, defects, paths, config, variables }: SandboxFacts): string {
  const promises = defects.length === 0 ? 'It keeps every promise' : `Its defects: ${defects.join(', ')}`;
  const yaml = yamlOf(config);
  const exports = Object.entries(variables).filter(([name]) => yaml.includes(`\${${name}}`));
  return [
    `The sandbox listens on ${url}; ${credential}`,
    `${promises}. Stop it with Ctrl-C.`,
    '',
    'Paths:',
    ...paths.map((path) => `  ${path}`),
    '',
    'Keys, for the shell in which golive-check runs:',
    ...exports.map(([name, value]) => `export ${name}=${value}`),
    '',
    'A config that fits, for golive-check.yaml:',
    '',
    yaml,
  ].join('\n');
}

// Two entries of `path` for each level below the document: a map, and a pair in it.
const SECOND_LEVEL = 5;

/** A member of a section stands on one line, and so does one operation. */
function yamlOf(config: ConfigInput): string {
  const document = parseDocument(toYaml(config));
  visit(document, {
    Collection(_, node, path) {
      const parent = path.at(-1);
      const isOperations = isPair(parent) && isScalar(parent.key) && parent.key.value === 'operations';
      if (path.length > SECOND_LEVEL || (path.length === SECOND_LEVEL && !isOperations)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}
