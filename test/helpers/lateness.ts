import type { Lateness } from '../../src/evidence/lateness.js';

export const IDLE: Lateness = { timersMs: 2, usualMs: 8, warmUpMs: 50 };
export const BUSY: Lateness = { timersMs: 40, usualMs: 120, warmUpMs: 155 };
