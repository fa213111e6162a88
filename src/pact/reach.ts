import type { RunSettings } from '../run/settings.ts';
import type { PactInteraction, PactState } from './pact-document.ts';

/** The provider states that the suite arranges by itself. */
export const STATES = {
  function: 'a function exists',
  changed: 'a function exists with unpublished changes',
  absent: 'the function does not exist',
  forbidden: 'the token has no permission',
  failing: 'the service fails',
} as const;

const KNOWN: ReadonlySet<string> = new Set(Object.values(STATES));

type Means = Pick<RunSettings, 'arrange' | 'statesUrl' | 'credentials'>;

/** Why an interaction cannot be asked of the target. */
export interface Obstacle {
  readonly reason: string;
  /** Whether it is a state that the target cannot be brought into, which the user may consent to. */
  readonly isState: boolean;
}

/** Why the interaction cannot be asked; `undefined` when it can, as far as is known. */
export function obstacleTo(interaction: PactInteraction, means: Means): Obstacle | undefined {
  if (interaction.isMessage)
    return { reason: 'it is a message, and no request to a provider', isState: false };
  const [reason] = interaction.states.flatMap(state => obstacleToState(state, means) ?? []);
  return reason === undefined ? undefined : { reason, isState: true };
}

function obstacleToState({ name, params }: PactState, means: Means): string | undefined {
  const { arrange, statesUrl, credentials } = means;
  if (statesUrl !== undefined) return undefined;
  switch (name) {
    case STATES.function:
      if (arrange === 'none' && Object.keys(params).length > 0)
        return 'functions are not arranged (--arrange none)';
      return 'dependencies' in params
        ? 'only provider states arrange dependencies (--states-url)'
        : undefined;
    case STATES.changed:
      return arrange === 'none' ? 'functions are not arranged (--arrange none)' : undefined;
    case STATES.forbidden:
      return credentials.forbiddenToken === undefined
        ? 'it needs a second token (--forbidden-token)'
        : undefined;
    case STATES.failing:
      return 'only provider states make a service fail (--states-url)';
    default:
      return KNOWN.has(name) ? undefined : 'the suite does not know this state (--states-url may)';
  }
}
