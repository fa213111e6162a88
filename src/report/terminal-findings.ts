import type { Exchange } from '../page/exchange.ts';
import type { Report, ReportedClause, ReportedFinding } from '../verdict/report.ts';
import { curlLine } from './curl.ts';
import { counted, indented, labelled, type Paint } from './layout.ts';
import { COLOUR_OF_LEVEL } from './levels.ts';
import { compactJson, excerpt, printable } from './printable.ts';
import { countsByLevel, failedClauses } from './tallies.ts';

/** Failed clauses that are told in full; the rest get a line each. */
const MOST_IN_FULL = 25;

/** Characters of a command that anyone would still copy from a terminal. */
const LONGEST_COMMAND = 12_000;

/** The failed clauses, worst first, known ones after the others of their level. */
export function findingsSection(report: Report, width: number, paint: Paint): readonly string[] {
  const failed = failedClauses(report.clauses);
  if (failed.length === 0) return [];
  const inFull = failed.slice(0, MOST_IN_FULL).map(clause => clauseInFull(clause, report, width, paint));
  const rest = failed.slice(MOST_IN_FULL).map(clause => headOf(clause, paint));
  const more = rest.length === 0 ? [] : ['', '  and these, which report.json has in full:', '', ...rest];
  return [paint('bold', `Findings: ${countsByLevel(failed)}`), ...inFull.flat(), ...more];
}

function headOf({ id, level, known }: ReportedClause, paint: Paint): string {
  const mark = known ? paint('dim', '  known failure') : '';
  return `  ${paint(COLOUR_OF_LEVEL[level], level.padEnd(13))}${paint('bold', excerpt(id, 200))}${mark}`;
}

function clauseInFull(
  clause: ReportedClause,
  report: Report,
  width: number,
  paint: Paint,
): readonly string[] {
  const { title, source, violations, exercised, findings } = clause;
  const evidence = `${counted(violations, 'violation')} in ${counted(exercised, 'exchange')}`;
  const where = `${excerpt(source.table, 100)}, row ${excerpt(source.row, 100)}`;
  return [
    '',
    headOf(clause, paint),
    ...indented(excerpt(title, 400), 4, width),
    ...indented(`${where} · ${evidence}`, 4, width).map(line => paint('dim', line)),
    ...findings.flatMap(finding => ['', ...findingLines(finding, report.target.endpoint, width, paint)]),
  ];
}

function findingLines(
  finding: ReportedFinding,
  endpoint: string,
  width: number,
  paint: Paint,
): readonly string[] {
  const column = { indent: 4, labelWidth: 16, width };
  const { message, exchange } = finding;
  const details: readonly (readonly [label: string, text: string | undefined])[] = [
    [
      'at',
      finding.pointer === undefined || finding.pointer === '' ? undefined : excerpt(finding.pointer, 200),
    ],
    [
      'counterexample',
      Object.hasOwn(finding, 'counterexample') ? compactJson(finding.counterexample, 400) : undefined,
    ],
    ['seed', replayOf(finding)],
    ['exchange', exchange === undefined ? undefined : exchangeInShort(exchange, endpoint)],
  ];
  return [
    ...indented(excerpt(message, 400), 4, width),
    ...details.flatMap(([label, text]) => (text === undefined ? [] : labelled(label, text, column, paint))),
    ...commandLine(finding, endpoint, paint),
  ];
}

function replayOf({ seed, path }: ReportedFinding): string | undefined {
  const known = [
    ...(seed === undefined ? [] : [String(seed)]),
    ...(path === undefined ? [] : [`path ${excerpt(path, 100)}`]),
  ];
  return known.length === 0 ? undefined : known.join(', ');
}

function exchangeInShort({ request, response, failure }: Exchange, endpoint: string): string {
  const outcome = [
    ...(response === undefined ? [] : [String(response.status)]),
    ...(failure === undefined ? [] : [`${failure.kind} (${excerpt(failure.message, 200)})`]),
  ];
  const answer = outcome.length === 0 ? 'no answer' : outcome.join(', then ');
  const isAtEndpoint = request.url.startsWith(`${endpoint}/`);
  const place = isAtEndpoint ? request.url.slice(endpoint.length) : request.url;
  return `${excerpt(request.method, 40)} ${excerpt(place, 300)} -> ${answer}`;
}

/** Commands are never wrapped: they are there to be copied. */
function commandLine(
  { reproduce, exchange }: ReportedFinding,
  endpoint: string,
  paint: Paint,
): readonly string[] {
  const command = reproduce ?? (exchange === undefined ? undefined : curlLine(exchange.request, endpoint));
  if (command === undefined) return [];
  if (command.length > LONGEST_COMMAND) {
    return [
      paint('dim', `    the command that reproduces it has ${command.length} characters: see report.json`),
    ];
  }
  return command.split('\n').map(line => `    ${paint('cyan', printable(line))}`);
}
