/** The report as one HTML file that needs nothing else. */

import { clauses, exclusions } from '../page/catalogue.ts';
import type { Report, ReportedClause } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';
import { choicesInHtml } from './html-choices.ts';
import { clauseInHtml, exclusionInHtml } from './html-clause.ts';
import { documentInHtml } from './html-document.ts';
import {
  filtersInHtml,
  findingsInHtml,
  leftOutInHtml,
  notExercisedInHtml,
  verdictInHtml,
} from './html-overview.ts';
import { script } from './html-script.ts';
import { counted } from './layout.ts';
import { type Markup, markup, trusted } from './markup.ts';
import { byPageSection, type PageSection } from './page-sections.ts';
import { excerpt } from './printable.ts';
import { failedClauses } from './tallies.ts';

type Row = ReportedClause | (typeof exclusions)[number];

const checkReport = expectReport('htmlReport');

/**
 * The report as an HTML document: the tables and rows of the page, each clause with its verdict, and all
 * evidence in the rows when they are opened. It loads nothing, runs only its own script, and escapes
 * whatever a target sent.
 */
export function htmlReport(report: Report): string {
  checkReport(report);
  // A run of a few clauses says nothing about the rest of the page.
  const isOfPage = report.clauses.length > clauses.length / 2;
  const sections = byPageSection<Row>([...report.clauses, ...(isOfPage ? exclusions : [])]);
  const { summary, page, target } = report;
  const fails = failedClauses(report.clauses).length > 0;
  const body = markup`<a class="skip" href="${fails ? '#failing' : '#clauses'}">Skip to ${fails ? 'what fails' : 'the clauses'}</a>
${verdictInHtml(report)}
<div class="columns">
${contentsOf(sections)}
<main>
${findingsInHtml(report)}
${notExercisedInHtml(report)}
${leftOutInHtml(report)}
${choicesInHtml(report)}
<section id="clauses" aria-labelledby="clauses-heading">
<h2 id="clauses-heading" class="unseen">Clauses, table by table</h2>
${filtersInHtml(report)}
${sections.map(section => sectionInHtml(section, report))}
</section>
</main>
</div>
<footer>${excerpt(report.tool.name, 100)} ${excerpt(report.tool.version, 100)} · page ${excerpt(report.page.id, 100)}</footer>
<script>${trusted(script)}</script>`;
  const title = `${summary.verdict}: ${excerpt(page.title, 100)} at ${excerpt(target.endpoint, 200)}`;
  return documentInHtml({ title, verdict: summary.verdict, body });
}

function contentsOf(sections: readonly PageSection<Row>[]): Markup {
  const entries = sections.map(({ anchor, name, title, rows }) => {
    const failed = reportedIn(rows).filter(({ verdict }) => verdict === 'fail').length;
    const mark = markup`<span class="failed"><span aria-hidden="true">✗ ${failed}</span><span class="unseen">, ${failed} fail</span></span>`;
    return markup`<li><a href="#${anchor}"><span>${excerpt(name, 100)}</span> <span class="quiet">${title}</span>${failed > 0 ? mark : undefined}</a></li>`;
  });
  return markup`<nav aria-label="Tables of the page"><ul>${entries}</ul></nav>`;
}

function reportedIn(rows: PageSection<Row>['rows']): readonly ReportedClause[] {
  return rows.flatMap(([, items]) => items).filter(item => 'verdict' in item);
}

function sectionInHtml({ anchor, name, title, rows }: PageSection<Row>, report: Report): Markup {
  const reported = reportedIn(rows);
  const count = (verdict: ReportedClause['verdict']) =>
    reported.filter(clause => clause.verdict === verdict).length;
  const counts = [
    counted(reported.length, 'clause'),
    ...(count('fail') > 0 ? [`${count('fail')} fail`] : []),
    ...(count('not-exercised') > 0 ? [`${count('not-exercised')} not exercised`] : []),
  ].join(', ');
  return markup`<section class="table" id="${anchor}" aria-labelledby="${anchor}-heading">
<div class="table-head"><h2 id="${anchor}-heading">${excerpt(name, 100)} <span>${title}</span></h2>
<p class="quiet">${reported.length === 0 ? 'no clause of its own' : counts}</p></div>
${rows.map(
  ([row, items]) => markup`<div class="row"><h3>${rowName(row)}</h3>
<div class="of-row">${items.map(item => ('verdict' in item ? clauseInHtml(item, report) : exclusionInHtml(item)))}</div></div>
`,
)}</section>
`;
}

/** The head of a column stands for all of its rows. */
function rowName(row: string): Markup {
  return row === 'Parameter' ? markup`the whole` : markup`<code>${excerpt(row, 100)}</code>`;
}
