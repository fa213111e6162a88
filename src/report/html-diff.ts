/** Two reports compared, side by side, as one HTML file. */

import type { ChangedClause, ReportDiff } from '../verdict/diff.ts';
import type { ClauseVerdict, Report, ReportedClause, RunVerdict } from '../verdict/report.ts';
import { notAskedInWords } from './diff.ts';
import { SHOWN_VERDICT } from './html-clause.ts';
import { documentInHtml } from './html-document.ts';
import { type Markup, markup } from './markup.ts';
import { excerpt } from './printable.ts';
import { exercisedInWords } from './tallies.ts';

const SECTIONS = [
  ['newlyFailing', 'Newly failing'],
  ['stillFailing', 'Still failing'],
  ['fixed', 'Fixed'],
  ['noLongerExercised', 'No longer exercised'],
  ['newlyExercised', 'Newly exercised'],
] as const satisfies readonly (readonly [keyof ReportDiff, string])[];

/**
 * What differs between two reports: both verdicts, every clause whose verdict changed or that still fails, and the
 * choices that changed.
 */
export function htmlDiff(before: Report, after: Report, diff: ReportDiff): string {
  const { was, is } = diff.verdict;
  const clausesOf = (report: Report) => new Map(report.clauses.map(clause => [clause.id, clause]));
  const [old, now] = [clausesOf(before), clausesOf(after)];
  const asked = notAskedInWords(diff);
  const body = markup`<header>
<p class="quiet">${excerpt(after.tool.name, 100)} reports compared</p>
<h1>${excerpt(after.page.title, 200)}</h1>
<div class="sides">${sideInHtml('Before', before)}${sideInHtml('After', after)}</div>
${asked === undefined ? undefined : markup`<p class="part">${asked}</p>`}
</header>
<main class="diff">
${SECTIONS.flatMap(([change, heading]) => sectionInHtml(heading, diff[change], old, now) ?? [])}
${choicesInHtml(diff)}
${SECTIONS.every(([change]) => diff[change].length === 0) ? markup`<p>No clause has another verdict.</p>` : undefined}
</main>`;
  const title = was === is ? `still ${is}` : `${was}, now ${is}`;
  return documentInHtml({ title: `${title}: ${excerpt(after.page.title, 100)}`, verdict: is, body });
}

function sideInHtml(heading: string, report: Report): Markup {
  const { summary, target, run } = report;
  return markup`<section class="${summary.verdict satisfies RunVerdict}"><h2>${heading}</h2>
<p class="run-verdict"><span class="word">${summary.verdict}</span> <span class="reason">${excerpt(summary.reason, 500)}</span></p>
<p class="quiet">${excerpt(target.endpoint, 200)} · ${excerpt(run.profile, 40)} · ${excerpt(run.startedAt, 40)}</p>
<p class="quiet">${exercisedInWords(report)}</p></section>`;
}

/** Choices that the target makes otherwise: neither verdict changes for them. */
function choicesInHtml({ choices }: ReportDiff): Markup | undefined {
  if (choices.length === 0) return undefined;
  const rows = choices.map(
    ({
      id,
      question,
      was,
      is,
    }) => markup`<tr><th scope="row">${excerpt(question, 400)}<code class="id">${excerpt(id, 200)}</code></th>
<td>${excerpt(was.join(' or '), 500)}</td><td>${excerpt(is.join(' or '), 500)}</td></tr>
`,
  );
  return markup`<section><h2>Changed choices: ${choices.length}</h2>
<table><thead><tr><th scope="col">Question</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>${rows}</tbody></table></section>`;
}

type Clauses = ReadonlyMap<string, ReportedClause>;

function sectionInHtml(
  heading: string,
  changed: readonly ChangedClause[],
  old: Clauses,
  now: Clauses,
): Markup | undefined {
  if (changed.length === 0) return undefined;
  const rows = changed.map(
    ({
      id,
      level,
      title,
    }) => markup`<tr><th scope="row">${excerpt(title, 400)}<code class="id">${excerpt(id, 200)}</code>
<span class="level">${level}</span></th>${cellInHtml(old.get(id))}${cellInHtml(now.get(id))}</tr>
`,
  );
  return markup`<section><h2>${heading}: ${changed.length}</h2>
<table><thead><tr><th scope="col">Clause</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>${rows}</tbody></table></section>`;
}

function cellInHtml(clause: ReportedClause | undefined): Markup {
  if (clause === undefined) return markup`<td class="quiet">not asked</td>`;
  const { verdict, level, findings, reason } = clause;
  const { mark, word } = SHOWN_VERDICT[verdict satisfies ClauseVerdict];
  const why = verdict === 'fail' ? findings[0]?.message : reason;
  return markup`<td class="${verdict} ${level}"><span class="verdict"><span aria-hidden="true">${mark}</span> ${word}</span>${
    why === undefined ? undefined : markup`<p>${excerpt(why, 500)}</p>`
  }</td>`;
}
