import type { Level } from '../page/clause.ts';

/** Levels, the most binding first. */
export const LEVELS: readonly Level[] = ['required', 'recommended', 'informative'];

/** The colour of a level, and of a failure at it. */
export const COLOUR_OF_LEVEL = { required: 'red', recommended: 'yellow', informative: 'blue' } as const;
