import type { RunOptions } from '../run/options.ts';
import type { ReportOutput } from './report-output.ts';

/** The options of `run` as the command line gives them. */
export interface RunCommandOptions
  extends Omit<
      RunOptions,
      'timeoutMs' | 'cacert' | 'baseline' | 'resources' | 'expectChoices' | 'signal' | 'watcher'
    >,
    ReportOutput {
  readonly timeout?: number;
  /** A file. */
  readonly cacert?: string;
  /** A file. */
  readonly baseline?: string;
  /** A file. */
  readonly resources?: string;
  readonly updateBaseline?: boolean;
  /** A file: a report. */
  readonly expectChoices?: string;
  /** A file: a report. */
  readonly replay?: string;
  readonly dryRun?: boolean;
}
