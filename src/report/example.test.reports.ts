/** Reports for tests, made of the real catalogue. */

import { clauses } from '../page/catalogue.ts';
import type { Clause } from '../page/clause.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import type { Report, ReportedClause, ReportedFinding } from '../verdict/report.ts';
import { reportedChoices } from '../verdict/reported-choices.ts';
import { summarize } from '../verdict/verdict.ts';

export const ENDPOINT = 'http://127.0.0.1:8080';

/** The exchange of a publication that was answered with this body and status. */
export function publication(body: string, status = 200): NonNullable<ReportedFinding['exchange']> {
  return {
    request: {
      method: 'POST',
      url: `${ENDPOINT}/v2/p/fgs/functions/urn:fss:region:p:function:default:f/versions`,
      headers: { 'content-type': 'application/json', 'x-auth-token': '$FGS_TOKEN' },
      body: '{"version":"v1","description":"first"}',
    },
    response: { status, headers: { 'content-type': 'application/json' }, body },
    durationMs: 12.4,
  };
}

/** A finding whose answer has this member changed. */
export function findingAt(member: string, value: unknown, message: string): ReportedFinding {
  return {
    message,
    pointer: `/${member}`,
    counterexample: { [member]: value },
    seed: 42,
    path: '3:1:0',
    exchange: publication(JSON.stringify({ ...exampleVersion, [member]: value })),
    reproduce: `curl -X POST -i '${ENDPOINT}/v2/p/fgs/functions/f/versions' -H "X-Auth-Token: $FGS_TOKEN"`,
  };
}

/** A clause of the catalogue as a report has it; it passed unless told otherwise. */
export function reportedAs(
  { id, subject, level, title, source }: Clause,
  change: Partial<ReportedClause> = {},
): ReportedClause {
  const passed = { verdict: 'pass', exercised: 57, violations: 0, known: false, findings: [] } as const;
  return { id, subject, level, title, source, ...passed, ...change };
}

/** Every clause of the catalogue passed but those that are given, by id. */
export function reportWith(changes: Readonly<Record<string, Partial<ReportedClause>>> = {}): Report {
  return reportOf(clauses.map(clause => reportedAs(clause, changes[clause.id])));
}

/** A report of these clauses. */
export function reportOf(reported: readonly ReportedClause[], run: Partial<Report['run']> = {}): Report {
  return {
    tool: { name: 'fgs-conformance', version: '1.0.0' },
    page: { title: 'Publishing a Function Version', id: 'functiongraph_06_0144' },
    target: { endpoint: ENDPOINT, arranged: 'api' },
    run: {
      profile: 'standard',
      seed: 42,
      startedAt: '2026-01-02T03:04:05.678Z',
      durationMs: 2100,
      exchanges: 312,
      ...run,
    },
    summary: summarize(reported, run.failOn ?? 'required'),
    clauses: reported,
  };
}

/** A clause that failed once. */
export function failed(...findings: readonly ReportedFinding[]): Partial<ReportedClause> {
  return { verdict: 'fail', violations: Math.max(1, findings.length), findings };
}

/** A clause that was not exercised. */
export function notExercised(reason: string): Partial<ReportedClause> {
  return { verdict: 'not-exercised', exercised: 0, reason };
}

/** A report with failures of every level, a known one, and clauses that were not exercised. */
export function failingReport(): Report {
  return reportWith({
    'body.memory_size.values': failed(
      findingAt(
        'memory_size',
        129,
        'memory_size is 129; documented: 128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096',
      ),
    ),
    'body.func_urn.present': failed({
      message: 'func_urn is absent; documented: always there',
      pointer: '/func_urn',
      exchange: publication(JSON.stringify({ ...exampleVersion, func_urn: undefined })),
    }),
    'request.function_urn.absent': failed({
      message: 'the status is 500; documented: 404',
      exchange: publication('{"error_code":"FSS.0500","error_msg":"internal error"}', 500),
    }),
    'header.content-type.error': failed({
      message: 'the content type is "text/html"; expected: application/json',
      exchange: {
        ...publication('', 404),
        response: { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' },
      },
    }),
    'robustness.answered': failed({
      message: 'the request was not answered: no answer within 10000 ms',
      exchange: {
        request: publication('').request,
        failure: { kind: 'timeout', message: 'no answer within 10000 ms' },
      },
    }),
    'state.snapshot.frozen': { ...failed({ message: 'timeout of v1 changed from 30 to 40' }), known: true },
    'body.undocumented': failed({ message: 'the body has tags, which is not documented', pointer: '/tags' }),
    'request.permission.forbidden': notExercised('no --forbidden-token was given'),
    'config.function_async_config.max_async_retry_attempts.accepted': notExercised(
      'no exchange of this run was evidence for it',
    ),
  });
}

/** A report in which nothing fails, with the answers to choices and how often each was seen. */
export function choosing(seen: Readonly<Record<string, Readonly<Record<string, number>>>>): Report {
  const evidence = Object.entries(seen).map(([id, answers]) => [
    id,
    Object.entries(answers).map(([answer, times]) => ({
      answer,
      seen: times,
      by: `it is ${answer}`,
      example: publication('{}'),
    })),
  ]);
  return { ...reportWith(), choices: reportedChoices(Object.fromEntries(evidence)) };
}
