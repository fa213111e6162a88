import { clauses } from '../page/catalogue.ts';
import { profiles } from '../run/profiles.ts';
import { matchesAny } from '../verdict/globs.ts';
import type { RunCommandOptions } from './run-command.ts';
import { withoutSecrets } from './secret-variables.ts';

/** Says what a run would do, and sends nothing. */
export function printPlan(options: RunCommandOptions): void {
  const name = options.profile ?? 'standard';
  const profile = profiles[name];
  const { only = [], arrange = options.functionUrn === undefined ? 'api' : 'none' } = options;
  const wanted = clauses.filter(({ id }) => only.length === 0 || matchesAny(only, id));
  const created =
    arrange === 'api'
      ? `at most ${profile.maxFunctions} functions, deleted as the run goes; few at a time`
      : arrange === 'none'
        ? 'at most 10 versions of the function, each deleted at once'
        : 'nothing; functions come from provider states';
  const lines = [
    `target      ${options.endpoint ?? 'the embedded mock server'}`,
    `profile     ${name}`,
    `clauses     ${wanted.length} of ${clauses.length}`,
    `requests    at most ${options.maxRequests ?? profile.maxRequests}, clean-up included`,
    `creates     ${created}`,
    'options',
    ...Object.entries(withoutSecrets({ ...options })).map(
      ([key, value]) => `  ${key.padEnd(16)}${JSON.stringify(value)}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
