// The bundler can only split CommonJS packages off behind a module of ours.
import addFormatsModule from 'ajv-formats';

export { Ajv } from 'ajv';
export { Ajv2020 } from 'ajv/dist/2020.js';
export const addFormats = addFormatsModule.default;
