/** Verdicts in; text for terminals and JSON out; and the clause catalogue rendered. */

export type { CatalogueEntry } from './catalogue.ts';
export { catalogueEntries, catalogueJson, catalogueMarkdown, catalogueTable } from './catalogue.ts';
export type { ClauseExamples } from './clause-in-detail.ts';
export { clauseInDetail } from './clause-in-detail.ts';
export { curlLine } from './curl.ts';
export { parseReport, writeReport } from './json.ts';
export type { TerminalOptions } from './layout.ts';
export { printable } from './printable.ts';
export type { Progress, ProgressState, ProgressStream } from './progress.ts';
export { createProgress } from './progress.ts';
export { reportSchema } from './report-schema.ts';
export { terminalReport } from './terminal.ts';
