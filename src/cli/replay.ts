import { routeOf } from '../page/operations.ts';
import { UsageError } from '../run/options.ts';
import { type ProfileName, profiles } from '../run/profiles.ts';
import type { Report, ReportedFinding } from '../verdict/report.ts';
import { readReport } from './read-report.ts';
import type { RunCommandOptions } from './run-command-options.ts';

/** A run that repeats what a report found. */
export interface Replay {
  readonly report: Report;
  readonly options: RunCommandOptions;
}

/** Ids that are told of those that are repeated. */
const MOST_IDS = 5;

/**
 * The options of a run that repeats what a report found: its target, seed and profile, for the clauses that
 * failed. What is given otherwise wins. Says what will be repeated, and where.
 */
export async function replaying(given: RunCommandOptions, file: string): Promise<Replay> {
  const report = await readReport(file);
  const failing = report.clauses.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  if (failing.length === 0) throw new UsageError(`--replay ${file}: the report has no findings to repeat.`);
  const { profile, seed } = report.run;
  const there = given.endpoint === undefined ? addressOf(report) : {};
  const options = { seed, ...(isProfile(profile) ? { profile } : {}), ...there, ...given, only: failing };
  const more = failing.length > MOST_IDS ? ` and ${failing.length - MOST_IDS} more` : '';
  const where = options.endpoint ?? 'the embedded mock server';
  process.stderr.write(
    `replay of ${file}: ${failing.slice(0, MOST_IDS).join(', ')}${more}, with seed ${options.seed}, at ${where}\n`,
  );
  return { report, options };
}

function isProfile(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}

/** Where the report's requests went; nothing for the embedded mock server, which is gone. */
function addressOf({ target, run, clauses }: Report): Partial<RunCommandOptions> {
  const known = run.options;
  if (known !== undefined && known.endpoint === undefined) return {};
  const url = clauses.flatMap(({ findings }) => findings).find(({ exchange }) => exchange !== undefined)
    ?.exchange?.request.url;
  const projectId =
    text(known?.projectId) ?? (url === undefined ? undefined : routeOf({ method: 'POST', url })?.projectId);
  const region = text(known?.region);
  const functionUrn = text(known?.functionUrn);
  const statesUrl = text(known?.statesUrl);
  return {
    endpoint: target.endpoint,
    ...(projectId === undefined ? {} : { projectId }),
    ...(region === undefined ? {} : { region }),
    ...(functionUrn === undefined ? {} : { functionUrn }),
    ...(statesUrl === undefined ? {} : { statesUrl }),
    ...(target.arranged === 'states' ? { arrange: 'states' } : {}),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Says of each finding of the old report whether it was seen again. */
export function tellReplay(before: Report, after: Report, reporters: readonly string[] = []): void {
  const now = new Map(after.clauses.map(clause => [clause.id, clause]));
  const lines = before.clauses.flatMap(({ id, findings }) =>
    findings.map(({ message }) => `  ${outcomeOf(message, now.get(id))} ${id}: ${message}`),
  );
  // stdout is JSON alone when it is asked for.
  const stream = reporters.includes('json') ? process.stderr : process.stdout;
  stream.write(`replay:\n${lines.join('\n')}\n`);
}

function outcomeOf(message: string, now: Report['clauses'][number] | undefined): string {
  if (now === undefined || now.verdict === 'not-exercised') return 'not asked again    ';
  if (now.verdict === 'pass') return 'not seen again     ';
  const isSame = (finding: ReportedFinding) => withoutNames(finding.message) === withoutNames(message);
  return now.findings.some(isSame) ? 'seen again         ' : 'fails, but otherwise';
}

/** Each run has names of its own. */
function withoutNames(message: string): string {
  return message.replaceAll(/fgsc[-_][0-9a-z]{10}[-_][A-Za-z0-9_-]+|v\d{8}-\d{6}|\(flaky.*\)/g, '…').trim();
}
