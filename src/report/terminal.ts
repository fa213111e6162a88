/** The text that a person reads after a run. */

import type { Level } from '../page/clause.ts';
import type { ClauseVerdict, Report, ReportedClause, RunVerdict } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';
import { counted, createPaint, duration, indented, type Paint } from './layout.ts';
import { COLOUR_OF_LEVEL, LEVELS } from './levels.ts';
import { excerpt } from './printable.ts';
import { bySubjectGroup } from './subject-groups.ts';
import { exercisedInWords, leftOutInWords, reasonsNotExercised, seedOf } from './tallies.ts';
import { choicesSection } from './terminal-choices.ts';
import { findingsSection } from './terminal-findings.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** For who does not say what the terminal can do. */
const PLAIN: TerminalOptions = { colour: false, width: 80 };

const checkReport = expectReport('terminalReport');

/**
 * The report as text: a summary by subject, the findings, what was not exercised, and the verdict as the
 * last line. Whatever a target sent is escaped and bounded in length. Ends in a line feed.
 */
export function terminalReport(report: Report, { colour, width }: TerminalOptions = PLAIN): string {
  checkReport(report);
  const paint = createPaint(colour);
  const sections = [
    headingOf(report, paint),
    summaryTable(report.clauses, width, paint),
    choicesSection(report, width, paint),
    findingsSection(report, width, paint),
    notExercisedSection(report.clauses, width, paint),
    leftOutSection(report, width, paint),
    [verdictLine(report, paint)],
  ];
  const shown = sections.filter(lines => lines.length > 0).map(lines => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function headingOf({ page, target, run }: Report, paint: Paint): readonly string[] {
  const how = `${excerpt(run.profile, 40)} profile, functions arranged by ${excerpt(target.arranged, 40)}`;
  return [
    paint('bold', excerpt(page.title, 100)),
    `${excerpt(target.endpoint, 200)} ${paint('dim', `(${how})`)}`,
    ...(run.pace === undefined ? [] : [paceLine(run.pace)]),
  ];
}

function paceLine({ refusals, requestsPerSecond }: NonNullable<Report['run']['pace']>): string {
  return `The service asked for a slower pace ${counted(refusals, 'time')} (429); it took ${requestsPerSecond} requests a second.`;
}

const COUNTED: readonly (readonly [verdict: ClauseVerdict, heading: string])[] = [
  ['pass', 'pass'],
  ['fail', 'fail'],
  ['not-exercised', 'n/e'],
];

const GROUP_COLUMNS = 16;
const COUNT_COLUMNS = 5;
const GAP = '   ';

/** Counts of verdicts, a row for each group of subjects, three columns for each level. */
function summaryTable(clauses: readonly ReportedClause[], width: number, paint: Paint): readonly string[] {
  if (clauses.length === 0) return [];
  const present = LEVELS.filter(level => clauses.some(clause => clause.level === level));
  const room = GROUP_COLUMNS + present.length * (COUNT_COLUMNS * COUNTED.length + GAP.length) - GAP.length;
  // Where there is no room for all of them, the level that counts.
  const levels = width < room ? present.slice(0, 1) : present;
  const indent = ' '.repeat(GROUP_COLUMNS);
  const levelNames = levels.map(level => level.padStart(COUNT_COLUMNS * COUNTED.length));
  const verdictNames = COUNTED.map(([, heading]) => heading.padStart(COUNT_COLUMNS)).join('');
  const row = (name: string, members: readonly ReportedClause[]) =>
    `${markOf(members, paint)} ${name.padEnd(GROUP_COLUMNS - 2)}${levels.map(level => counts(members, level, paint)).join(GAP)}`;
  return [
    paint('dim', indent + levelNames.join(GAP)),
    paint('dim', indent + levels.map(() => verdictNames).join(GAP)),
    ...bySubjectGroup(clauses).map(([group, members]) => row(group, members)),
    row('all', clauses),
    paint('dim', '  n/e: not exercised'),
  ];
}

/** How a group did at a glance. */
function markOf(clauses: readonly ReportedClause[], paint: Paint): string {
  const failed = clauses.filter(({ verdict, known }) => verdict === 'fail' && !known);
  if (failed.some(({ level }) => level === 'required')) return paint('red', '✗');
  if (failed.some(({ level }) => level === 'recommended')) return paint('yellow', '!');
  return clauses.some(({ verdict }) => verdict !== 'not-exercised') ? paint('green', '✓') : paint('dim', '–');
}

function counts(clauses: readonly ReportedClause[], level: Level, paint: Paint): string {
  return COUNTED.map(([verdict]) => {
    const count = clauses.filter(clause => clause.level === level && clause.verdict === verdict).length;
    const cell = (count === 0 ? '·' : String(count)).padStart(COUNT_COLUMNS);
    if (count === 0 || verdict === 'not-exercised') return paint('dim', cell);
    return verdict === 'fail' ? paint(COLOUR_OF_LEVEL[level], cell) : cell;
  }).join('');
}

/** More ids than this are not all listed. */
const MOST_IDS = 5;
const FIRST_IDS = 3;

function notExercisedSection(
  clauses: readonly ReportedClause[],
  width: number,
  paint: Paint,
): readonly string[] {
  const reasons = reasonsNotExercised(clauses);
  const open = reasons.reduce((sum, [, members]) => sum + members.length, 0);
  if (open === 0) return [];
  const countWidth = String(reasons[0]?.[1].length ?? 0).length;
  const indent = 2 + countWidth + 2;
  const lines = reasons.flatMap(([reason, members]) => {
    const [first = '', ...rest] = indented(excerpt(reason, 300), indent, width);
    const count = String(members.length).padStart(2 + countWidth);
    return [
      count + first.slice(count.length),
      ...rest,
      ...indented(someOf(members.map(({ id }) => id)), indent, width).map(line => paint('dim', line)),
    ];
  });
  return [paint('bold', `Not exercised: ${counted(open, 'clause')}`), ...lines];
}

function leftOutSection({ run }: Report, width: number, paint: Paint): readonly string[] {
  const words = leftOutInWords(run);
  return words === undefined ? [] : [paint('bold', 'Left out by the profile'), ...indented(words, 2, width)];
}

function someOf(ids: readonly string[]): string {
  const listed = ids.length <= MOST_IDS ? ids : ids.slice(0, FIRST_IDS);
  const more = listed.length < ids.length ? [`+${ids.length - listed.length} more`] : [];
  return [...listed.map(id => excerpt(id, 200)), ...more].join(', ');
}

const COLOUR_OF_VERDICT: Readonly<Record<RunVerdict, 'green' | 'red' | 'yellow'>> = {
  conformant: 'green',
  nonconformant: 'red',
  inconclusive: 'yellow',
};

function verdictLine(report: Report, paint: Paint): string {
  const { summary, run } = report;
  const { verdict, reason } = summary;
  const seed = seedOf(run);
  const facts = [
    exercisedInWords(report),
    `${counted(run.exchanges, 'exchange')} in ${duration(run.durationMs)}`,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
  ];
  const why = excerpt(reason, 300).replace(/\.$/, '');
  return `${paint(['bold', COLOUR_OF_VERDICT[verdict]], verdict)}: ${why} ${paint('dim', `· ${facts.join(' · ')}`)}`;
}
