import { type Condition, pathOf } from '../../page/conditions/condition.ts';
import { conditions } from '../../page/conditions/conditions.ts';
import { settableMember } from '../../page/standing.ts';
import { alwaysThere, TOGETHER } from './settable-schema.ts';

type Members = Readonly<Record<string, unknown>>;

/** An everyday value of each member that others need beside them. */
const EVERYDAY: Members = {
  initializer_handler: 'index.initializer',
  initializer_timeout: 30,
  pre_stop_handler: 'index.preStop',
  pre_stop_timeout: 30,
  'func_vpc.vpc_id': '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  'func_vpc.subnet_id': '1b2c3d4e-5f6a-4b7c-9d8e-0f1a2b3c4d5e',
  'mount_config.mount_user': { user_id: 1001, user_group_id: 1003 },
  'mount_config.func_mounts': [
    {
      mount_type: 'sfs',
      mount_resource: 'resource',
      mount_share_path: '/share',
      local_mount_path: '/mnt/data',
    },
  ],
  'strategy_config.concurrency': -1,
  'function_async_config.max_async_event_age_in_seconds': 3600,
  'function_async_config.max_async_retry_attempts': 3,
  'function_async_config.destination_config.on_success': {
    destination: 'SMN',
    param: '{"topic_urn":"urn:smn:region:project:topic"}',
  },
  'function_async_config.destination_config.on_failure': {
    destination: 'SMN',
    param: '{"topic_urn":"urn:smn:region:project:failures"}',
  },
};

/** Valid members without which a member would say nothing, or be refused for their want; by path, outermost first. */
export function siblingsOf(path: string): Members {
  const holders = path
    .split('.')
    .map((_, index, names) => names.slice(0, index).join('.'))
    .map(holder => holder.replace(/\[\]$/, ''));
  const needed = [
    ...holders.flatMap(holder => [
      ...(Object.hasOwn(EVERYDAY, holder) ? [holder] : []),
      ...[...(TOGETHER[holder] ?? []), ...alwaysThere(holder)].map(member => `${holder}.${member}`),
    ]),
    ...partnersOf(path),
  ];
  return Object.fromEntries(
    needed.filter(each => each !== path && Object.hasOwn(EVERYDAY, each)).map(each => [each, EVERYDAY[each]]),
  );
}

/** Members that stand beside this one: a timeout beside its handler, and what a condition demands where it is there. */
function partnersOf(path: string): readonly string[] {
  const handler = settableMember(path)?.page?.zeroIsUnsetWithout;
  const demanded = conditions.filter(condition => condition.cases.some(each => each.if[path] === 'there'));
  return [
    ...(handler === undefined ? [] : [handler]),
    ...demanded.map((condition: Condition) => pathOf(condition)),
  ];
}
