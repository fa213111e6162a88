/** Resources that functions name and that nothing of this API creates: an agency, a network, an image. */

import type { FromSchema } from 'json-schema-to-ts';
import type { Closed } from './closed.ts';
import { MOUNT_TYPES, OBJECT_DAYS } from './values.ts';

function named(description: string) {
  return { type: 'string', minLength: 1, description } as const;
}

const mount = {
  type: 'object',
  required: ['mount_type', 'mount_resource', 'local_mount_path'],
  additionalProperties: false,
  properties: {
    mount_type: { type: 'string', enum: MOUNT_TYPES },
    mount_resource: named('the id of the file system or server'),
    mount_share_path: named('the path there; mandatory for ecs'),
    local_mount_path: named('the path in the function'),
  },
} as const;

const destinations = {
  OBS: {
    type: 'object',
    required: ['bucket'],
    additionalProperties: false,
    properties: {
      bucket: named('the name of a bucket'),
      prefix: { type: 'string', description: 'what names of objects begin with' },
      expires: { type: 'integer', minimum: OBJECT_DAYS.min, maximum: OBJECT_DAYS.max },
    },
  },
  SMN: {
    type: 'object',
    required: ['topic_urn'],
    additionalProperties: false,
    properties: { topic_urn: named('the URN of a topic') },
  },
  FunctionGraph: {
    type: 'object',
    required: ['func_urn'],
    additionalProperties: false,
    properties: { func_urn: named('the URN of another function') },
  },
} as const;

const members = {
  agency: named('an agency that functions may use (xrole)'),
  execution_agency: named('an agency for execution (app_xrole)'),
  enterprise_project_id: named('an enterprise project; "0" is the default one'),
  vpc: {
    type: 'object',
    description: 'a VPC; it is named together with the agency',
    required: ['vpc_id', 'subnet_id'],
    additionalProperties: false,
    properties: {
      vpc_id: named('the id of the VPC'),
      subnet_id: named('the id of a subnet in it'),
      security_groups: { type: 'array', minItems: 1, items: named('the id of a security group') },
    },
  },
  mounts: {
    type: 'array',
    description: 'what can be mounted; it is named together with the agency and the VPC',
    minItems: 1,
    items: mount,
  },
  obs_package: named('the URL of a ZIP package in OBS, with code for Node.js'),
  image: named('the address of a container image in SWR'),
  dependencies: {
    type: 'array',
    description: 'ids of versions of dependencies',
    minItems: 1,
    items: named('the id of a version of a dependency'),
  },
  log: {
    type: 'object',
    description: 'a log group and a log stream of LTS',
    required: ['group_id', 'stream_id'],
    additionalProperties: false,
    properties: { group_id: named('the id of the group'), stream_id: named('the id of the stream') },
  },
  destinations: {
    type: 'object',
    description: 'what asynchronous invocations can notify',
    minProperties: 1,
    additionalProperties: false,
    properties: destinations,
  },
} as const;

/** JSON Schema (2020-12) of what exists in the account of a target. */
export const resourcesSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'resources of fgs-conformance',
  description: 'What exists in the account of a target, for functions to name. Each member is optional.',
  type: 'object',
  additionalProperties: false,
  properties: { $schema: { type: 'string' }, ...members },
} as const;

/** What exists in the account of a target. Each member is optional. */
export type Resources = Closed<FromSchema<typeof resourcesSchema>>;

export type ResourceName = keyof typeof members;

/** Every resource that can be given. */
export const RESOURCE_NAMES = Object.keys(members) as readonly ResourceName[];

/** What names a resource in a configuration, with all below it, and what only tells of it in a version. */
interface Naming {
  /** What it is, with its article. */
  readonly inWords: string;
  readonly configures: readonly string[];
  readonly reports?: readonly string[];
}

/** How each resource is named. */
export const NAMING: Readonly<Record<ResourceName, Naming>> = {
  agency: { inWords: 'an agency', configures: ['xrole'] },
  execution_agency: { inWords: 'an agency for execution', configures: ['app_xrole'] },
  enterprise_project_id: { inWords: 'an enterprise project', configures: ['enterprise_project_id'] },
  vpc: { inWords: 'a VPC', configures: ['func_vpc'] },
  mounts: { inWords: 'something to mount', configures: ['mount_config'] },
  obs_package: { inWords: 'a package in OBS', configures: ['code_url'] },
  image: { inWords: 'a container image', configures: ['custom_image'] },
  dependencies: {
    inWords: 'a dependency',
    configures: ['depend_version_list'],
    reports: ['dependencies'],
  },
  log: {
    inWords: 'a log stream',
    configures: ['log_config'],
    reports: ['log_group_id', 'log_stream_id'],
  },
  destinations: {
    inWords: 'something to notify',
    configures: ['function_async_config.destination_config'],
  },
};

/** Whether a member is this one or stands below it. */
export function isAtOrBelow(path: string, member: string): boolean {
  return path === member || path.startsWith(`${member}.`) || path.startsWith(`${member}[]`);
}

/** The resource that a member of a configuration names, if any. */
export function resourceNamedBy(path: string): ResourceName | undefined {
  return RESOURCE_NAMES.find(name => NAMING[name].configures.some(member => isAtOrBelow(path, member)));
}

/** The resources that are given. */
export function givenIn(resources: Resources): readonly ResourceName[] {
  return RESOURCE_NAMES.filter(name => resources[name] !== undefined);
}
