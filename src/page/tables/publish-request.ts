import type { FromSchema } from 'json-schema-to-ts';
import type { Closed } from '../closed.ts';
import type { PageSchema } from '../schema.ts';

/** Table 3: the body of a publish request. No member is mandatory. */
export const publishRequest = {
  type: 'object',
  page: { table: 'Table 3' },
  properties: {
    digest: { type: 'string', page: { says: 'The "MD5 key" of the code.' } },
    version: { type: 'string', page: { says: 'The version to publish as.' } },
    description: { type: 'string', page: { says: 'The description of the version.' } },
  },
} as const satisfies PageSchema;

/** The body of a publish request: any subset of three strings. */
export type PublishRequest = Closed<FromSchema<typeof publishRequest>>;
