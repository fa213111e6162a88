import { cpuOf } from '../reported-function.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault, reporting } from './fault.ts';

/** One value of one member is reported as another. */
function reportedAs(name: string, about: string, path: string, value: unknown, instead: unknown): Fault {
  const said = instead === undefined ? 'left out' : `reported as ${JSON.stringify(instead)}`;
  return reporting(name, `${path} ${JSON.stringify(value)} is ${said}`, [about], version =>
    changedAt(version, path, reported => (reported === value ? instead : reported)),
  );
}

/** A published version that is wrong at one value. */
const reported: readonly Fault[] = [
  reporting(
    'memory-3584-reported-as-3072',
    'memory_size 3584 is reported as 3072',
    ['body.memory_size.echo'],
    version => (version.memory_size === 3584 ? { ...version, memory_size: 3072, cpu: cpuOf(3072) } : version),
  ),
  reportedAs('memory-4096-as-text', 'body.memory_size.type', 'memory_size', 4096, '4096'),
  reportedAs('timeout-259200-as-259201', 'body.timeout.range', 'timeout', 259200, 259201),
  reportedAs('timeout-3-as-2', 'body.timeout.range', 'timeout', 3, 2),
  reportedAs(
    'initializer-timeout-300-as-301',
    'body.initializer_timeout.range',
    'initializer_timeout',
    300,
    301,
  ),
  reportedAs('pre-stop-timeout-90-as-89', 'body.pre_stop_timeout.echo', 'pre_stop_timeout', 90, 89),
  reportedAs(
    'concurrency-minus-1-left-out',
    'body.strategy_config.concurrency.echo',
    'strategy_config.concurrency',
    -1,
    undefined,
  ),
  reportedAs(
    'concurrency-0-left-out',
    'body.strategy_config.concurrency.echo',
    'strategy_config.concurrency',
    0,
    undefined,
  ),
  reportedAs(
    'concurrent-num-1000-as-1001',
    'body.strategy_config.concurrent_num.range',
    'strategy_config.concurrent_num',
    1000,
    1001,
  ),
  reportedAs('false-left-out', 'body.enable_dynamic_memory.echo', 'enable_dynamic_memory', false, undefined),
  reportedAs(
    'no-retries-as-default',
    'body.function_async_config.max_async_retry_attempts.echo',
    'function_async_config.max_async_retry_attempts',
    0,
    3,
  ),
  reportedAs(
    'event-age-60-as-59',
    'body.function_async_config.max_async_event_age_in_seconds.range',
    'function_async_config.max_async_event_age_in_seconds',
    60,
    59,
  ),
  reportedAs('python2-in-prose', 'body.runtime.values', 'runtime', 'Python2.7', 'Python 2.7'),
  reportedAs('csharp-encoded', 'body.runtime.values', 'runtime', 'C#(.NET Core 3.1)', 'C%23(.NET Core 3.1)'),
  reporting(
    'long-timeouts-in-milliseconds',
    'timeouts over 900 seconds are reported in milliseconds',
    ['body.timeout.range'],
    version =>
      changedAt(version, 'timeout', timeout => (Number(timeout) > 900 ? Number(timeout) * 1000 : timeout)),
  ),
  reporting(
    'handler-of-128-in-upper-case',
    'a handler of 128 characters is in upper case',
    ['body.handler.echo'],
    version =>
      changedAt(version, 'handler', handler =>
        String(handler).length === 128 ? String(handler).toUpperCase() : handler,
      ),
  ),
  reporting('user-data-cut', 'user_data loses what is beyond 4000 bytes', ['body.user_data.echo'], version =>
    changedAt(version, 'user_data', text => {
      const bytes = Buffer.from(String(text));
      return bytes.length > 4000 ? 'x'.repeat(4000) : text;
    }),
  ),
];

/** A configuration that is accepted or refused wrongly at one value. */
const configured: readonly Fault[] = [
  fault('timeout-259200-refused', 'a timeout of 259200 is refused', ['config.timeout.accepted'], {
    problems: (problems, { timeout }) =>
      timeout === 259200
        ? [
            ...problems,
            { path: 'timeout', keyword: 'fault', code: 'FSS.1008', message: 'timeout is too long' },
          ]
        : problems,
  }),
  fault('http-runtime-refused', 'the runtime http is refused', ['config.runtime.accepted'], {
    problems: (problems, { runtime }) =>
      runtime === 'http'
        ? [
            ...problems,
            { path: 'runtime', keyword: 'fault', code: 'FSS.1005', message: 'runtime is unknown' },
          ]
        : problems,
  }),
  accepts('accepts-timeout-259201', 'timeout', 259201, 'body.timeout.range'),
  accepts('accepts-timeout-2', 'timeout', 2, 'body.timeout.range'),
  accepts('accepts-memory-129', 'memory_size', 129, 'body.memory_size.values'),
  fault(
    'user-data-counted-in-characters',
    'user_data of more than 4096 bytes is accepted while it has no more than 4096 characters',
    ['config.user_data.refused', 'body.user_data.size'],
    {
      problems: (problems, { user_data }) =>
        typeof user_data === 'string' && user_data.length <= 4096
          ? problems.filter(({ path, keyword }) => path !== 'user_data' || keyword !== 'maxUtf8Bytes')
          : problems,
    },
  ),
];

function accepts(name: string, member: string, value: number, inBody: string): Fault {
  return fault(name, `a ${member} of ${value} is accepted`, [`config.${member}.refused`, inBody], {
    problems: (problems, whole) =>
      whole[member] === value ? problems.filter(({ path }) => path !== member) : problems,
  });
}

/** Faults that show only at one documented value, or one step outside of what is documented. */
export const valueFaults: readonly Fault[] = [...reported, ...configured];
