/** The report as one HTML file that needs nothing else. */

import { createHash } from 'node:crypto';
import { clauses, exclusions } from '../page/catalogue.ts';
import type { Report, ReportedClause, RunVerdict } from '../verdict/report.ts';
import { clauseInHtml, exclusionInHtml } from './html-clause.ts';
import { filtersInHtml, findingsInHtml, notExercisedInHtml, verdictInHtml } from './html-overview.ts';
import { script } from './html-script.ts';
import { styles } from './html-styles.ts';
import { counted } from './layout.ts';
import { type Markup, markup, textOf, trusted } from './markup.ts';
import { byPageSection, type PageSection } from './page-sections.ts';
import { excerpt } from './printable.ts';

type Row = ReportedClause | (typeof exclusions)[number];

/**
 * The report as an HTML document: the tables and rows of the page, each clause with its verdict, and all
 * evidence in the rows when they are opened. It loads nothing, runs only its own script, and escapes
 * whatever a target sent.
 */
export function htmlReport(report: Report): string {
  // A run of a few clauses says nothing about the rest of the page.
  const isOfPage = report.clauses.length > clauses.length / 2;
  const sections = byPageSection<Row>([...report.clauses, ...(isOfPage ? exclusions : [])]);
  return `<!doctype html>\n${textOf(markup`<html lang="en">
${headOf(report)}
<body>
<a class="skip" href="#clauses">Skip to the clauses</a>
${verdictInHtml(report)}
<div class="columns">
${contentsOf(sections)}
<main>
${findingsInHtml(report)}
${notExercisedInHtml(report)}
<section id="clauses" aria-labelledby="clauses-heading">
<h2 id="clauses-heading" class="unseen">Clauses, table by table</h2>
${filtersInHtml(report)}
${sections.map(section => sectionInHtml(section, report))}
</section>
</main>
</div>
<footer>${excerpt(report.tool.name, 100)} ${excerpt(report.tool.version, 100)} · page ${excerpt(report.page.id, 100)}</footer>
<script>${trusted(script)}</script>
</body>
</html>`)}\n`;
}

const DOT_OF_VERDICT: Readonly<Record<RunVerdict, string>> = {
  conformant: '%231a7f3c',
  nonconformant: '%23c0262d',
  inconclusive: '%239a6700',
};

function headOf({ summary, page, target }: Report): Markup {
  const dot = `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='${DOT_OF_VERDICT[summary.verdict]}'/%3E%3C/svg%3E`;
  return markup`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${summary.verdict}: ${excerpt(page.title, 100)} at ${excerpt(target.endpoint, 200)}</title>
<link rel="icon" href="${dot}">
<style>${trusted(styles)}</style>
</head>`;
}

/** Nothing is loaded; only the style sheet and the script with these hashes count. */
function policy(): string {
  return [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashOf(styles)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
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
