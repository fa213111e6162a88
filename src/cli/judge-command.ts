import { clauses } from '../page/catalogue.ts';
import { curlLine } from '../report/index.ts';
import { tool } from '../run/tool.ts';
import {
  judgeRecordedBody,
  judgeRecording,
  type RecordingCounts,
  readRecording,
  readRecordingText,
  trafficReport,
} from '../traffic/index.ts';
import { createEvidence } from '../verdict/evidence.ts';
import { EXIT } from './exit-codes.ts';
import { putOut, type ReportOutput } from './report-output.ts';

/** The options of `judge` as the command line gives them. */
export interface JudgeCommandOptions extends ReportOutput {
  readonly projectId?: string;
  /** The files hold bodies of 200 answers. */
  readonly body?: boolean;
}

/** Where requests went whose recordings have only a path. */
const SOMEWHERE = 'https://ENDPOINT';

/** Judges exchanges that were recorded elsewhere, prints what was found, and sets the exit code. */
export async function judgeCommand(files: readonly string[], options: JudgeCommandOptions): Promise<void> {
  const startedAt = new Date();
  const evidence = createEvidence(clauses.map(({ id }) => id));
  const origins = new Set<string>();
  for (const file of files) {
    const text = await readRecordingText(file);
    if (options.body === true) {
      judgeRecordedBody(text, evidence);
    } else {
      const recording = await readRecording(text, nameOf(file));
      for (const origin of recording.origins) origins.add(origin);
      tell(nameOf(file), judgeRecording(recording, { evidence, ...projectOf(options) }));
    }
  }
  const [origin, ...others] = origins;
  const endpoint = origin === undefined || others.length > 0 ? files.map(nameOf).join(', ') : origin;
  const report = trafficReport({
    tool,
    endpoint,
    profile: 'recorded',
    evidence: evidence.take(),
    failOn: options.failOn ?? 'required',
    startedAt,
    reproduce: ({ exchange: { request } }) =>
      options.body === true
        ? `fgs-conformance judge --body ${files.join(' ')}`
        : curlLine(request, origin ?? SOMEWHERE),
  });
  await putOut(report, options);
  process.exitCode = EXIT[report.summary.verdict];
}

function projectOf({ projectId }: JudgeCommandOptions): { readonly projectId?: string } {
  return projectId === undefined ? {} : { projectId };
}

function nameOf(file: string): string {
  return file === '-' ? 'the standard input' : file;
}

/** To stderr, since stdout may be read by a program. */
function tell(name: string, { judged, incomplete, foreign }: RecordingCounts): void {
  const counts = [
    `${judged} exchanges judged`,
    ...(incomplete === 0 ? [] : [`${incomplete} left alone that were not recorded completely`]),
    ...(foreign === 0 ? [] : [`${foreign} left alone that are not of this API`]),
  ];
  process.stderr.write(`${name}: ${counts.join(', ')}\n`);
}
