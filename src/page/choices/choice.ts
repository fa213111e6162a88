import type { Source } from '../clause.ts';

/** A freedom that the page leaves: conforming services answer the question differently. */
export interface Choice {
  /** Stays as it is: `malformed-json`. */
  readonly id: string;
  readonly question: string;
  /** The answers that are known, the one that the page shows first. */
  readonly answers: readonly string[];
  /** Where on the page the freedom is. */
  readonly source: Source;
  /** Why every answer conforms. */
  readonly ruling: string;
  /** Where another choice is answered so, and not otherwise, this one makes no difference. */
  readonly needless?: { readonly choice: string; readonly answer: string };
  /** Which exchanges show an answer, completing "shown by ...". */
  readonly when: string;
}

/** An answer that an exchange shows. */
export interface Shown {
  readonly answer: string;
  /** What in the exchange shows it: `last_modified is "2019-10-25 15:37:27"`. */
  readonly by: string;
}

/** A choice, with the function that reads the answer off a view of an exchange. */
export interface ReadableChoice<View> extends Choice {
  /** `undefined` when the exchange shows nothing, or nothing for sure. */
  readonly shownBy: (view: View) => Shown | undefined;
}

/** What an exchange shows of a choice. */
export interface ShownChoice extends Shown {
  /** Id of the choice. */
  readonly choice: string;
}
