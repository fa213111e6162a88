/** The top of the HTML report: the verdict, what fails, what was not exercised, and the filters. */

import type { Level } from '../page/clause.ts';
import type { ClauseVerdict, Report, ReportedClause, RunVerdict } from '../verdict/report.ts';
import { SHOWN_VERDICT } from './html-clause.ts';
import { counted, duration } from './layout.ts';
import { LEVELS } from './levels.ts';
import { type Markup, markup, trusted } from './markup.ts';
import { excerpt, printable } from './printable.ts';
import { failedClauses, leftOutInWords, reasonsNotExercised, seedOf } from './tallies.ts';

const MARK_OF_RUN: Readonly<Record<RunVerdict, string>> = {
  conformant: '✓',
  nonconformant: '✗',
  inconclusive: '?',
};

/** The verdict at a glance: the word, why, the counts, and what was run. */
export function verdictInHtml(report: Report): Markup {
  const { page, summary, target, run, tool } = report;
  const seed = seedOf(run);
  const facts: readonly (readonly [string, string])[] = [
    ['Target', target.endpoint],
    ['Functions arranged by', target.arranged],
    ['Profile', run.profile],
    ...(seed === undefined ? [] : [['Seed', String(seed)] as const]),
    ['Exchanges', String(run.exchanges)],
    ['Started', startOf(run.startedAt)],
    ['Took', duration(run.durationMs)],
  ];
  return markup`<header class="${summary.verdict}">
<p class="quiet">${excerpt(tool.name, 100)} report</p>
<h1>${excerpt(page.title, 200)}</h1>
<p class="run-verdict"><span class="word"><span aria-hidden="true">${MARK_OF_RUN[summary.verdict]}</span> ${summary.verdict}</span>
<span class="reason">${excerpt(summary.reason, 1000)}</span></p>
${partInHtml(run)}
${barOf(report)}
<dl class="run">${facts.map(([term, text]) => markup`<div><dt>${term}</dt><dd>${excerpt(text, 300)}</dd></div>`)}</dl>
</header>`;
}

/** That a run was of a part, and says nothing about the rest. */
function partInHtml({ options = {} }: Report['run']): Markup | undefined {
  const only = Array.isArray(options.only) ? options.only.map(String) : [];
  const { shard } = options;
  const filtered =
    only.length === 0
      ? undefined
      : markup`Only clauses that match <code>${excerpt(only.join(', '), 500)}</code> were asked for. `;
  const part =
    typeof shard === 'string'
      ? markup`This is part <code>${excerpt(shard, 20)}</code> of a run. `
      : undefined;
  if (filtered === undefined && part === undefined) return undefined;
  return markup`<p class="part">${filtered}${part}It says nothing about the rest.</p>`;
}

