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
  /** A smaller example that may break the clause as well: for those that try many things at once. */
  readonly simplify?: (example: Input, clauseId: string) => Input | undefined;
  /** How a finding shows the input; the input itself by default. */
  readonly show?: (input: Input) => unknown;
  /** Whether an input is a history, so that a finding needs all its exchanges to be shown. */
  readonly isHistory?: boolean;
  /** Inputs that are tried at a time; 1 when they share a function. */
  readonly parallel: number;
}

/** Clauses whose examples are tried again at most: a target that breaks everything is not asked forever. */
const CONFIRMED_CLAUSES = 8;

const FLAKY = ' (flaky: not seen again with the same input)';

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
  const { examples, arbitrary, runs, parallel } = exploration;
  const tried = trying(exploration);
  const random = runs > 0 ? fc.sample(arbitrary, { seed, numRuns: runs }) : [];
  const onExample = new Map<string, Input>();
  const onRun = new Map<string, number>();
  await inParallel(examples, parallel, async input => {
    for (const clause of (await tried(input)).keys()) {
      if (!onExample.has(clause)) onExample.set(clause, input);
    }
  });
  await inParallel(random, parallel, async (input, run) => {
    const broken = await tried(input, { seed, path: String(run) });
    for (const clause of broken.keys()) onRun.set(clause, Math.min(run, onRun.get(clause) ?? run));
  });
  if (shrinkAttempts < 1) return;
  for (const [clause, input] of [...onExample].slice(0, CONFIRMED_CLAUSES)) {
    await confirm(exploration, clause, input, evidence);
  }
  for (const [clause, run] of onRun) {
    // An example shows the clause already, and with less around it.
    if (onExample.has(clause)) continue;
    await shrink(exploration, clause, { seed, path: String(run) }, shrinkAttempts, evidence);
  }
}

type Broken = ReadonlyMap<string, Shown>;

/** Makes the exchanges of an input, put down to it. */
function trying<Input>({ attempt, show = identity, isHistory = false }: Exploration<Input>) {
  return (input: Input, found: { readonly seed?: number; readonly path?: string } = {}): Promise<Broken> =>
    stimulate({ input: show(input), ...found }, () => attempt(input), isHistory);
}

/** Looks whether less than the example breaks the clause too; if not, whether the example does so again. */
async function confirm<Input>(
  exploration: Exploration<Input>,
  clause: string,
  input: Input,
  evidence: Evidence,
): Promise<void> {
  const { simplify, show = identity } = exploration;
  const tried = trying(exploration);
  const simpler = simplify?.(input, clause);
  if (simpler !== undefined) {
    const again = (await tried(simpler)).get(clause);
    if (again !== undefined) {
      evidence.keepShrunk(clause, { ...again, counterexample: { input: show(simpler) } });
      return;
    }
  }
  if ((await tried(input)).has(clause)) return;
  evidence.markFlaky(clause, FLAKY);
}

/** Lets fast-check shrink the input that broke the clause, within so many attempts. */
async function shrink<Input>(
  exploration: Exploration<Input>,
  clause: string,
  start: { readonly seed: number; readonly path: string },
  shrinkAttempts: number,
  evidence: Evidence,
): Promise<void> {
  const { arbitrary, show = identity } = exploration;
  const tried = trying(exploration);
  let attempts = 0;
  let smallest: Shown | undefined;
  const holds = fc.asyncProperty(arbitrary, async input => {
    // Out of attempts: what is left counts as passing, so that fast-check ends without asking the target.
    if (attempts >= shrinkAttempts) return true;
    attempts++;
    const shown = (await tried(input, start)).get(clause);
    if (shown !== undefined) smallest = shown;
    return shown === undefined;
  });
  const result = await fc.check(holds, { ...start, numRuns: 1 });
  const input = result.counterexample?.[0];
  if (smallest === undefined || input === undefined) {
    evidence.markFlaky(clause, FLAKY);
    return;
  }
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
