/** The forms in which a report can be had, by name. */

import type { Exchange } from '../page/exchange.ts';
import type { Report } from '../verdict/report.ts';
import { ctrfReport } from './ctrf.ts';
import { githubSummary } from './github.ts';
import { harReport } from './har.ts';
import { htmlReport } from './html.ts';
import { reportJson } from './json.ts';
import { junitReport } from './junit.ts';
import { sarifReport } from './sarif.ts';
import { terminalReport } from './terminal.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** One form of a report. */
export interface Reporter {
  /** The name of its file beside the others; absent for what is printed instead. */
  readonly file?: string;
  /** The report as text that ends in a line feed; the same report makes the same text. */
  readonly render: (report: Report, options?: TerminalOptions, exchanges?: readonly Exchange[]) => string;
}

/** Every form, by the name that `--reporter` and `--format` take. */
export const reporters: Readonly<Record<string, Reporter>> = {
  terminal: { render: terminalReport },
  json: { file: 'report.json', render: reportJson },
  html: { file: 'report.html', render: htmlReport },
  junit: { file: 'junit.xml', render: junitReport },
  sarif: { file: 'report.sarif', render: sarifReport },
  har: { file: 'report.har', render: (report, _, exchanges) => harReport(report, exchanges) },
  ctrf: { file: 'ctrf-report.json', render: ctrfReport },
  github: { render: githubSummary },
};

/** The names of the forms. */
export const reporterNames: readonly string[] = Object.keys(reporters);
