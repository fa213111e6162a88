import type { Exchange } from '../page/exchange.ts';

/** One interaction as the target saw it: the states that it was brought into, then the request. */
export interface Episode {
  readonly states: readonly string[];
  /** Why a state could not be reached: the request was not sent then. */
  readonly problem?: string;
  readonly exchange?: Exchange;
}

/** Follows what the verifier asks for: states are set up, a request is sent, states are torn down. */
export interface Episodes {
  /** All so far, in the order in which the verifier went through the interactions. */
  all(): readonly Episode[];
  stateAsked(name: string): void;
  /** Why the state just asked for could not be reached. */
  stateFailed(problem: string): void;
  /** Why the interaction that goes on cannot be asked of the target. */
  problem(): string | undefined;
  answered(exchange: Exchange | undefined): void;
}

/** Starts with none. */
export function followEpisodes(): Episodes {
  const done: Episode[] = [];
  let states: string[] = [];
  let problem: string | undefined;
  return {
    all: () => done,
    stateAsked: name => void states.push(name),
    stateFailed: why => {
      problem ??= why;
    },
    problem: () => problem,
    answered: exchange => {
      done.push({
        states,
        ...(problem === undefined ? {} : { problem }),
        ...(exchange === undefined ? {} : { exchange }),
      });
      states = [];
      problem = undefined;
    },
  };
}
