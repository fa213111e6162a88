import { RESOURCE_NAMES, type ResourceName } from '../page/resources.ts';

/**
 * What a configuration needs beside the function itself: a resource that exists, by its name in a resources file,
 * or `provider-states`, since the API has no way to arrange it. A live service refuses it when that is not there; a
 * driver drops the configurations whose needs its target does not meet, or puts the names of real resources in.
 */
export const NEEDS = [...RESOURCE_NAMES, 'provider-states'] as const;

export type Need = ResourceName | 'provider-states';
