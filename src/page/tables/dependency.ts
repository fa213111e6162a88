import type { PageSchema } from '../schema.ts';
import { RUNTIMES } from '../values.ts';

/** Table 10: Dependency. */
export const dependency = {
  type: 'object',
  page: { table: 'Table 10' },
  properties: {
    id: { type: 'string', page: { says: 'The id of the dependency version.' } },
    owner: { type: 'string', page: { says: 'The domain id of the owner.' } },
    link: { type: 'string', page: { says: 'The URL of the dependency on OBS.' } },
    runtime: {
      type: 'string',
      enum: RUNTIMES,
      page: {
        says: 'The environment in which the dependency executes, one of an enumeration.',
        ruling: 'The enumeration values count, not the prose list.',
      },
    },
    etag: {
      type: 'string',
      pattern: '^[0-9a-fA-F]{32}$',
      page: {
        says: 'The MD5 of the dependency.',
        ruling: '32 hexadecimal digits.',
        documented: '32 hexadecimal digits (MD5)',
        example: 'd41d8cd98f00b204e9800998ecf8427e',
        levels: { format: 'recommended' },
      },
    },
    size: { type: 'integer', page: { says: 'The size of the dependency.' } },
    name: { type: 'string', page: { says: 'The name of the dependency.' } },
    description: { type: 'string', page: { says: 'The description of the dependency.' } },
    file_name: {
      type: 'string',
      pattern: '\\.zip$',
      page: {
        says: 'The file name of the package, a ZIP file.',
        ruling: 'Ends in ".zip".',
        documented: 'a name that ends in ".zip"',
        example: 'library.zip',
        levels: { format: 'recommended' },
      },
    },
    version: { type: 'integer', page: { says: 'The version of the dependency.' } },
    dep_id: { type: 'string', page: { says: 'The id of the dependency.' } },
    last_modified: { type: 'integer', page: { says: 'When it was last updated.' } },
  },
} as const satisfies PageSchema;
