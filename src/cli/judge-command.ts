import { clauses } from '../page/catalogue.ts';
import { curlLine, printable } from '../report/index.ts';
import { tool } from '../run/tool.ts';
import {
  judgeRecordedBody,
  judgeRecording,
  openRecording,
  type RecordingCounts,
  readText,
  type Tally,
  tallied,
  tallyInWords,
  totalOf,
  trafficReport,
} from '../traffic/index.ts';
import { createEvidence } from '../verdict/evidence.ts';
import { EXIT } from './exit-codes.ts';
import { checkOut, putOut, type ReportOutput } from './report-output.ts';

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
  await checkOut(options);
  const startedAt = new Date();
  const evidence = createEvidence(clauses.map(({ id }) => id));
  const origins = new Set<string | undefined>();
  let byAnother: Tally = {};
  for (const file of files) {
    if (options.body === true) {
      judgeRecordedBody(await readText(file), evidence);
      continue;
    }
    const recording = await openRecording(file);
    try {
      origins.add(recording.origin);
      const counts = await judgeRecording(recording, { evidence, ...projectOf(options) });
      const told = countsInWords(counts, recording.firstMistake);
      process.stderr.write(`${nameOf(file)}: ${printable(told)}\n`);
      for (const [how, times] of Object.entries(counts.byAnother)) byAnother = tallied(byAnother, how, times);
    } finally {
      await recording.close();
    }
  }
  const [origin, ...others] = origins;
  const endpoint = origin === undefined || others.length > 0 ? files.map(nameOf).join(', ') : origin;
  const report = trafficReport({
    tool,
    endpoint,
    profile: 'recorded',
    evidence: evidence.take(),
    byAnother,
    failOn: options.failOn ?? 'required',
    startedAt,
    reproduce: ({ exchange: { request } }) =>
      options.body === true
        ? `fgs-conformance judge --body ${files.join(' ')}`
        : curlLine(request, origin ?? SOMEWHERE),
  });
  // Before anything is printed: nobody may be left to read it.
  process.exitCode = EXIT[report.summary.verdict];
  await putOut(report, options);
}

function projectOf({ projectId }: JudgeCommandOptions): { readonly projectId?: string } {
  return projectId === undefined ? {} : { projectId };
}

function nameOf(file: string): string {
  return file === '-' ? 'the standard input' : file;
}

function countsInWords(
  { judged, incomplete, byAnother, other, foreign, broken }: RecordingCounts,
  firstMistake = '',
): string {
  const left: readonly (readonly [number, string])[] = [
    [totalOf(incomplete), `that were not recorded completely (${tallyInWords(incomplete)})`],
    [totalOf(byAnother), `that the API did not answer (${tallyInWords(byAnother)})`],
    [other, 'of operations that are not judged'],
    [foreign, 'that are not of this API'],
    [broken, `that cannot be read (the first: ${firstMistake.replace(/\.$/, '')})`],
  ];
  return [
    `${judged} exchanges judged`,
    ...left.filter(([times]) => times > 0).map(([times, which]) => `${times} left alone ${which}`),
  ].join(', ');
}
