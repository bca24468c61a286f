import { defineProvider } from './define.js';

/** No promises at all: only what holds for every API is judged. */
export default defineProvider({
  id: 'none',
  title: 'No promises at all',
  layer: {},
  facts: [],
  open: [],
  asks: [],
  keyEnv: 'API_KEY',
  baseUrlEnv: 'API_BASE_URL',
});
