/** How the target uses the freedom that the page leaves: a table that opens, each answer with an example. */

import { choiceById } from '../page/choices/index.ts';
import { seenChoices } from '../verdict/choice-changes.ts';
import type { Report, ReportedAnswer, ReportedChoice } from '../verdict/report.ts';
import { exchangeInHtml } from './html-exchange.ts';
import { type Markup, markup } from './markup.ts';
import { excerpt } from './printable.ts';
import { DIFFERS, timesInWords } from './terminal-choices.ts';

/** Nothing of a report of an earlier version, which has no choices. */
export function choicesInHtml({ choices = [], target }: Report): Markup | undefined {
  if (choices.length === 0) return undefined;
  const seen = seenChoices(choices).length;
  return markup`<details class="choices" id="choices">
<summary><h2>Choices: ${seen} of ${choices.length} seen</h2></summary>
<p class="quiet">What the page leaves open, and how this target answers it. Every answer conforms.</p>
<table><thead><tr><th scope="col">Question</th><th scope="col">Answer</th></tr></thead>
<tbody>${choices.map(choice => choiceInHtml(choice, target.endpoint))}</tbody></table>
</details>`;
}

function choiceInHtml({ id, question, answers }: ReportedChoice, endpoint: string): Markup {
  const ruling = choiceById(id)?.ruling;
  return markup`<tr id="choice-${id}"><th scope="row">${excerpt(question, 400)}<code class="id">${excerpt(id, 100)}</code>${
    ruling === undefined ? undefined : markup`<span class="quiet">${ruling}</span>`
  }</th><td>${answers.length === 0 ? markup`<span class="quiet">not seen</span>` : answers.map(answer => answerInHtml(answer, endpoint))}${
    answers.length > 1 ? markup`<p>${DIFFERS}</p>` : undefined
  }</td></tr>
`;
}

function answerInHtml({ answer, seen, shown, example }: ReportedAnswer, endpoint: string): Markup {
  return markup`<details class="answer"><summary><b>${excerpt(answer, 200)}</b> <span class="quiet">${timesInWords(seen)}</span></summary>
<p>${excerpt(shown, 500)}</p>
${exchangeInHtml({ subject: 'choice' }, {}, example, endpoint)}</details>`;
}
