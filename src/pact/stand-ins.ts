import type { Configuration } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import { tokensOf, valueAtPointer } from '../page/paths.ts';
import type { Resources } from '../page/resources.ts';

/** Resources that exist, in place of those that a provider state names. */
export interface StandIns {
  /** The members of the state, with what exists. */
  readonly members: Partial<Configuration>;
  /** A version of such a function, with the names that the state has: what a pact expects is about them. */
  readonly asAsked: (version: unknown) => unknown;
}

/** Where a resource is named, and what exists in its place. */
type StandIn = readonly [pointer: string, existing: unknown];

/** What exists in place of the resources that these members name; `undefined` when none of them is given. */
export function standInsFor(asked: Partial<Configuration>, resources: Resources): StandIns | undefined {
  const named = [
    ...directly(asked, resources),
    ...ofMounts(asked, resources),
    ...ofDestinations(asked, resources),
  ]
    .map(([pointer, existing]) => ({ pointer, existing, name: valueAtPointer(asked, pointer) }))
    .filter(({ existing, name }) => existing !== undefined && name !== undefined);
  if (named.length === 0) return undefined;
  const members = named.reduce<unknown>(
    (all, { pointer, existing }) => replaced(all, tokensOf(pointer), existing),
    asked,
  );
  return {
    // Only names were replaced by other names.
    members: members as Partial<Configuration>,
    asAsked: version =>
      named
        .filter(({ pointer, existing }) => valueAtPointer(version, pointer) === existing)
        .reduce((all, { pointer, name }) => replaced(all, tokensOf(pointer), name), version),
  };
}

function directly(
  { func_vpc, code_type, depend_version_list = [] }: Partial<Configuration>,
  { vpc, dependencies = [], log, ...rest }: Resources,
): readonly StandIn[] {
  const inTurn = (pointer: string, names: readonly string[] = [], existing: readonly string[] = []) =>
    names.map((_, index): StandIn => [`${pointer}/${index}`, existing[index % existing.length]]);
  return [
    ['/xrole', rest.agency],
    ['/app_xrole', rest.execution_agency],
    ['/enterprise_project_id', rest.enterprise_project_id],
    ['/func_vpc/vpc_id', vpc?.vpc_id],
    ['/func_vpc/subnet_id', vpc?.subnet_id],
    ...inTurn('/func_vpc/security_groups', func_vpc?.security_groups, vpc?.security_groups),
    ['/code_url', code_type === 'obs' ? rest.obs_package : undefined],
    ['/custom_image/image', rest.image],
    ...inTurn('/depend_version_list', depend_version_list, dependencies),
    ['/log_config/group_id', log?.group_id],
    ['/log_config/stream_id', log?.stream_id],
  ];
}

/** A mount of the same type. */
function ofMounts({ mount_config }: Partial<Configuration>, { mounts = [] }: Resources): readonly StandIn[] {
  return (mount_config?.func_mounts ?? []).flatMap(({ mount_type }, index): readonly StandIn[] => {
    const existing = mounts.find(mount => mount.mount_type === mount_type);
    const pointer = `/mount_config/func_mounts/${index}`;
    return [
      [`${pointer}/mount_resource`, existing?.mount_resource],
      [`${pointer}/mount_share_path`, existing?.mount_share_path],
    ];
  });
}

function ofDestinations(
  { function_async_config: settings }: Partial<Configuration>,
  { destinations = {} }: Resources,
): readonly StandIn[] {
  return (['on_success', 'on_failure'] as const).map((outcome): StandIn => {
    const destination = settings?.destination_config?.[outcome]?.destination;
    const existing = destination === undefined ? undefined : destinations[destination];
    return [
      `/function_async_config/destination_config/${outcome}/param`,
      existing === undefined ? undefined : JSON.stringify(existing),
    ];
  });
}

/** A copy with another value at a place that is there. */
function replaced(value: unknown, [token, ...rest]: readonly string[], by: unknown): unknown {
  if (token === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === token ? replaced(item, rest, by) : item));
  return isObject(value) ? { ...value, [token]: replaced(value[token], rest, by) } : value;
}
