import type { Report } from './schema.js';

export type LearnedFacts = NonNullable<Report['run']['learned']>;
