import { AsyncLocalStorage } from 'node:async_hooks';
import type { Judgement } from '../judge/finding.ts';
import type { Exchange } from '../page/exchange.ts';
import type { Counterexample } from '../verdict/evidence.ts';

/** A clause that an exchange broke, with the exchange that shows it. */
export interface Shown {
  readonly message: string;
  readonly pointer?: string;
  readonly exchange: Exchange;
  /** The exchanges of the same input that came before, when only all together show it. */
  readonly before?: readonly Exchange[];
}

/** The input whose exchanges are being made: findings are put down to it. */
export interface Stimulus {
  readonly counterexample: Counterexample;
  /** Required and recommended clauses that its exchanges broke. */
  readonly broken: Map<string, Shown>;
  /** Every exchange so far, when the input is a history. */
  readonly history?: Exchange[];
}

const current = new AsyncLocalStorage<Stimulus>();

/** The stimulus that the calling code runs for, if any. */
export function currentStimulus(): Stimulus | undefined {
  return current.getStore();
}

/** Makes the exchanges of one input and answers which clauses they broke. */
export async function stimulate(
  counterexample: Counterexample,
  attempt: () => Promise<void>,
  isHistory = false,
): Promise<ReadonlyMap<string, Shown>> {
  const stimulus: Stimulus = { counterexample, broken: new Map(), ...(isHistory ? { history: [] } : {}) };
  await current.run(stimulus, attempt);
  return stimulus.broken;
}

/** Notes what an exchange broke with the stimulus that it was made for. */
export function note(judgement: Pick<Judgement, 'findings'>, exchange: Exchange): void {
  const stimulus = currentStimulus();
  if (stimulus === undefined) return;
  for (const { clause, level, message, pointer } of judgement.findings) {
    if (level === 'informative' || stimulus.broken.has(clause)) continue;
    stimulus.broken.set(clause, {
      message,
      exchange,
      ...(pointer === undefined ? {} : { pointer }),
      ...(stimulus.history === undefined ? {} : { before: [...stimulus.history] }),
    });
  }
  stimulus.history?.push(exchange);
}
