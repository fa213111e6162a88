import fc from 'fast-check';
import type { Evidence } from '../verdict/evidence.ts';
import { type Shown, stimulate } from './stimulus.ts';

/** Inputs to try on a target, and how. */
export interface Exploration<Input> {
  /** Fixed inputs that every run tries, each made for one purpose: they are not shrunk. */
  readonly examples: readonly Input[];
  /** Where further inputs come from, and how many. */
  readonly arbitrary: fc.Arbitrary<Input>;
  readonly runs: number;
  /** Makes the exchanges of one input. */
  readonly attempt: (input: Input) => Promise<void>;
  /** How a finding shows the input; the input itself by default. */
  readonly show?: (input: Input) => unknown;
  /** Whether an input is a history, so that a finding needs all its exchanges to be shown. */
  readonly isHistory?: boolean;
  /** Inputs that are tried at a time; 1 when they share a function. */
  readonly parallel: number;
}

/** What bounds an exploration. */
export interface Bounds {
  readonly seed: number;
  /** Attempts that may be spent on making one counterexample smaller. */
  readonly shrinkAttempts: number;
}

/**
 * Tries every input, whatever they break, and then makes the counterexample of each broken clause smaller.
 * An assertion would stop at the first failure and hide the faults behind it.
 */
export async function explore<Input>(
  exploration: Exploration<Input>,
  evidence: Evidence,
  { seed, shrinkAttempts }: Bounds,
): Promise<void> {
  const { examples, arbitrary, runs, attempt, show = identity, isHistory = false } = exploration;
  const random = runs > 0 ? fc.sample(arbitrary, { seed, numRuns: runs }) : [];
  const firstRunOf = new Map<string, number>();
  const onExamples = new Set<string>();
  await inParallel(examples, exploration.parallel, async input => {
    const broken = await stimulate({ input: show(input) }, () => attempt(input), isHistory);
    for (const clause of broken.keys()) onExamples.add(clause);
  });
  await inParallel(random, exploration.parallel, async (input, run) => {
    const broken = await stimulate(
      { input: show(input), seed, path: String(run) },
      () => attempt(input),
      isHistory,
    );
    for (const clause of broken.keys()) firstRunOf.set(clause, Math.min(run, firstRunOf.get(clause) ?? run));
  });
  for (const [clause, run] of firstRunOf) {
    // An example shows the clause already, and with less around it.
    if (onExamples.has(clause)) continue;
    await shrink(
      { arbitrary, attempt, show, isHistory },
      clause,
      { seed, path: String(run) },
      shrinkAttempts,
      evidence,
    );
  }
}

/** Lets fast-check shrink the input that broke the clause, within so many attempts. */
async function shrink<Input>(
  {
    arbitrary,
    attempt,
    show,
    isHistory,
  }: Required<Pick<Exploration<Input>, 'arbitrary' | 'attempt' | 'show' | 'isHistory'>>,
  clause: string,
  start: { seed: number; path: string },
  shrinkAttempts: number,
  evidence: Evidence,
): Promise<void> {
  let attempts = 0;
  let smallest: Shown | undefined;
  const holds = fc.asyncProperty(arbitrary, async input => {
    // Out of attempts: what is left counts as passing, so that fast-check ends without asking the target.
    if (attempts >= shrinkAttempts) return true;
    attempts++;
    const broken = await stimulate({ input: show(input), ...start }, () => attempt(input), isHistory);
    const shown = broken.get(clause);
    if (shown !== undefined) smallest = shown;
    return shown === undefined;
  });
  const result = await fc.check(holds, { ...start, numRuns: 1 });
  const input = result.counterexample?.[0];
  if (smallest === undefined || input === undefined) return;
  const path = result.counterexamplePath ?? start.path;
  evidence.keepShrunk(clause, {
    ...smallest,
    counterexample: { input: show(input), seed: start.seed, path },
  });
}

function identity(input: unknown): unknown {
  return input;
}

/** Runs the work on every item, so many at a time, and waits for all of it. */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const workers = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (const [index, item] of queue) await work(item, index);
  });
  await Promise.all(workers);
}
