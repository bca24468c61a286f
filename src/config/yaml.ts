// Imported when a YAML file is read: the bundler can only split CommonJS packages off behind a module of ours.
export { isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
