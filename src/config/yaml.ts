// Imported when YAML is read or written: the bundler can only split CommonJS packages off behind a module of ours.
export { isMap, isNode, isPair, LineCounter, parseDocument, stringify as toYaml } from 'yaml';
