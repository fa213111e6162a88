/** Verdicts in; text for people and for machines out; and the clause catalogue rendered. */

export { checkWritable, writeFileAtomically } from './atomic-file.ts';
export type { CatalogueEntry } from './catalogue.ts';
export { catalogueEntries, catalogueJson, catalogueMarkdown, catalogueTable } from './catalogue.ts';
export type { ClauseExample, ClauseExamples } from './clause-in-detail.ts';
export { choiceInDetail, clauseInDetail } from './clause-in-detail.ts';
export { ctrfReport } from './ctrf.ts';
export { curlLine } from './curl.ts';
export { diffJson, terminalDiff } from './diff.ts';
export { githubAnnotations, githubSummary, tellGithub } from './github.ts';
export type { HarOptions } from './har.ts';
export { harOf, harReport } from './har.ts';
export { htmlReport } from './html.ts';
export { htmlDiff } from './html-diff.ts';
export { parseReport, reportJson, writeReport } from './json.ts';
export { junitReport } from './junit.ts';
export type { TerminalOptions } from './layout.ts';
export { printable } from './printable.ts';
export type { Progress, ProgressState, ProgressStream } from './progress.ts';
export { createProgress } from './progress.ts';
export { reportSchema } from './report-schema.ts';
export type { Reporter } from './reporters.ts';
export { reporterNames, reporters } from './reporters.ts';
export { sarifReport } from './sarif.ts';
export { DOUBT, scriptOf } from './script.ts';
export { terminalReport } from './terminal.ts';
