import type { ShownChoice } from '../page/choices/choice.ts';
import type { Level } from '../page/clause.ts';

/** One clause that an exchange broke. */
export interface Finding {
  /** Id of the clause. */
  readonly clause: string;
  readonly subject: string;
  readonly level: Level;
  /** In a person's words: the offending value and what is documented. */
  readonly message: string;
  /** JSON pointer into the body of the answer, when the finding is about a member. */
  readonly pointer?: string;
}

/** What one exchange says about the page. */
export interface Judgement {
  /** Ids of the clauses for which the exchange is evidence, broken ones included; each once. */
  readonly exercised: readonly string[];
  readonly findings: readonly Finding[];
  /** How it uses the freedom that the page leaves. */
  readonly choices: readonly ShownChoice[];
}

/** A judgement while it is made. */
export interface Draft {
  /** Each clause once: no two rules share a clause. */
  readonly exercised: string[];
  readonly findings: Finding[];
  readonly choices: ShownChoice[];
}
