import type { Configuration } from '../page/configuration.ts';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import type { ResourceName, Resources } from '../page/resources.ts';
import { inWords } from '../page/words.ts';
import type { Hooks } from './call.ts';
import type { Problem } from './configuration-problems.ts';

/** A name in a configuration, and the names that exist. */
interface Naming {
  readonly path: string;
  readonly named: unknown;
  readonly known: readonly unknown[];
}

/** Codes of what does not exist; for what has none, the words say it. */
const CODES: Readonly<Partial<Record<ResourceName, string>>> = {
  agency: 'FSS.1021',
  execution_agency: 'FSS.1021',
  vpc: 'FSS.1034',
  obs_package: 'FSS.1050',
  image: 'FSS.1054',
  dependencies: 'FSS.1056',
};

const NO_SUCH_RESOURCE = 'FSS.0400';

/** A server on which these resources exist and no others: functions that name others are refused. */
export function knowing(resources: Resources): Hooks {
  return {
    problems: (problems, whole) => {
      // What names nothing of the documented type is a problem already.
      if (problems.length > 0) return problems;
      const configuration: Partial<Configuration> = whole;
      return [...unknownIn(configuration, resources), ...wantIn(configuration)];
    },
  };
}

function unknownIn(configuration: Partial<Configuration>, resources: Resources): readonly Problem[] {
  return Object.entries(namingsIn(configuration, resources)).flatMap(([name, namings]) =>
    namings
      .filter(({ named, known }) => named !== undefined && !known.includes(named))
      .map(({ path, named }) => ({
        path,
        keyword: 'exists',
        code: CODES[name as ResourceName] ?? NO_SUCH_RESOURCE,
        message: `${path} ${inWords(named)} does not exist`,
      })),
  );
}

function namingsIn(
  configuration: Partial<Configuration>,
  { vpc, mounts = [], log, destinations = {}, ...rest }: Resources,
): Readonly<Record<ResourceName, readonly Naming[]>> {
  const { func_vpc, mount_config, log_config, code_type, code_url, custom_image } = configuration;
  const name = (path: string, named: unknown, ...known: readonly unknown[]): Naming => ({
    path,
    named,
    known,
  });
  const each = (path: string, named: readonly unknown[] = [], known: readonly unknown[] = []) =>
    named.map(one => name(path, one, ...known));
  return {
    agency: [name('xrole', configuration.xrole, rest.agency)],
    execution_agency: [name('app_xrole', configuration.app_xrole, rest.execution_agency)],
    enterprise_project_id: [
      name('enterprise_project_id', configuration.enterprise_project_id, rest.enterprise_project_id),
    ],
    vpc: [
      name('func_vpc.vpc_id', func_vpc?.vpc_id, vpc?.vpc_id),
      name('func_vpc.subnet_id', func_vpc?.subnet_id, vpc?.subnet_id),
      ...each('func_vpc.security_groups', func_vpc?.security_groups, vpc?.security_groups),
    ],
    mounts: each(
      'mount_config.func_mounts[].mount_resource',
      mount_config?.func_mounts?.map(mount => mount.mount_resource),
      mounts.map(mount => mount.mount_resource),
    ),
    obs_package: [name('code_url', code_type === 'obs' ? code_url : undefined, rest.obs_package)],
    image: [name('custom_image.image', custom_image?.image, rest.image)],
    dependencies: each('depend_version_list', configuration.depend_version_list, rest.dependencies),
    log: [
      name('log_config.group_id', log_config?.group_id, log?.group_id),
      name('log_config.stream_id', log_config?.stream_id, log?.stream_id),
    ],
    destinations: destinationsIn(configuration, destinations),
  };
}

/** What a destination's `param` names its target by. */
const TARGET_MEMBERS = ['bucket', 'topic_urn', 'func_urn'];

function targetOf(param: unknown): unknown {
  const members = typeof param === 'string' ? jsonObjectIn(param) : param;
  const name = TARGET_MEMBERS.find(member => isObject(members) && members[member] !== undefined);
  return name !== undefined && isObject(members) ? members[name] : undefined;
}

function destinationsIn(
  { function_async_config: settings }: Partial<Configuration>,
  known: NonNullable<Resources['destinations']>,
): readonly Naming[] {
  const existing = Object.values(known).map(targetOf);
  const { on_success, on_failure } = settings?.destination_config ?? {};
  return Object.entries({ on_success, on_failure }).map(([outcome, notified]) => ({
    path: `function_async_config.destination_config.${outcome}.param`,
    named: targetOf(notified?.param),
    known: existing,
  }));
}

/** Networks, mounts and images are used with an agency, and a custom image is named. */
function wantIn({ xrole, func_vpc, mount_config, code_type, custom_image }: Partial<Configuration>) {
  const want = (path: string, message: string): Problem => ({
    path,
    keyword: 'wants',
    code: NO_SUCH_RESOURCE,
    message,
  });
  const wantsAgency = [
    ...(func_vpc === undefined ? [] : ['func_vpc']),
    ...(mount_config?.func_mounts === undefined ? [] : ['mount_config']),
  ];
  return [
    ...(xrole === undefined ? wantsAgency.map(path => want(path, `${path} needs an agency (xrole)`)) : []),
    ...(code_type === 'Custom-Image-Swr' && custom_image?.image === undefined
      ? [want('code_type', 'A function with a custom image needs custom_image')]
      : []),
  ];
}
