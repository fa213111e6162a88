import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from '../run/options.ts';
import { checkName } from './naming.ts';

/** A version of a pacticipant, and the branch that it is on. */
export interface SourceVersion {
  readonly version: string;
  readonly branch?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where CI services say the branch, since what they check out is on none. */
const CI_BRANCHES = ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME', 'CI_COMMIT_REF_NAME'] as const;

/**
 * Completes a version and a branch by what git says of a folder, the current one by default.
 *
 * @param option the option that gives the version, for the message when git says none
 * @throws UsageError when there is no version
 */
export async function sourceVersion(
  { version, branch }: Partial<SourceVersion>,
  option: string,
  env: Environment = process.env,
  folder = '.',
): Promise<SourceVersion> {
  if (version !== undefined) checkName(version, option);
  if (branch !== undefined) checkName(branch, 'The branch');
  const known = version ?? (await git(folder, 'rev-parse', 'HEAD'));
  if (known === undefined)
    throw new UsageError(`There is no git commit here to name the version by: give ${option}.`);
  const on = branch ?? (await git(folder, 'branch', '--show-current')) ?? branchOf(env);
  return on === undefined ? { version: known } : { version: known, branch: on };
}

function branchOf(env: Environment): string | undefined {
  return CI_BRANCHES.map(name => env[name]).find(value => value !== undefined && value !== '');
}

/** What git answers; `undefined` when it has nothing to say. */
async function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd: folder });
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    return undefined;
  }
}
