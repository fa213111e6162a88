import { namedFunction } from '../sent.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault, reporting } from './fault.ts';

/** A change of the configuration is looked at and accepted, and one member stays as it was. */
function losing(member: 'func_vpc' | 'log_config' | 'mount_config', breaks: Fault['breaks']): Fault {
  return fault(
    `changes-lose-${member}`,
    `a change of ${member} is accepted, and the function keeps what it had`,
    breaks,
    {
      operation: (call, next) => {
        const fn = call.operation === 'change configuration' ? namedFunction(call) : undefined;
        const before = fn?.configuration;
        const answer = next(call);
        if (fn === undefined || before === undefined || answer.status !== 200) return answer;
        const { [member]: _changed, ...rest } = fn.configuration;
        const kept = before[member];
        call.service.store.change(fn, kept === undefined ? rest : { ...rest, [member]: kept });
        return answer;
      },
    },
  );
}

/** Faults of changes that are accepted, and of what comes of the texts of a function. */
export const changeFaults: readonly Fault[] = [
  losing('mount_config', [
    'body.mount_config.mount_user.user_id.echo',
    'body.mount_config.mount_user.user_group_id.echo',
  ]),
  losing('func_vpc', [
    'body.func_vpc.vpc_id.echo',
    'body.func_vpc.subnet_id.echo',
    'body.func_vpc.security_groups.echo',
  ]),
  losing('log_config', ['body.log_group_id.echo', 'body.log_stream_id.echo']),
  reporting(
    'function-description-trimmed',
    'white space around the description of a function is taken away',
    ['body.description.echo'],
    version => changedAt(version, 'description', text => String(text).trim()),
  ),
];
