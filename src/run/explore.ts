import fc from 'fast-check';
import type { Evidence } from '../verdict/evidence.ts';
import { groupsOf, inLanes, inPart, isEnd } from './parts.ts';
import type { Session } from './session.ts';
import { type Shown, stimulate } from './stimulus.ts';

/** Inputs to try on a target, and how. */
export interface Exploration<Input> {
  /** Fixed inputs that every run tries, each made for one purpose: they are not shrunk. */
  readonly examples: readonly Input[];
  /** Where further inputs come from, and how many. */
  readonly arbitrary: fc.Arbitrary<Input>;
  readonly runs: number;
  /** Makes the exchanges of one input, on the function of the lane or one of its own. */
  readonly attempt: (input: Input, lane: Session) => Promise<void>;
  /** Makes the attempts of a lane, and what comes before and after them. */
  readonly around?: (lane: Session, attempts: () => Promise<void>) => Promise<void>;
  /** A smaller example that may break the clause as well: for those that try many things at once. */
  readonly simplify?: (example: Input, clauseId: string, lane: Session) => Input | undefined;
  /** How a finding shows the input; the input itself by default. */
  readonly show?: (input: Input) => unknown;
  /** Whether an input is a history, so that a finding needs all its exchanges to be shown. */
  readonly isHistory?: boolean;
  /**
   * Inputs that are tried one after the other; the next ones go on beside them, on another function. The same
   * inputs share a function whatever the concurrency.
   */
  readonly perLane: number;
  /** Requests that an attempt makes at most when nothing is broken. Default: 1. */
  readonly cost?: number;
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

/** An input, and its place among the random ones if it is one of them. */
interface Trial<Input> {
  readonly input: Input;
  readonly run?: number;
}

/** A trial that broke something, and the inputs that were tried on the same function before it. */
interface Failing<Input> {
  readonly input: Input;
  readonly earlier: readonly Input[];
}

/**
 * Tries every input, whatever they break, and then makes the counterexample of each broken clause smaller.
 * An assertion would stop at the first failure and hide the faults behind it.
 */
export async function explore<Input>(
  exploration: Exploration<Input>,
  session: Session,
  { seed, shrinkAttempts }: Bounds,
): Promise<void> {
  const { examples, arbitrary, runs, perLane, cost = 1 } = exploration;
  const { around = (_lane, attempts) => attempts() } = exploration;
  const most = perLane * cost + AROUND;
  const random = runs > 0 ? fc.sample(arbitrary, { seed, numRuns: runs }) : [];
  const trials: Trial<Input>[] = [
    ...examples.map(input => ({ input })),
    ...random.map((input, run) => ({ input, run })),
  ];
  const tryAll = async (group: readonly Trial<Input>[], lane: Session) => {
    const broken: [Trial<Input> & Failing<Input>, Broken][] = [];
    await around(lane, async () => {
      for (const [index, trial] of group.entries()) {
        const found = trial.run === undefined ? {} : { seed, path: String(trial.run) };
        const earlier = group.slice(0, index).map(({ input }) => input);
        broken.push([{ ...trial, earlier }, await trying(exploration, lane, trial.input, found)]);
      }
    });
    return broken;
  };
  const tried = await inLanes(session, groupsOf(trials, perLane), tryAll, { most });
  if (shrinkAttempts < 1) return;
  const onExample = new Map<string, Failing<Input>>();
  const onRun = new Map<string, Failing<Input> & { readonly run: number }>();
  for (const [{ run, ...failing }, broken] of tried.flat()) {
    for (const clause of broken.keys()) {
      if (run === undefined && !onExample.has(clause)) onExample.set(clause, failing);
      if (run !== undefined && !onRun.has(clause)) onRun.set(clause, { ...failing, run });
    }
  }
  const confirmations = [...onExample].slice(0, CONFIRMED_CLAUSES).map(
    ([clause, failing]) =>
      (lane: Session) =>
        confirm(exploration, clause, failing, lane),
  );
  const shrinkings = [...onRun]
    // An example shows the clause already, and with less around it.
    .filter(([clause]) => !onExample.has(clause))
    .map(([clause, { run, ...failing }]) => (lane: Session) => {
      return shrink(exploration, clause, failing, { seed, path: String(run) }, shrinkAttempts, lane);
    });
  const conclusions = await inLanes(
    session,
    [...confirmations, ...shrinkings],
    (again, lane) => again(lane).catch(unlessAtEnd),
    // Only with what is left when everything was tried.
    { isLast: true },
  );
  for (const conclude of conclusions) conclude(session.evidence);
}

/** Requests that a lane makes before and after its attempts: to arrange its function, to list, to remove it. */
const AROUND = 5;

/** When nothing more can be sent, a counterexample stays as it is. */
function unlessAtEnd(error: unknown): Conclusion {
  if (!isEnd(error)) throw error;
  return () => undefined;
}

type Broken = ReadonlyMap<string, Shown>;

/** What trying a counterexample again says of it. */
type Conclusion = (evidence: Evidence) => void;

/** Makes the exchanges of an input, put down to it. */
function trying<Input>(
  { attempt, show = identity, isHistory = false }: Exploration<Input>,
  lane: Session,
  input: Input,
  found: { readonly seed?: number; readonly path?: string } = {},
): Promise<Broken> {
  return stimulate({ input: show(input), ...found }, () => attempt(input, lane), isHistory);
}

/** Looks whether less than the example breaks the clause too; if not, whether the example does so again. */
async function confirm<Input>(
  exploration: Exploration<Input>,
  clause: string,
  failing: Failing<Input>,
  lane: Session,
): Promise<Conclusion> {
  const { input } = failing;
  const { simplify, show = identity } = exploration;
  const simpler = simplify?.(input, clause, lane);
  if (simpler !== undefined) {
    const again = (await trying(exploration, lane, simpler)).get(clause);
    if (again !== undefined) {
      const counterexample = { input: show(simpler) };
      return evidence => evidence.keepShrunk(clause, { ...again, counterexample });
    }
  }
  const alone = (await afresh(lane, part => trying(exploration, part, input))).get(clause);
  if (alone === undefined) return tryWithHistory(exploration, clause, failing, lane);
  const counterexample = { input: show(input) };
  return evidence => evidence.keepShrunk(clause, { ...alone, counterexample });
}

/**
 * What an input alone does not show again may depend on what was asked of the same function before it: it is tried
 * after as few of those inputs as show it. Only what is not seen then either is flaky.
 */
async function tryWithHistory<Input>(
  { attempt, show = identity }: Exploration<Input>,
  clause: string,
  { input, earlier }: Failing<Input>,
  lane: Session,
): Promise<Conclusion> {
  for (let count = 1; count < 2 * earlier.length; count *= 2) {
    const history = earlier.slice(-count);
    const counterexample = { input: { after: history.map(show), input: show(input) } };
    const inOrder = async (part: Session): Promise<void> => {
      for (const each of [...history, input]) await attempt(each, part);
    };
    const shown = await afresh(lane, part => stimulate(counterexample, () => inOrder(part), true));
    const again = shown.get(clause);
    if (again !== undefined) return evidence => evidence.keepShrunk(clause, { ...again, counterexample });
  }
  // Without another function, it was not asked again.
  return mayCreate(lane) ? evidence => evidence.markFlaky(clause, FLAKY) : () => undefined;
}

/** Whether the run may still make a function and publish it. */
function mayCreate({ progress, profile, target }: Session): boolean {
  return progress.functions < profile.maxFunctions && target.remaining > AROUND;
}

/** Works on a function of which nothing was asked yet. */
async function afresh<Result>(lane: Session, work: (part: Session) => Promise<Result>): Promise<Result> {
  if (lane.isOneLane) return work(lane);
  const part = lane.part();
  try {
    return await inPart(part, () => work(part));
  } finally {
    lane.evidence.add(part.evidence.take());
    lane.kept.push(...part.kept);
  }
}

/** Lets fast-check shrink the input that broke the clause, within so many attempts. */
async function shrink<Input>(
  exploration: Exploration<Input>,
  clause: string,
  failing: Failing<Input>,
  start: { readonly seed: number; readonly path: string },
  shrinkAttempts: number,
  lane: Session,
): Promise<Conclusion> {
  const { arbitrary, show = identity } = exploration;
  let attempts = 0;
  let smallest: Shown | undefined;
  const holds = fc.asyncProperty(arbitrary, async input => {
    // Out of attempts: what is left counts as passing, so that fast-check ends without asking the target.
    if (attempts >= shrinkAttempts) return true;
    attempts++;
    const shown = (await trying(exploration, lane, input, start)).get(clause);
    if (shown !== undefined) smallest = shown;
    return shown === undefined;
  });
  const result = await fc.check(holds, { ...start, numRuns: 1 });
  const input = result.counterexample?.[0];
  const shown = smallest;
  if (shown === undefined || input === undefined) return tryWithHistory(exploration, clause, failing, lane);
  const path = result.counterexamplePath ?? start.path;
  const counterexample = { input: show(input), seed: start.seed, path };
  return evidence => evidence.keepShrunk(clause, { ...shown, counterexample });
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
