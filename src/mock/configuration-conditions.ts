import type { Configuration } from '../page/configuration.ts';

/** Names that can be a field of a URN. */
const URN_FIELD = /^[^\s:/]{1,64}$/;

/** What must hold of a member beside others. */
export interface Condition {
  readonly path: string;
  readonly isBroken: (all: Partial<Configuration>) => boolean;
  readonly message: string;
}

/** What the pages say of members beside others. */
export const CONDITIONS: readonly Condition[] = [
  {
    path: 'package',
    isBroken: all => all.package !== undefined && !URN_FIELD.test(all.package),
    message: 'package is not a name that can stand in a URN',
  },
  {
    path: 'code_type',
    isBroken: all => all.code_type === undefined && all.runtime !== 'Custom Image',
    message: 'code_type is missing; it is mandatory unless the runtime is Custom Image',
  },
  {
    path: 'code_url',
    isBroken: all => all.code_type === 'obs' && all.code_url === undefined,
    message: 'code_url is missing; it is mandatory when code_type is obs',
  },
  {
    path: 'code_url',
    isBroken: all => all.code_type !== 'obs' && all.code_url !== undefined,
    message: 'code_url is there; documented: blank when code_type is not obs',
  },
  {
    path: 'code_filename',
    isBroken: all => (all.code_type === 'zip' || all.code_type === 'jar') && all.code_filename === undefined,
    message: 'code_filename is missing; it is mandatory when code_type is zip or jar',
  },
  {
    path: 'initializer_timeout',
    isBroken: all => all.initializer_handler !== undefined && all.initializer_timeout === undefined,
    message: 'initializer_timeout is missing; it is mandatory with an initializer_handler',
  },
  {
    path: 'strategy_config.concurrency',
    isBroken: all => all.type === 'v1' && ![0, -1, undefined].includes(all.strategy_config?.concurrency),
    message: 'concurrency of a v1 function; documented: 0 or -1',
  },
  {
    path: 'strategy_config.concurrent_num',
    isBroken: all => all.type === 'v1' && ![1, undefined].includes(all.strategy_config?.concurrent_num),
    message: 'concurrent_num on a v1 function; documented: supported by v2 only',
  },
  {
    path: 'mount_config.func_mounts[].mount_share_path',
    isBroken: all =>
      all.mount_config?.func_mounts?.some(
        mount => mount.mount_type === 'ecs' && mount.mount_share_path === undefined,
      ) === true,
    message: 'mount_share_path is missing; it is mandatory when mount_type is ecs',
  },
  ...(['vpc_id', 'subnet_id'] as const).map(
    (member): Condition => ({
      path: `func_vpc.${member}`,
      isBroken: all => all.func_vpc !== undefined && all.func_vpc[member] === undefined,
      message: `${member} is missing; it is mandatory in func_vpc`,
    }),
  ),
];
