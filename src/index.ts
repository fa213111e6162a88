/** The public door of the package. */

export { clauseById, clauses, exclusions } from './page/catalogue.ts';
export type { Clause, Exclusion, Level, Source } from './page/clause.ts';
export type { Context } from './page/context.ts';
export type { Exchange, Failure, HttpRequest, HttpResponse } from './page/exchange.ts';
export { judge, judgeBody } from './judge/judge.ts';
export type { Finding, Judgement } from './judge/finding.ts';
