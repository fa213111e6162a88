/** How the server becomes like a target of which a report tells what it chose. */

import type { Exchange } from '../../page/exchange.ts';
import type { Hooks } from '../call.ts';
import { behaviourOf, behaviours } from './behaviours.ts';

/** What a target chose, as a report tells it. */
export interface LikeChoice {
  /** `malformed-json` */
  readonly id: string;
  readonly answers: readonly LikeAnswer[];
}

/** An answer that a target gave. */
export interface LikeAnswer {
  /** `406` */
  readonly answer: string;
  /** How often it was seen. */
  readonly seen: number;
  /** An exchange that shows it. */
  readonly example?: Exchange;
}

/** What of a target the server does not do. */
export interface NotImitated {
  /** Id of the choice. */
  readonly choice: string;
  readonly answer: string;
  /** Why not, in words. */
  readonly reason: string;
}

/** How far the server is like a target. */
export interface Likeness {
  /** The answers that it gives, by the ids of their choices. */
  readonly answers: Readonly<Record<string, string>>;
  readonly notImitated: readonly NotImitated[];
}

/** How the server is like a target, and what is done for it. */
interface Imitation {
  readonly likeness: Likeness;
  readonly hooks: readonly Hooks[];
}

/** Does as a target did most often; what of the others cannot be had is named. */
export function imitationOf(choices: readonly LikeChoice[]): Imitation {
  const chosen = choices.flatMap(({ id, answers }) => {
    const [first, ...others] = answers
      .filter(({ seen }) => seen > 0)
      .toSorted((left, right) => right.seen - left.seen);
    return first === undefined ? [] : [{ id, first, others, hooks: behaviourOf(id, first) }];
  });
  const imitated = chosen.filter(({ hooks }) => hooks !== undefined);
  return {
    likeness: {
      answers: Object.fromEntries(imitated.map(({ id, first }) => [id, first.answer])),
      notImitated: chosen.flatMap(({ id, first, others, hooks }) => [
        ...(hooks === undefined ? [{ choice: id, answer: first.answer, reason: whyNot(id) }] : []),
        ...others.map(({ answer }) => ({
          choice: id,
          answer,
          reason: `"${first.answer}" was seen at least as often`,
        })),
      ]),
    },
    hooks: inOrder(new Map(imitated.map(({ id, hooks }) => [id, hooks ?? {}]))),
  };
}

function whyNot(id: string): string {
  return Object.hasOwn(behaviours, id) ? 'this answer cannot be given' : 'this choice is not known';
}

/** What is done for these answers. */
export function hooksFor(answers: Readonly<Record<string, string>>): readonly Hooks[] {
  const done = Object.entries(answers).map(([id, answer]): [string, Hooks] => {
    const hooks = behaviourOf(id, { answer });
    if (hooks === undefined) throw new Error(`The mock server cannot answer ${id} with ${answer}.`);
    return [id, hooks];
  });
  return inOrder(new Map(done));
}

/** In the order in which behaviours are applied. */
function inOrder(byId: ReadonlyMap<string, Hooks>): readonly Hooks[] {
  return Object.keys(behaviours).flatMap(id => byId.get(id) ?? []);
}
