import { clauses } from '../page/catalogue.ts';
import { profiles } from '../run/profiles.ts';
import { rehearse } from '../run/rehearsal.ts';
import type { RunOptions } from '../run/run-options.ts';
import { matchesAny } from '../verdict/globs.ts';
import type { Report } from '../verdict/report.ts';
import { withoutSecrets } from './options/secrets.ts';
import type { RunCommandOptions } from './run-command-options.ts';

/**
 * Says what a run would do, and sends nothing to the target: what it would exercise is tried on a mock server.
 *
 * @param options as they were given
 * @param rest the same, as a run takes them
 */
export async function printPlan(options: RunCommandOptions, rest: RunOptions): Promise<void> {
  const name = options.profile ?? 'standard';
  const { only = [] } = rest;
  const wanted = clauses.filter(({ id }) => only.length === 0 || matchesAny(only, id));
  const report = await rehearse({ ...rest, only });
  const lines = [
    `target      ${options.endpoint ?? 'the embedded mock server'}`,
    `profile     ${name}`,
    `clauses     ${wanted.length} of ${clauses.length}`,
    `requests    about ${report.run.exchanges}, at most ${report.run.options?.maxRequests}, clean-up included`,
    `creates     ${whatIsCreated(options)}`,
    ...notExercised(report),
    'options',
    ...Object.entries(withoutSecrets({ ...options })).map(
      ([key, value]) => `  ${configured(key).padEnd(16)}${JSON.stringify(value)}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function whatIsCreated({
  arrange = 'auto',
  functionUrn,
  statesUrl,
  profile,
  keep,
}: RunCommandOptions): string {
  const fate = keep === true ? 'all of which stay (--keep)' : 'deleted as the run goes';
  if (arrange === 'none' || (arrange === 'auto' && functionUrn !== undefined))
    return `versions of the function, one at a time, ${fate}`;
  if (arrange === 'states') return 'nothing; functions come from provider states';
  const most = profiles[profile ?? 'standard'].maxFunctions;
  const states = statesUrl === undefined || arrange === 'api' ? '' : '; others come from provider states';
  return `at most ${most} functions, few at a time, ${fate}${states}`;
}

/** What a conforming target would not be asked, by reason; a reason names the option that changes it. */
function notExercised({ clauses: reported }: Report): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason: whole } of reported) {
    // What the mock server of the rehearsal said is not what the target says.
    const reason = whole?.replace(/: the target refused .*/s, '');
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  if (byReason.size === 0) return [];
  return [
    'not exercised',
    ...[...byReason].flatMap(([reason, ids]) => [
      `  ${ids.length} ${ids.length === 1 ? 'clause' : 'clauses'}: ${reason}`,
      ...ids.map(id => `    ${id}`),
    ]),
  ];
}

/** The name of an option as the configuration file has it. */
function configured(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
