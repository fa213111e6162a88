import type { ShownChoice } from '../page/choices/choice.ts';
import type { Exchange } from '../page/exchange.ts';

/** An answer that a target gave to a choice. */
export interface SeenAnswer {
  readonly answer: string;
  /** How many exchanges showed it. */
  readonly seen: number;
  /** What shows it in the example. */
  readonly by: string;
  /** The smallest exchange that shows it. */
  readonly example: Exchange;
}

/** The answers to each choice that was seen, by its id, in the order in which they were seen first. */
export type ChoiceEvidenceData = Readonly<Record<string, readonly SeenAnswer[]>>;

/** Stands for an exchange that is counted, and that nothing will show. */
export const NOT_SHOWN: Exchange = { request: { method: '', url: '', headers: {} } };

/** Collects what exchanges show of choices. */
export interface ChoiceEvidence {
  /** Counts what an exchange shows. */
  note(shown: ShownChoice, exchange: Exchange): void;
  /** Whether the exchange would be kept as an example. */
  isExample(shown: ShownChoice, exchange: Exchange): boolean;
  /** Adds what was collected elsewhere, as later than what is here. */
  add(data: ChoiceEvidenceData): void;
  /** What was collected since the last call. */
  take(): ChoiceEvidenceData;
}

/** Makes an empty collection. It keeps one exchange for each answer. */
export function createChoiceEvidence(): ChoiceEvidence {
  let choices = new Map<string, Map<string, SeenAnswer>>();
  const answersOf = (choice: string): Map<string, SeenAnswer> => {
    const answers = choices.get(choice) ?? new Map<string, SeenAnswer>();
    choices.set(choice, answers);
    return answers;
  };
  const count = (choice: string, found: SeenAnswer): void => {
    const answers = answersOf(choice);
    const had = answers.get(found.answer);
    const seen = (had?.seen ?? 0) + found.seen;
    const isSmaller = had === undefined || sizeOf(found.example) < sizeOf(had.example);
    const kept = isSmaller && found.example !== NOT_SHOWN ? found : (had ?? found);
    answers.set(found.answer, { ...kept, seen });
  };
  return {
    note: ({ choice, answer, by }, example) => count(choice, { answer, by, example, seen: 1 }),
    isExample({ choice, answer }, exchange) {
      const had = choices.get(choice)?.get(answer);
      return had === undefined || sizeOf(exchange) < sizeOf(had.example);
    },
    add(data) {
      for (const [choice, answers] of Object.entries(data)) for (const each of answers) count(choice, each);
    },
    take() {
      const data = Object.fromEntries([...choices].map(([id, answers]) => [id, [...answers.values()]]));
      choices = new Map();
      return data;
    },
  };
}

function sizeOf({ request, response }: Exchange): number {
  return request.url.length + (request.body?.length ?? 0) + (response?.body?.length ?? 0);
}
