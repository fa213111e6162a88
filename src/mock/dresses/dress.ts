import type { Hooks } from '../call.ts';
import { hooksFor } from '../choices/likeness.ts';

/** A way of being conforming that is unusual. */
export interface Dress {
  readonly name: string;
  /** What is unusual, in a sentence. */
  readonly title: string;
  /** The answers that it gives to choices, by their ids; what is not named is answered as without a dress. */
  readonly answers?: Readonly<Record<string, string>>;
  readonly hooks: readonly Hooks[];
}

/** A dress that is nothing but other answers to choices. */
export function choosing(name: string, title: string, answers: NonNullable<Dress['answers']>): Dress {
  return { name, title, answers, hooks: hooksFor(answers) };
}

/** A dress in what is no choice. */
export function wearing(name: string, title: string, hooks: Hooks): Dress {
  return { name, title, hooks: [hooks] };
}
