import type { PageSchema } from '../schema.ts';
import { MOUNT_TYPES } from '../values.ts';

const mountId = {
  type: ['string', 'integer'],
  format: 'mount-id',
  minimum: -1,
  maximum: 65534,
  not: { const: 0 },
} as const;

const MOUNT_ID_READING = {
  ruling: '-1 or 1..65534, as a string (the table) or a number (the examples); never 0.',
  documented: '-1 or 1..65534, never 0',
  example: -1,
  aspects: { format: 'range' },
} as const;

/** Table 7: MountUser. */
export const mountUser = {
  type: 'object',
  page: { table: 'Table 7', says: 'The user as whom resources are mounted.' },
  properties: {
    user_id: {
      ...mountId,
      page: { says: 'The user id: an integer from -1 to 65534 that is not 0.', ...MOUNT_ID_READING },
    },
    user_group_id: {
      ...mountId,
      page: { says: 'The group id: an integer from -1 to 65534 that is not 0.', ...MOUNT_ID_READING },
    },
  },
} as const satisfies PageSchema;

/** Table 8: FuncMount. */
export const funcMount = {
  type: 'object',
  page: { table: 'Table 8' },
  required: ['mount_type', 'mount_resource', 'local_mount_path'],
  properties: {
    mount_type: {
      type: 'string',
      enum: MOUNT_TYPES,
      page: { says: 'sfs, sfsTurbo or ecs; mandatory when there are mounts.' },
    },
    mount_resource: {
      type: 'string',
      page: { says: 'The id of the mounted resource; mandatory when there are mounts.' },
    },
    mount_share_path: {
      type: 'string',
      page: { says: 'The remote path; mandatory when mount_type is ecs.' },
    },
    local_mount_path: {
      type: 'string',
      page: { says: 'The path in the function; mandatory when there are mounts.' },
    },
  },
} as const satisfies PageSchema;

/** Table 6: MountConfig. */
export const mountConfig = {
  type: 'object',
  page: { table: 'Table 6', says: 'What is mounted into the function.' },
  properties: {
    mount_user: mountUser,
    func_mounts: { type: 'array', items: funcMount, page: { says: 'The mounted resources.' } },
  },
} as const satisfies PageSchema;
