/**
 * How binding a clause is.
 *
 * - `required`: the page says it plainly; one violation makes the target nonconformant.
 * - `recommended`: the page implies it, contradicts itself, or only a neighbouring page says it.
 * - `informative`: worth telling, never fails a run.
 */
export type Level = 'required' | 'recommended' | 'informative';

/** Where on the page a clause comes from: a table (or section) and the row in it. */
export interface Source {
  readonly table: string;
  readonly row: string;
}

/** One checkable statement of the page. */
export interface Clause {
  /** `<subject>.<aspect>`, for instance `body.memory_size.values`. */
  readonly id: string;
  /** What the clause is about, for instance `body.memory_size`. */
  readonly subject: string;
  readonly level: Level;
  /** The requirement as one sentence; a report prints it when the clause fails. */
  readonly title: string;
  readonly source: Source;
  /** Which exchanges count as evidence, completing "exercised by ...". */
  readonly when: string;
  /** What the row says, in our words. */
  readonly says?: string;
  /** How we read the row where the page is silent or contradicts itself. */
  readonly ruling?: string;
}

/** A row or sentence of the page that nothing can be checked against, and why. */
export interface Exclusion {
  readonly id: string;
  readonly subject: string;
  readonly level: 'informative';
  readonly title: string;
  readonly source: Source;
  readonly excluded: string;
}

/** One way in which an exchange broke a clause. */
export interface Violation {
  /** In a person's words: the offending value and what is documented. */
  readonly message: string;
  /** JSON pointer into the body (or `''`) to the offending value. */
  readonly pointer?: string;
}

/**
 * What a rule says of an exchange: `null` when it does not apply (nothing was exercised), an empty list
 * when the clause held, otherwise how it was broken.
 */
export type Outcome = readonly Violation[] | null;

/** A clause that spans members or exchanges, with the function that checks it on a view of the exchange. */
export interface Rule<View> extends Clause {
  readonly check: (view: View) => Outcome;
}

/** The outcome of a clause that held. */
export const held: Outcome = [];

/** The outcome of a clause broken once. */
export function broken(message: string, pointer?: string): Outcome {
  return [pointer === undefined ? { message } : { message, pointer }];
}

/** The subject of a clause id: all but its last part. */
export function subjectOf(id: string): string {
  return id.slice(0, id.lastIndexOf('.'));
}
