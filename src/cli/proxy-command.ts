import {
  type CapturedExchange,
  type JudgingOutcome,
  type JudgingThread,
  startJudgingThread,
  startProxy,
  type TrafficProxy,
} from '../proxy/index.ts';
import { curlLine } from '../report/index.ts';
import { tool } from '../run/tool.ts';
import { UsageError } from '../run/usage-error.ts';
import { tallyInWords, totalOf, trafficReport } from '../traffic/index.ts';
import { EXIT } from './exit-codes.ts';
import { createLiveView, type LiveView } from './live-view.ts';
import { readCertificates } from './read-certificates.ts';
import { checkOut, putOut, type ReportOutput } from './report-output.ts';

/** The options of `proxy` as the command line gives them. */
export interface ProxyCommandOptions extends ReportOutput {
  readonly endpoint?: string;
  readonly port: number;
  readonly host: string;
  readonly projectId?: string;
  /** A file. */
  readonly cacert?: string;
}

/** Forwards a client's traffic and judges it until SIGINT or SIGTERM, then prints what was found. */
export async function proxyCommand(options: ProxyCommandOptions): Promise<void> {
  const { endpoint, port, host, projectId, cacert, reporter = ['terminal'], failOn = 'required' } = options;
  if (endpoint === undefined)
    throw new UsageError('proxy needs --endpoint: where everything is forwarded to.');
  const trusted = cacert === undefined ? {} : { cacert: await readCertificates(cacert) };
  await checkOut(options);
  const startedAt = new Date();
  // What a program reads on stdout is the report alone.
  const view = createLiveView(reporter.includes('json') ? process.stderr : process.stdout);
  let judging: JudgingThread | undefined;
  const onExchange = (captured: CapturedExchange): void => judging?.judge(captured);
  // Whatever is wrong with the options shows here, before anything else runs and could go on.
  const proxy = await startProxy({ endpoint, port, host, ...trusted, onExchange });
  judging = startJudgingThread(projectId === undefined ? {} : { projectId }, view.judged);
  const interrupted = interruption();
  view.say(`listening on ${proxy.url}, forwarding to ${endpoint}; Ctrl-C ends and reports`);
  await interrupted;
  await proxy.close();
  const outcome = await judging.end();
  view.end();
  tellCounts(view, outcome, proxy);
  const report = trafficReport({
    tool,
    endpoint,
    profile: 'proxied',
    evidence: outcome.evidence,
    byAnother: outcome.byAnother,
    failOn,
    startedAt,
    reproduce: ({ exchange }) => curlLine(exchange.request, endpoint),
  });
  // Before anything is printed: nobody may be left to read it.
  process.exitCode = EXIT[report.summary.verdict];
  await putOut(report, options);
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP'] as const;

/** The first signal ends the proxy, a second one the process. */
async function interruption(): Promise<void> {
  await new Promise<void>(resolve => {
    let isInterrupted = false;
    const onSignal = (): void => {
      if (isInterrupted) process.exit(EXIT.interrupted);
      isInterrupted = true;
      resolve();
    };
    for (const name of SIGNALS) process.on(name, onSignal);
  });
}

function tellCounts(
  view: LiveView,
  { incomplete, byAnother, other, skipped }: JudgingOutcome,
  { foreign, unjudged }: TrafficProxy,
): void {
  const counts: readonly (readonly [number, string])[] = [
    [foreign, 'exchanges of other services were only forwarded'],
    [unjudged + other, 'exchanges of operations that are not judged were only forwarded'],
    [incomplete, 'could not be judged: they were broken off, or too large'],
    [totalOf(byAnother), `were not judged: the API did not answer them (${tallyInWords(byAnother)})`],
    [skipped, 'were not judged: they came faster than they could be'],
  ];
  const told = counts.filter(([times]) => times > 0).map(([times, what]) => `${times} ${what}`);
  if (told.length > 0) view.say(told.join('; '));
}
