/** Sets of answers, one to each choice, that a server can be made to give. */

import fc from 'fast-check';
import { choices } from '../../page/choices/index.ts';
import { behaviourOf } from './behaviours.ts';
import type { LikeChoice } from './likeness.ts';

/** An answer to each choice, by its id. */
export type Answers = Readonly<Record<string, string>>;

const SEED = 1;

/** Orders that are tried for each set; the one that covers most is taken. */
const TRIED = 12;

/** Each choice with the answers that the server can give by themselves. */
const possible: ReadonlyMap<string, readonly string[]> = new Map(
  choices.map(({ id, answers }) => [id, answers.filter(answer => behaviourOf(id, { answer }) !== undefined)]),
);

/** A report of a target that gives these answers, as far as a server is made like it. */
export function reportOf(answers: Answers): { readonly choices: readonly LikeChoice[] } {
  return {
    choices: Object.entries(answers).map(([id, answer]) => ({ id, answers: [{ answer, seen: 1 }] })),
  };
}

/** As few sets as have every answer in one of them. */
export function everyAnswer(): readonly Answers[] {
  const most = Math.max(...[...possible.values()].map(answers => answers.length));
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries([...possible].map(([id, answers]) => [id, answers[index % answers.length] ?? ''])),
  );
}

/** Sets that have every two answers of different choices together in one of them. */
export function everyPair(): readonly Answers[] {
  const ids = [...possible.keys()];
  const open = new Set<string>();
  for (const [index, id] of ids.entries()) {
    for (const other of ids.slice(index + 1)) {
      for (const answer of possible.get(id) ?? []) {
        for (const beside of possible.get(other) ?? []) open.add(pair(id, answer, other, beside));
      }
    }
  }
  const orders = fc.sample(fc.shuffledSubarray(ids, { minLength: ids.length }), {
    seed: SEED,
    numRuns: 10_000,
  });
  const sets: Answers[] = [];
  while (open.size > 0) {
    const tried = orders.splice(0, TRIED).map(order => setIn(order, open));
    const [best] = tried.toSorted((left, right) => covered(right, open).length - covered(left, open).length);
    if (best === undefined) throw new Error('There are too few orders.');
    for (const each of covered(best, open)) open.delete(each);
    sets.push(best);
  }
  return sets;
}

function pair(id: string, answer: string, other: string, beside: string): string {
  return id < other ? `${id}=${answer}&${other}=${beside}` : `${other}=${beside}&${id}=${answer}`;
}

function covered(answers: Answers, open: ReadonlySet<string>): readonly string[] {
  const all = Object.entries(answers);
  return all
    .flatMap(([id, answer], index) =>
      all.slice(index + 1).map(([other, beside]) => pair(id, answer, other, beside)),
    )
    .filter(each => open.has(each));
}

/** Choice by choice the answer that is in most open pairs with those before. */
function setIn(order: readonly string[], open: ReadonlySet<string>): Answers {
  const chosen: Record<string, string> = {};
  for (const [place, id] of order.entries()) {
    const before = Object.entries(chosen);
    const gain = (answer: string): number =>
      before.filter(([other, beside]) => open.has(pair(id, answer, other, beside))).length;
    const answers = possible.get(id) ?? [];
    const turned = answers.map((_, index) => answers[(index + place + open.size) % answers.length] ?? '');
    const [best = ''] = turned.toSorted((left, right) => gain(right) - gain(left));
    chosen[id] = best;
  }
  return chosen;
}
