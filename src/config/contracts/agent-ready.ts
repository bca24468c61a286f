import { DEFAULT_CONTRACT, type Provider } from './define.js';

/** No contract: a list of ours, to stand beside one. It promises nothing, and leaves the name to the contract. */
export default {
  id: 'agent-ready',
  title: 'A list, no contract: safe for a caller that nobody watches',
  beside: DEFAULT_CONTRACT,
  layer: {},
  facts: [],
  open: [],
  asks: [],
  keyEnv: null,
  baseUrlEnv: null,
} satisfies Provider;
