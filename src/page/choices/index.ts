import type { Choice, ReadableChoice } from './choice.ts';
import { functionChoices, listChoices } from './functions.ts';
import { refusalChoices } from './refusals.ts';
import { versionChoices } from './versions.ts';

/** Every choice, by what shows it, in the order of the page. The judge reads what is here. */
export const readableChoices = {
  published: versionChoices,
  answer: refusalChoices,
  versionList: listChoices,
  functionReport: functionChoices,
} as const satisfies Readonly<Record<string, readonly ReadableChoice<never>[]>>;

/** What shows choices. */
export type ChoiceKind = keyof typeof readableChoices;

/** What a choice of a kind is read off. */
export type ChoiceViewOf<Kind extends ChoiceKind> =
  (typeof readableChoices)[Kind][number] extends ReadableChoice<infer View> ? View : never;

/** The freedoms that the page leaves, and the answers that conform. */
export const choices: readonly Choice[] = Object.values<readonly (Choice & { readonly shownBy: unknown })[]>(
  readableChoices,
)
  .flat()
  .map(({ shownBy: _shownBy, ...choice }) => choice);

const byId = new Map(choices.map(choice => [choice.id, choice]));

/** The choice with this id; `undefined` when there is none. */
export function choiceById(id: string): Choice | undefined {
  return byId.get(id);
}
