import type { PageSchema } from '../schema.ts';

/** Table 9: StrategyConfig. */
export const strategyConfig = {
  type: 'object',
  page: { table: 'Table 9', says: 'The policy configuration of the function.' },
  properties: {
    concurrency: {
      type: 'integer',
      minimum: -1,
      maximum: 1000,
      page: {
        says: 'The most instances of the function: 0 or -1 for v1, -1 to 1000 for v2; -1 is unlimited, 0 disabled.',
      },
    },
    concurrent_num: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      page: { says: 'Concurrent requests an instance, for v2 only: 1 to 1,000.' },
    },
  },
} as const satisfies PageSchema;
