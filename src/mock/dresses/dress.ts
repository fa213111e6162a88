import type { Hooks } from '../call.ts';

/** A way of being conforming that is unusual. */
export interface Dress {
  readonly name: string;
  /** What is unusual, in a sentence. */
  readonly title: string;
  readonly hooks: Hooks;
}
