// Imported when YAML is read or written: the bundler can only split CommonJS packages off behind a module of ours.
export {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  stringify as toYaml,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
