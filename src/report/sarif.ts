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
import { sourceInWords } from './catalogue.ts';
import { failedClauses } from './tallies.ts';

const LEVEL: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  required: 'error',
  recommended: 'warning',
  informative: 'note',
};

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** The report as SARIF 2.1.0: a rule for each clause, a result for each clause that fails. */
export function sarifReport(report: Report): string {
  const { tool, clauses, page, target, run } = report;
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, version: tool.version, rules: clauses.map(ruleOf) },
        },
        invocations: [invocationOf(report)],
        results: failedClauses(clauses).map(clause => resultOf(clause, clauses.indexOf(clause))),
        columnKind: 'utf16CodeUnits',
        properties: { page: page.title, endpoint: target.endpoint, profile: run.profile, seed: run.seed },
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

function resultOf(clause: ReportedClause, ruleIndex: number): Result {
  const { id, subject, level, title, violations, findings, known } = clause;
  const messages = findings.map(({ message }) => message);
  const exchange = findings[0]?.exchange;
  return {
    ruleId: id,
    ruleIndex,
    level: LEVEL[level],
    message: { text: (messages.length === 0 ? [title] : messages).join('\n') },
    locations: [
      {
        // Code scanning wants a file; the finding is in this one.
        physicalLocation: { artifactLocation: { uri: 'report.json' }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: subject, kind: 'member' }],
      },
    ],
    occurrenceCount: Math.max(1, violations),
    partialFingerprints: { primaryLocationLineHash: `${id}:1` },
    ...(exchange === undefined ? {} : { webRequest: webRequestOf(exchange.request) }),
    ...(exchange === undefined ? {} : { webResponse: webResponseOf(exchange.response) }),
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
  return { method, target: url, headers: { ...headers }, ...bodyOf(request) };
}

function webResponseOf(response: HttpResponse | undefined): WebResponse {
  if (response === undefined) return { noResponseReceived: true };
  return { statusCode: response.status, headers: { ...response.headers }, ...bodyOf(response) };
}

function bodyOf({ body, bodyEncoding }: Pick<HttpResponse, 'body' | 'bodyEncoding'>) {
  if (body === undefined) return {};
  return { body: bodyEncoding === 'base64' ? { binary: body } : { text: body } };
}
