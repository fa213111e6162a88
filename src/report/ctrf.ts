/** CTRF JSON, the Common Test Report Format. */

import type { CTRFReport, Test } from 'ctrf';
import type { Report, ReportedClause } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';
import { failsRun } from '../verdict/verdict.ts';
import { LONGEST_MESSAGE, LONGEST_SCRIPT } from './bounds.ts';
import { cut } from './printable.ts';
import { bySubjectGroup } from './subject-groups.ts';
import { seedOf } from './tallies.ts';

const checkReport = expectReport('ctrfReport');

/**
 * The report as CTRF: a test for each clause, in a suite for its group of subjects. A clause that fails
 * without failing the run has the status `other`.
 */
export function ctrfReport(report: Report): string {
  checkReport(report);
  const { tool, target, run, summary } = report;
  const tests = bySubjectGroup(report.clauses).flatMap(([group, clauses]) =>
    clauses.map(clause => testOf(clause, group, report)),
  );
  const count = (status: Test['status']) => tests.filter(test => test.status === status).length;
  const started = new Date(run.startedAt).getTime();
  const start = Number.isNaN(started) ? 0 : started;
  const seed = seedOf(run);
  const ctrf: CTRFReport = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: tool.name, version: tool.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        start,
        stop: start + Math.round(run.durationMs),
      },
      tests,
      environment: { testEnvironment: target.endpoint },
      extra: {
        verdict: summary.verdict,
        reason: summary.reason,
        profile: run.profile,
        ...(seed === undefined ? {} : { seed }),
      },
    },
  };
  return `${JSON.stringify(ctrf, null, 2)}\n`;
}

function statusOf(clause: ReportedClause, { run }: Report): Test['status'] {
  if (clause.verdict === 'pass') return 'passed';
  if (clause.verdict === 'not-exercised') return 'skipped';
  return failsRun(clause, run.failOn ?? 'required') ? 'failed' : 'other';
}

function testOf(clause: ReportedClause, group: string, report: Report): Test {
  const { id, level, title, verdict, reason, known, findings } = clause;
  const messages = findings.map(({ message }) => cut(message, LONGEST_MESSAGE)).join('\n');
  const scripts = findings.flatMap(({ reproduce }) =>
    reproduce === undefined ? [] : [cut(reproduce, LONGEST_SCRIPT)],
  );
  const message = verdict === 'fail' ? messages || title : reason;
  return {
    name: id,
    status: statusOf(clause, report),
    duration: 0,
    suite: [group],
    rawStatus: known && verdict === 'fail' ? 'known failure' : verdict,
    tags: [level],
    ...(message === undefined ? {} : { message: cut(message, 3 * LONGEST_MESSAGE) }),
    ...(scripts.length === 0 ? {} : { snippet: scripts.join('\n\n') }),
    extra: {
      title,
      source: { ...clause.source },
      exercised: clause.exercised,
      violations: clause.violations,
    },
  };
}
