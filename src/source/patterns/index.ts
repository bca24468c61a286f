import type { CodePattern } from './define.js';
import { HABITS } from './habits.js';
import { KEYS } from './keys.js';
import { SIGNATURES } from './signatures.js';
import { TLS_OFF } from './tls.js';

export const CODE_PATTERNS: readonly CodePattern[] = [...TLS_OFF, ...KEYS, ...SIGNATURES, ...HABITS];
