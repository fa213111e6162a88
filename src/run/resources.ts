import { type Configuration, configuration } from '../page/configuration.ts';
import { type ResourceName, type Resources, resourcesSchema } from '../page/resources.ts';
import { setMembers } from '../page/set-members.ts';
import { misfitsOf } from '../page/standing.ts';
import { expectArgument } from '../words/arguments.ts';
import { placeOfMistake } from '../words/json-mistake.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads what exists in the account of a target.
 *
 * @param name how the file is named in an error: `--resources resources.json`
 * @throws UsageError of one sentence: where it is wrong, and what was expected
 */
export function parseResources(text: string, name: string): Resources {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${name} is no JSON: ${placeOfMistake(text)}.`);
  }
  const check = expectArgument({
    call: name,
    name: 'resources',
    example: 'an object such as {"agency": "functions"}',
    schema: resourcesSchema,
  });
  try {
    check(value);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  // It was checked against the schema that the type is made of.
  const resources = value as Resources;
  checkResources(resources, name);
  return resources;
}

/** The part of a configuration that names a resource of several members. */
function namingOf({
  mounts,
  vpc,
}: Resources): Partial<Readonly<Record<ResourceName, Partial<Configuration>>>> {
  return {
    ...(vpc === undefined ? {} : { vpc: { func_vpc: vpc } }),
    ...(mounts === undefined ? {} : { mounts: { mount_config: { func_mounts: mounts } } }),
  };
}

/**
 * What no function may name is told before anything is sent.
 *
 * @throws UsageError
 */
export function checkResources(resources: Resources, name = '--resources'): void {
  for (const [resource, members] of Object.entries(namingOf(resources))) {
    const [misfit] = misfitsOf(setMembers(members, configuration));
    if (misfit !== undefined)
      throw new UsageError(`${name}: "${resource}" names nothing: ${misfit.message ?? misfit.path}.`);
  }
}
