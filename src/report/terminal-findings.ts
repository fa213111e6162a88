import { clauses as catalogue } from '../page/catalogue.ts';
import type { WirePart } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import type { Report, ReportedClause, ReportedFinding } from '../verdict/report.ts';
import { curlLine } from './curl.ts';
import { counted, indented, labelled, type Paint } from './layout.ts';
import { COLOUR_OF_LEVEL } from './levels.ts';
import { compactJson, excerpt, printable } from './printable.ts';
import { answeredInShort, bytesInShort, sentInShort } from './shown-exchange.ts';
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

const saidOf = new Map(catalogue.map(({ id, says }) => [id, says]));

function clauseInFull(
  clause: ReportedClause,
  report: Report,
  width: number,
  paint: Paint,
): readonly string[] {
  const { id, title, source, violations, exercised, findings } = clause;
  const evidence = `${counted(violations, 'violation')} in ${counted(exercised, 'exchange')}`;
  const where = `${excerpt(source.table, 100)}, row ${excerpt(source.row, 100)}`;
  const says = saidOf.get(id);
  return [
    '',
    headOf(clause, paint),
    ...indented(excerpt(title, 400), 4, width),
    ...indented(`${where} · ${evidence}`, 4, width).map(line => paint('dim', line)),
    ...(says === undefined ? [] : labelled('the page says', excerpt(says, 400), columnOf(width), paint)),
    ...findings.flatMap(finding => ['', ...findingLines(finding, report.target.endpoint, width, paint)]),
  ];
}

function columnOf(width: number) {
  return { indent: 4, labelWidth: 16, width };
}

function findingLines(
  finding: ReportedFinding,
  endpoint: string,
  width: number,
  paint: Paint,
): readonly string[] {
  const { message, exchange, pointer } = finding;
  const abuse = bytesIn(finding);
  const details: readonly (readonly [label: string, text: string | undefined])[] = [
    ['at', pointer === undefined || pointer === '' ? undefined : excerpt(pointer, 200)],
    [
      'counterexample',
      abuse === undefined && Object.hasOwn(finding, 'counterexample')
        ? compactJson(finding.counterexample, 400)
        : undefined,
    ],
    ['seed', replayOf(finding)],
    ['sent', abuse ?? (exchange === undefined ? undefined : sentInShort(exchange.request, endpoint))],
    ['answered', exchange === undefined ? undefined : answeredInShort(exchange, pointer)],
  ];
  return [
    ...indented(excerpt(message, 400), 4, width),
    ...details.flatMap(([label, text]) =>
      text === undefined ? [] : labelled(label, text, columnOf(width), paint),
    ),
    ...commandLine(finding, endpoint, paint),
  ];
}

/** The bytes that did it: what shows a finding may be the harmless request after them. */
function bytesIn({ counterexample }: ReportedFinding): string | undefined {
  if (!isObject(counterexample) || !Array.isArray(counterexample.sent)) return undefined;
  const parts = counterexample.sent.filter(
    (part): part is WirePart => isObject(part) && ['bytes', 'pauseMs', 'end'].some(name => name in part),
  );
  return parts.length === 0 ? undefined : bytesInShort(parts);
}

function replayOf({ seed, path }: ReportedFinding): string | undefined {
  const known = [
    ...(seed === undefined ? [] : [String(seed)]),
    ...(path === undefined ? [] : [`path ${excerpt(path, 100)}`]),
  ];
  return known.length === 0 ? undefined : known.join(', ');
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
