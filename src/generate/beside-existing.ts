import { isAtOrBelow, type Resources } from '../page/resources.ts';
import { DESTINATIONS } from '../page/values.ts';
import { takes } from './_internals/arguments.ts';
import type { OutsideValue } from './outside-value.ts';

/** Members that a service takes with an agency alone. */
const WITH_AGENCY = ['func_vpc', 'mount_config'];

/**
 * The same value outside what is documented, beside resources that exist in place of made-up ones: a service that
 * looks for them first gets as far as the value.
 */
export function besideExisting(outside: OutsideValue, resources: Resources): OutsideValue {
  takes.besideExisting(outside);
  const { agency, vpc, mounts } = resources;
  const paths = [outside.path, ...Object.keys(outside.beside)];
  const touches = (member: string) => paths.some(path => isAtOrBelow(path, member));
  const existing: Readonly<Record<string, unknown>> = {
    'func_vpc.vpc_id': vpc?.vpc_id,
    'func_vpc.subnet_id': vpc?.subnet_id,
    'mount_config.func_mounts': mounts,
    'function_async_config.destination_config.on_success': notified(resources),
    'function_async_config.destination_config.on_failure': notified(resources),
  };
  const beside = Object.entries(outside.beside).map(([path, value]) => [path, existing[path] ?? value]);
  return {
    ...outside,
    beside: {
      ...(agency !== undefined && WITH_AGENCY.some(touches) ? { xrole: agency } : {}),
      ...(vpc !== undefined && touches('mount_config') ? { func_vpc: vpc } : {}),
      ...Object.fromEntries(beside),
    },
  };
}

/** The first destination that is given, as a function notifies it. */
function notified({ destinations = {} }: Resources): unknown {
  const destination = DESTINATIONS.find(each => destinations[each] !== undefined);
  return destination === undefined
    ? undefined
    : { destination, param: JSON.stringify(destinations[destination]) };
}
