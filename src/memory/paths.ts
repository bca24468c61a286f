export { default as envPaths } from 'env-paths';
