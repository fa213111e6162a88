import type { HttpRequest } from '../page/exchange.ts';

/** How a finding comes about from nothing: what is sent, in order, until an answer shows it. */
export interface Reproduction {
  readonly steps: readonly Step[];
  /** What a provider state arranges before anything is sent. */
  readonly states?: readonly ArrangedState[];
  /** URNs of the functions that the steps make, as a path names them: they are deleted in the end. */
  readonly made: readonly string[];
  /** Why it may not show the finding, when it was tried in vain or chance has a part in it. */
  readonly doubt?: string;
  /** Whether the function is somebody else's, so that a published version is deleted and nothing else. */
  readonly isForeign?: boolean;
}

/** A request of a reproduction. */
export interface Step {
  readonly request: HttpRequest;
  /** What it does, in words, such as `publishes, description "a"`. */
  readonly does: string;
  /** Whether its answer is a part of what shows the finding. */
  readonly isEvidence: boolean;
  /** Whether it is sent at the same time as the step before it. */
  readonly isTogether?: boolean;
}

/** A provider state that was set up. */
export interface ArrangedState {
  readonly statesUrl: string;
  readonly state: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The URN that the set-up answered: another one each time. */
  readonly functionUrn?: string;
}