function startOf(startedAt: string): string {
  const time = new Date(startedAt);
  return Number.isNaN(time.getTime())
    ? startedAt
    : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Counts of verdicts as a bar, and in words. */
function barOf({ clauses }: Report): Markup {
  const failed = failedClauses(clauses);
  const parts: readonly (readonly [name: string, count: number])[] = [
    ...LEVELS.map(
      level => [`fail ${level}`, failed.filter(clause => clause.level === level).length] as const,
    ),
    ['not-exercised', clauses.filter(({ verdict }) => verdict === 'not-exercised').length],
    ['pass', clauses.filter(({ verdict }) => verdict === 'pass').length],
  ];
  let from = 0;
  const bars = parts.map(([name, count]) => {
    const bar = markup`<rect class="${name}" x="${from}" width="${count}" height="1"/>`;
    from += count;
    return bar;
  });
  const words = parts.filter(([, count]) => count > 0);
  return markup`<svg class="bar" viewBox="0 0 ${Math.max(from, 1)} 1" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
<ul class="counts">${words.map(([name, count]) => markup`<li class="${name}"><b>${count}</b> ${partInWords(name)}</li>`)}</ul>`;
}

function partInWords(part: string): string {
  const [verdict = '', level] = part.split(' ');
  return level === undefined ? verdict.replace('-', ' ') : `${level} ${verdict}`;
}

/** What fails, worst first, each with its first finding and a link to its row. */
export function findingsInHtml({ clauses }: Report): Markup | undefined {
  const failed = failedClauses(clauses);
  if (failed.length === 0) return undefined;
  return markup`<section class="failing" id="failing" tabindex="-1" aria-labelledby="failing-heading">
<h2 id="failing-heading">What fails</h2>
<ol>${failed.map(failingInHtml)}</ol>
</section>`;
}

function failingInHtml({ id, level, title, findings, violations, exercised, known }: ReportedClause): Markup {
  const message = findings[0]?.message ?? title;
  const often = `${counted(violations, 'violation')} in ${counted(exercised, 'exchange')}`;
  return markup`<li class="${level}">${linkTo(id)}
<span class="level">${level}${known ? ', known' : ''} · ${often}</span>
<p>${excerpt(message, 400)}</p></li>
`;
}

/** Why clauses were not exercised, the reason of the most first. */
export function notExercisedInHtml({ clauses, summary }: Report): Markup | undefined {
  const reasons = reasonsNotExercised(clauses);
  if (reasons.length === 0) return undefined;
  const count = reasons.reduce((sum, [, members]) => sum + members.length, 0);
  return markup`<details class="not-exercised-reasons"${summary.verdict === 'inconclusive' ? trusted(' open') : undefined}>
<summary><h2>Not exercised: ${counted(count, 'clause')}</h2></summary>
<dl>${reasons.map(reasonInHtml)}</dl>
</details>`;
}

/** What the profile did not ask for. */
export function leftOutInHtml({ run }: Report): Markup | undefined {
  const words = leftOutInWords(run);
  return words === undefined ? undefined : markup`<p class="quiet">Left out by the profile: ${words}.</p>`;
}

/** The rows have their reasons too: a few links are enough. */
const MOST_LINKS = 12;

function reasonInHtml([reason, members]: readonly [string, readonly ReportedClause[]]): Markup {
  const more = members.length - MOST_LINKS;
  const links = members.slice(0, MOST_LINKS).map(({ id }) => markup`${linkTo(id)} `);
  return markup`<dt>${excerpt(reason, 1000)} <span class="quiet">(${members.length})</span></dt>
<dd>${links}${more > 0 ? `and ${more} more` : undefined}</dd>`;
}

function linkTo(id: string): Markup {
  return markup`<a href="#${encodeURIComponent(printable(id))}"><code>${excerpt(id, 300)}</code></a>`;
}

/** Filters by verdict, level and text; without a script there are none, and everything is shown. */
export function filtersInHtml({ clauses }: Report): Markup {
  const verdicts = (['fail', 'pass', 'not-exercised'] as const).map(verdict =>
    verdictChoice(verdict, clauses),
  );
  return markup`<form class="filters" role="search" aria-label="Filter clauses" data-filters hidden>
<fieldset><legend class="unseen">Verdict</legend>
<label><input type="radio" name="verdict" value="" checked><span>all ${clauses.length}</span></label>${verdicts}</fieldset>
<fieldset><legend class="unseen">Level</legend>${LEVELS.map(levelChoice)}</fieldset>
<div><label class="text"><span class="unseen">Text</span><input type="search" name="text" placeholder="Filter by text" autocomplete="off" spellcheck="false"></label>
<p class="quiet" role="status" data-shown></p>
<label class="paper"><input type="checkbox" name="paper"> Print all</label>
<button type="button" data-open>Open all</button> <button type="button" data-close>Close all</button></div>
</form>
<p class="none" data-none hidden>No clause matches these filters.</p>`;
}

function verdictChoice(verdict: ClauseVerdict, clauses: readonly ReportedClause[]): Markup {
  const count = clauses.filter(clause => clause.verdict === verdict).length;
  return markup`<label><input type="radio" name="verdict" value="${verdict}"><span>${SHOWN_VERDICT[verdict].word} ${count}</span></label>`;
}

function levelChoice(level: Level): Markup {
  return markup`<label><input type="checkbox" name="level" value="${level}" checked><span>${level}</span></label>`;
}
