/** One clause of the page, closed to a line, opened to all that is known of it. */

import { clauseById } from '../page/catalogue.ts';
import type { Exclusion } from '../page/clause.ts';
import type { ClauseVerdict, Report, ReportedClause, ReportedFinding } from '../verdict/report.ts';
import { sourceInWords } from './catalogue.ts';
import { curlLine } from './curl.ts';
import { exchangeInHtml, jsonInHtml } from './html-exchange.ts';
import { counted } from './layout.ts';
import { type Markup, markup, multiline } from './markup.ts';
import { excerpt, printable } from './printable.ts';

/** How each verdict is shown. */
export const SHOWN_VERDICT: Readonly<
  Record<ClauseVerdict, { readonly mark: string; readonly word: string }>
> = {
  pass: { mark: '✓', word: 'pass' },
  fail: { mark: '✗', word: 'fail' },
  'not-exercised': { mark: '–', word: 'not exercised' },
};

/** A clause as a row that opens. */
export function clauseInHtml(clause: ReportedClause, { target }: Report): Markup {
  const { id, verdict, level, title, exercised, known, findings } = clause;
  const { mark, word } = SHOWN_VERDICT[verdict];
  const shown = known && verdict === 'fail' ? 'known failure' : word;
  return markup`<details class="clause ${verdict} ${level}" id="${id}" data-verdict="${verdict}" data-level="${level}">
<summary><span class="verdict"><span aria-hidden="true">${mark}</span> ${shown}</span>
<span class="title">${excerpt(title, 1000)}<code class="id">${excerpt(id, 300)}</code></span>
<span class="level">${level}</span>
<span class="times"><span class="unseen">exercised </span>${exercised}<span class="unseen"> times</span><span aria-hidden="true">×</span></span></summary>
<div class="opened">
${factsOf(clause)}
${findings.map((finding, index) => findingInHtml(clause, finding, [index + 1, findings.length], target.endpoint))}
</div>
</details>`;
}

/** What the page says and no clause is held against, with the reason. */
export function exclusionInHtml({ id, title, excluded, source }: Exclusion): Markup {
  const facts = factList([
    ['Why', excluded],
    ['Source', sourceInWords(source)],
    ['Id', id],
  ]);
  return markup`<details class="clause excluded" id="${id}" data-verdict="excluded">
<summary><span class="verdict"><span aria-hidden="true">·</span> no clause</span>
<span class="title">${title}<span class="why">${excluded}</span></span></summary>
<div class="opened">${facts}</div>
</details>`;
}

function factsOf({ id, source, exercised, violations, reason, verdict }: ReportedClause): Markup {
  const clause = clauseById(id);
  const evidence =
    exercised === 0
      ? undefined
      : `${counted(exercised, 'exchange')}${violations === 0 ? '' : `, ${counted(violations, 'violation')}`}`;
  return factList([
    ['The page says', clause?.says],
    ['Our ruling', clause?.ruling],
    ['Not exercised', verdict === 'not-exercised' ? (reason ?? 'no reason was given') : undefined],
    ['Exercised by', clause?.when],
    ['Evidence', evidence],
    ['Source', sourceInWords(source)],
    ['Link', markup`<a href="#${encodeURIComponent(printable(id))}">${excerpt(id, 300)}</a>`],
  ]);
}

function factList(rows: readonly (readonly [term: string, text: string | Markup | undefined])[]): Markup {
  const shown = rows.flatMap(([term, text]) =>
    text === undefined
      ? []
      : [markup`<dt>${term}</dt><dd>${typeof text === 'string' ? excerpt(text, 2000) : text}</dd>`],
  );
  return markup`<dl class="facts">${shown}</dl>`;
}

function findingInHtml(
  clause: ReportedClause,
  finding: ReportedFinding,
  [number, of]: readonly [number: number, of: number],
  endpoint: string,
): Markup {
  const { message, exchange } = finding;
  return markup`<article class="finding">
<h4>Finding${of > 1 ? ` ${number} of ${of}` : ''}</h4>
<p class="message">${excerpt(message, 2000)}</p>
${replayOf(finding)}
${exchange === undefined ? undefined : exchangeInHtml(clause, finding, exchange, endpoint)}
${counterexampleOf(finding)}
${commandOf(finding, endpoint)}
</article>`;
}

function replayOf({ pointer, seed, path }: ReportedFinding): Markup | undefined {
  const parts = [
    ...(pointer === undefined || pointer === '' ? [] : [markup`at <code>${excerpt(pointer, 500)}</code>`]),
    ...(seed === undefined ? [] : [markup`seed <code>${seed}</code>`]),
    ...(path === undefined ? [] : [markup`path <code>${excerpt(path, 500)}</code>`]),
  ];
  const joined = parts.flatMap((part, index) => (index === 0 ? [part] : [markup`, `, part]));
  return parts.length === 0 ? undefined : markup`<p class="quiet">${joined}</p>`;
}

function counterexampleOf(finding: ReportedFinding): Markup | undefined {
  if (!Object.hasOwn(finding, 'counterexample')) return undefined;
  return markup`<h5>Counterexample</h5>
<pre tabindex="0" role="group" aria-label="Counterexample">${jsonInHtml(finding.counterexample)}</pre>`;
}

/** Characters of a command that anyone would still copy. */
const LONGEST_COMMAND = 20_000;

function commandOf({ reproduce, exchange }: ReportedFinding, endpoint: string): Markup | undefined {
  const command = reproduce ?? (exchange === undefined ? undefined : curlLine(exchange.request, endpoint));
  if (command === undefined) return undefined;
  if (command.length > LONGEST_COMMAND) {
    return markup`<p class="quiet">The script that shows it again is too long to copy: report.json has it.</p>`;
  }
  return markup`<div class="command"><h5>Show it again, from nothing</h5>
<button type="button" data-copy hidden>Copy</button>
<pre tabindex="0" role="group" aria-label="Script">${multiline(command)}</pre></div>`;
}
