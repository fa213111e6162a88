import type { Exchange } from '../page/exchange.ts';
import type { Obstacle } from './reach.ts';

export const INTERRUPTED: Obstacle = { reason: 'the verification was interrupted', isState: false };

/** One interaction as the target saw it: the states that it was brought into, then the request. */
export interface Episode {
  readonly states: readonly string[];
  /** Why the request could not be sent. */
  readonly obstacle?: Obstacle;
  readonly exchange?: Exchange;
}

/** Follows what the verifier asks for: states are set up, a request is sent, states are torn down. */
export interface Episodes {
  /** All so far, in the order in which the verifier went through the interactions. */
  all(): readonly Episode[];
  stateAsked(name: string): void;
  /** The interaction that goes on cannot be asked of the target. */
  obstructed(obstacle: Obstacle): void;
  isObstructed(): boolean;
  answered(exchange: Exchange | undefined): void;
}

/** Starts with none. */
export function followEpisodes(): Episodes {
  const done: Episode[] = [];
  let states: string[] = [];
  let obstacle: Obstacle | undefined;
  return {
    all: () => done,
    stateAsked: name => void states.push(name),
    obstructed: why => {
      obstacle ??= why;
    },
    isObstructed: () => obstacle !== undefined,
    answered: exchange => {
      done.push({
        states,
        ...(obstacle === undefined ? {} : { obstacle }),
        ...(exchange === undefined ? {} : { exchange }),
      });
      states = [];
      obstacle = undefined;
    },
  };
}
