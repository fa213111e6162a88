/** SARIF 2.1.0, as code scanning reads it. */

import type {
  Invocation,
  Log,
  Notification,
  ReportingDescriptor,
  Result,
  Suppression,
  WebRequest,
  WebResponse,
} from 'sarif';
import { clauseById } from '../page/catalogue.ts';
import type { Level } from '../page/clause.ts';
import type { HttpRequest, HttpResponse } from '../page/exchange.ts';
import type { Report, ReportedClause } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';
import { LONGEST_BODY, LONGEST_MESSAGE, LONGEST_SCRIPT } from './bounds.ts';
import { sourceInWords } from './catalogue.ts';
import { reportJson } from './json.ts';
import { cut } from './printable.ts';
import { failedClauses, seedOf } from './tallies.ts';

const LEVEL: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  required: 'error',
  recommended: 'warning',
  informative: 'note',
};

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const checkReport = expectReport('sarifReport');

/** The report as SARIF 2.1.0: a rule for each clause, a result for each clause that fails. */
export function sarifReport(report: Report): string {
  checkReport(report);
  const { tool, clauses, page, target, run } = report;
  const seed = seedOf(run);
  const lineOf = linesOfClauses(report);
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, version: tool.version, rules: clauses.map(ruleOf) },
        },
        invocations: [invocationOf(report)],
        results: failedClauses(clauses).map(clause =>
          resultOf(clause, clauses.indexOf(clause), page.title, lineOf(clause.id)),
        ),
        columnKind: 'utf16CodeUnits',
        properties: {
          page: page.title,
          endpoint: target.endpoint,
          profile: run.profile,
          ...(seed === undefined ? {} : { seed }),
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, level, title, source }: ReportedClause): ReportingDescriptor {
  const clause = clauseById(id);
  const says = [clause?.says, clause?.ruling].filter(text => text !== undefined).join('\n\n');
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title} (${sourceInWords(source)})` },
    ...(says === '' ? {} : { help: { text: says } }),
    defaultConfiguration: { level: LEVEL[level] },
    properties: { level, table: source.table, row: source.row },
  };
}

/** An inconclusive run is one that did not succeed, whatever it found. */
function invocationOf({ summary, run }: Report): Invocation {
  const began = new Date(run.startedAt);
  const times = Number.isNaN(began.getTime())
    ? {}
    : {
        startTimeUtc: began.toISOString(),
        endTimeUtc: new Date(began.getTime() + run.durationMs).toISOString(),
      };
  const isInconclusive = summary.verdict === 'inconclusive';
  const notification: Notification = {
    level: isInconclusive ? 'error' : 'note',
    message: { text: `${summary.verdict}: ${summary.reason}` },
  };
  return { executionSuccessful: !isInconclusive, ...times, toolExecutionNotifications: [notification] };
}

/** The line of `report.json` where a clause stands. */
function linesOfClauses(report: Report): (id: string) => number {
  const lines = reportJson(report).split('\n');
  const byId = new Map(
    lines.flatMap((line, index) => {
      const [, id] = /^ {6}"id": "(.*)",$/.exec(line) ?? [];
      return id === undefined ? [] : [[id, index + 1] as const];
    }),
  );
  return id => byId.get(id) ?? 1;
}

function resultOf(clause: ReportedClause, ruleIndex: number, pageTitle: string, line: number): Result {
  const { id, subject, level, title, source, violations, findings, known } = clause;
  const messages = findings.map(({ message }) => cut(message, LONGEST_MESSAGE));
  const scripts = findings.flatMap(({ reproduce }) =>
    reproduce === undefined ? [] : [cut(reproduce, LONGEST_SCRIPT)],
  );
  const exchange = findings[0]?.exchange;
  return {
    ruleId: id,
    ruleIndex,
    level: LEVEL[level],
    message: { text: (messages.length === 0 ? [title] : messages).join('\n') },
    locations: [
      {
        // Code scanning wants a file; the finding is in this one.
        physicalLocation: { artifactLocation: { uri: 'report.json' }, region: { startLine: line } },
        logicalLocations: [
          { fullyQualifiedName: subject, kind: 'member' },
          {
            name: source.row,
            fullyQualifiedName: `${pageTitle} / ${source.table} / ${source.row}`,
            kind: 'row',
          },
        ],
      },
    ],
    occurrenceCount: Math.max(1, violations),
    partialFingerprints: { primaryLocationLineHash: `${id}:1` },
    ...(exchange === undefined ? {} : { webRequest: webRequestOf(exchange.request) }),
    ...(exchange === undefined ? {} : { webResponse: webResponseOf(exchange.response) }),
    ...(scripts.length === 0 ? {} : { properties: { reproduce: scripts } }),
    ...(known ? { suppressions: [KNOWN] } : {}),
  };
}

const KNOWN: Suppression = {
  kind: 'external',
  status: 'accepted',
  justification: 'The baseline lists this failure.',
};

function webRequestOf(request: HttpRequest): WebRequest {
  const { method, url, headers } = request;
  return { method, target: cut(url, LONGEST_MESSAGE), headers: boundedHeaders(headers), ...bodyOf(request) };
}

function webResponseOf(response: HttpResponse | undefined): WebResponse {
  if (response === undefined) return { noResponseReceived: true };
  return { statusCode: response.status, headers: boundedHeaders(response.headers), ...bodyOf(response) };
}

function bodyOf({ body, bodyEncoding }: Pick<HttpResponse, 'body' | 'bodyEncoding'>) {
  if (body === undefined) return {};
  // Cut base64 is no base64 any longer.
  if (bodyEncoding === 'base64') return body.length > LONGEST_BODY ? {} : { body: { binary: body } };
  return { body: { text: cut(body, LONGEST_BODY) } };
}

const MOST_HEADERS = 50;

function boundedHeaders(headers: HttpResponse['headers']): Record<string, string> {
  const few = Object.entries(headers).slice(0, MOST_HEADERS);
  return Object.fromEntries(few.map(([name, value]) => [cut(name, 200), cut(value, LONGEST_MESSAGE)]));
}
