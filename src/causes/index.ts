// All causes. A finding belongs to the first of them that is found and takes it.
import client from './client.js';
import type { Cause } from './define.js';
import endpoint from './endpoint.js';
import others from './others.js';

export const CAUSES: readonly Cause[] = [...endpoint, ...client, ...others];
