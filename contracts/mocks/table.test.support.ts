/** What the guide says of mock servers that others wrote: a table that the tests make. */

import type { Report } from '../../src/verdict/report.ts';

/** What the suite saw at a server. */
export interface Seen {
  readonly title: string;
  readonly report: Report;
  /** It makes answers up, other ones each time. */
  readonly isRandom: boolean;
}

/** How many clauses were exercised and fail, and why the rest was not. Seconds are those of the machine it was made on. */
export function runsTable(all: readonly Seen[]): string {
  const rows = all.map(({ title, report: { clauses, run } }) => {
    const count = (verdict: string) => clauses.filter(clause => clause.verdict === verdict).length;
    const failing = clauses.filter(({ verdict, level }) => verdict === 'fail' && level === 'required').length;
    const cells = [title, count('pass') + count('fail'), failing, count('not-exercised')];
    return row([...cells, run.exchanges, Math.round(run.durationMs / 1000)]);
  });
  return [
    row(['', 'exercised', 'required that fail', 'not exercised', 'exchanges', 'seconds']),
    row(Array.from({ length: 6 }, () => '---')),
    ...rows,
  ].join('\n');
}

/** The required clauses that fail at any of them: which refuses what, and which makes what up. */
export function failuresTable(all: readonly Seen[]): string {
  const verdictOf = ({ report }: Seen, id: string) =>
    report.clauses.find(clause => clause.id === id)?.verdict;
  const clauses = (all[0]?.report.clauses ?? []).filter(
    ({ id, level }) => level === 'required' && all.some(seen => verdictOf(seen, id) === 'fail'),
  );
  const WORDS = { pass: 'yes', fail: '**no**', 'not-exercised': '–' } as const;
  return [
    row(['', ...all.map(({ title }) => title)]),
    row(Array.from({ length: all.length + 1 }, () => '---')),
    ...clauses.map(({ id, title }) =>
      row([`${title} (\`${id}\`)`, ...all.map(seen => WORDS[verdictOf(seen, id) ?? 'not-exercised'])]),
    ),
  ].join('\n');
}

/** The reasons why clauses were not exercised, with how many at each server. */
export function reasonsTable(all: readonly Seen[]): string {
  const reasonsAt = ({ report }: Seen) =>
    report.clauses.flatMap(({ reason }) => (reason === undefined ? [] : [inGeneral(reason)]));
  const reasons = new Set(all.flatMap(reasonsAt));
  const countAt = (seen: Seen, reason: string) => reasonsAt(seen).filter(each => each === reason).length;
  return [
    row(['not exercised, since', ...all.map(({ title }) => title)]),
    row(Array.from({ length: all.length + 1 }, () => '---')),
    ...[...reasons].map(reason => row([reason, ...all.map(seen => countAt(seen, reason) || '–')])),
  ].join('\n');
}

/** A reason without the request that it is about. */
function inGeneral(reason: string): string {
  return reason.replace(/^the target stopped answering after .*/s, 'the target stopped answering');
}

/**
 * The lines of a text as far as they are the same each time: tables without exchanges, seconds and how much was not
 * exercised, and without the servers that answer at random.
 */
export function repeatable(text: string, random: readonly string[]): string {
  let columns: readonly number[] = [];
  let counts = false;
  const lines = text.split('\n').flatMap((line, index, all) => {
    const cells = cellsOf(line);
    if (cells.length === 0) return [line];
    if (cellsOf(all[index - 1] ?? '').length === 0) {
      // Clauses are added that none of them can show.
      const most = cells.includes('exchanges') ? cells.indexOf('not exercised') : cells.length;
      counts = cells[0]?.startsWith('not exercised') === true;
      columns = cells.flatMap((cell, at) => (at < most && !random.includes(cell) ? [at] : []));
    }
    const [name = '', ...others] = columns.map(at => cells[at] ?? '');
    // What no other server has is a row of those that are left out.
    const isOthers = random.includes(name) || others.every(cell => cell === 'yes' || cell === '–');
    return isOthers ? [] : [row([name, ...others.map(cell => (counts && cell !== '–' ? '…' : cell))])];
  });
  return lines.join('\n');
}

/** Of a line of a table. */
function cellsOf(line: string): readonly string[] {
  return line.startsWith('| ') ? line.slice(2, -2).split(' | ') : [];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}
