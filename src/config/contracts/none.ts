import { defineProvider } from './define.js';

/** No promises at all: only what holds for every API is judged. */
export default defineProvider({
  id: 'none',
  title: 'No promises at all',
  layer: {},
  facts: [],
  open: [],
  asks: [
    { at: 'endpoint.url', why: 'the base URL of the API', sample: 'https://sandbox.example.com/v1' },
    { at: 'endpoint.operations.read.path', why: 'a harmless GET that needs the key', sample: '/ping' },
    { at: 'contract.auth.headers', why: 'where the key goes', sample: [{ name: 'Authorization', prefix: 'Bearer ' }] },
  ],
  keyEnv: 'API_KEY',
  baseUrlEnv: 'API_BASE_URL',
});
