import type { FromSchema } from 'json-schema-to-ts';
import type { PageSchema } from '../schema.ts';

/** Tables 14 to 18: the body of every 400, 401, 403, 404 and 500, which are all alike. */
export const errorBody = {
  type: 'object',
  page: { table: 'Table 14' },
  required: ['error_code', 'error_msg'],
  properties: {
    error_code: {
      type: 'string',
      pattern: '^[A-Za-z]+\\.[0-9]+$',
      page: {
        says: 'The error code.',
        ruling: 'Non-empty; its form is letters, a period, digits: FSS.1051, FGS.0111, APIG.0301.',
        documented: 'letters, a period, digits, such as FSS.1051',
        levels: { format: 'recommended' },
      },
    },
    error_msg: {
      type: 'string',
      page: {
        says: 'The error message.',
        ruling:
          'Any non-empty text: the words of services differ from the table, so they are never compared.',
      },
    },
  },
} as const satisfies PageSchema;

/** The tables of the page that repeat Table 14 for another status. */
export const REPEATED_ERROR_TABLES = {
  'Table 15': 401,
  'Table 16': 403,
  'Table 17': 404,
  'Table 18': 500,
} as const;

/** The body of an error answer. Other members are allowed. */
export type ErrorBody = FromSchema<typeof errorBody>;
