import type { Choice } from '../page/choices/choice.ts';
import type { Clause, Exclusion, Level } from '../page/clause.ts';
import { sourceInWords } from './catalogue.ts';
import { createPaint, indented, labelled, type TerminalOptions } from './layout.ts';
import { printable } from './printable.ts';

/** An exchange or a body as text. */
export interface ClauseExample {
  readonly name: string;
  readonly lines: readonly string[];
}

/** One that a clause holds for, and one that breaks it. */
export interface ClauseExamples {
  readonly passes?: ClauseExample;
  readonly fails?: ClauseExample;
}

const CONSEQUENCE: Readonly<Record<Level, string>> = {
  required: 'required: one violation makes the target nonconformant.',
  recommended: 'recommended: reported; it fails a run only under --fail-on recommended.',
  informative: 'informative: reported; it never fails a run.',
};

/** All about one clause, or about what has none: what the page says, our ruling, what it means, examples. */
export function clauseInDetail(
  clause: Clause | Exclusion,
  examples: ClauseExamples | undefined,
  { colour, width }: TerminalOptions,
): string {
  const paint = createPaint(colour);
  const column = { indent: 2, labelWidth: 15, width };
  const lines = factsOf(clause).flatMap(([label, text]) =>
    text === undefined ? [] : labelled(label, printable(text), column, paint),
  );
  const example = (label: string, shown: ClauseExample | undefined, other: ClauseExample | undefined) => {
    if (shown === undefined) return [];
    const isOwn = (line: string) => other !== undefined && !other.lines.includes(line);
    return [
      '',
      `  ${paint('dim', `${label}: ${printable(shown.name)}`)}`,
      ...shown.lines.map(line =>
        isOwn(line) ? paint('bold', `  > ${printable(line)}`) : `    ${printable(line)}`,
      ),
    ];
  };
  return [
    paint('bold', printable(clause.id)),
    ...indented(printable(clause.title), 2, width),
    '',
    ...lines,
    ...example('An example that passes', examples?.passes, examples?.fails),
    ...example('An example that fails', examples?.fails, examples?.passes),
    '',
  ].join('\n');
}

/** All about one choice: the question, the answers that conform, why, and what shows them. */
export function choiceInDetail(
  { id, question, answers, source, ruling, when }: Choice,
  { colour, width }: TerminalOptions,
): string {
  const paint = createPaint(colour);
  const facts = [
    ['answers', answers.join(' / ')],
    ['source', sourceInWords(source)],
    ['ruling', ruling],
    ['level', 'a choice: every answer conforms, and a report tells which one it was.'],
    ['shown by', when],
  ] as const;
  return [
    paint('bold', printable(id)),
    ...indented(printable(question), 2, width),
    '',
    ...facts.flatMap(([label, text]) =>
      labelled(label, printable(text), { indent: 2, labelWidth: 15, width }, paint),
    ),
    '',
  ].join('\n');
}

function factsOf(
  clause: Clause | Exclusion,
): readonly (readonly [label: string, text: string | undefined])[] {
  const source = ['source', sourceInWords(clause.source)] as const;
  if ('excluded' in clause) return [source, ['not checked', clause.excluded]];
  return [
    source,
    ['the page says', clause.says],
    ['ruling', clause.ruling],
    ['level', CONSEQUENCE[clause.level]],
    ['exercised by', clause.when],
  ];
}
