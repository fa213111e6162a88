/** The provider states of a verification: arranged when the verifier asks for them, and taken away again. */

import { isObject, jsonObjectIn } from '../page/formats.ts';
import type { Session } from '../run/session.ts';
import { type ArrangedState, arrangeState, StateOutOfReach } from './arrange-state.ts';
import { type Episodes, INTERRUPTED } from './episode.ts';

export interface DoorStates {
  /**
   * Does what the verifier asks, and answers the state's values.
   *
   * @param asked the body of its request
   */
  change(asked: Readonly<Record<string, unknown>>): Promise<object>;
  /** Whether a token came from a state: it is sent by users without permission. */
  isForbidden(token: string): boolean;
  /** A body with the names that the states have in place of what stood for them. */
  asAsked(body: string | undefined): string | undefined;
  /** Takes away what the verifier did not. */
  tearDownAll(): Promise<void>;
}

export function createDoorStates(session: Session, episodes: Episodes): DoorStates {
  const open: { readonly name: string; readonly state: ArrangedState }[] = [];
  const forbidden = new Set<unknown>();

  const setUp = async (name: string, params: Readonly<Record<string, unknown>>): Promise<object> => {
    episodes.stateAsked(name);
    if (session.interruption.signal.aborted) episodes.obstructed(INTERRUPTED);
    if (name === '' || episodes.isObstructed()) return {};
    try {
      const state = await arrangeState(session, { name, params });
      open.push({ name, state });
      if (state.values.token !== undefined) forbidden.add(state.values.token);
      return state.values;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      episodes.obstructed(
        error instanceof StateOutOfReach
          ? { reason: error.message, isState: error.isLasting }
          : { reason: `arranging it failed: ${error.message}`, isState: false },
      );
      return {};
    }
  };

  const tearDown = async (name: string): Promise<void> => {
    const index = open.findLastIndex(each => each.name === name);
    const [last] = index === -1 ? [] : open.splice(index, 1);
    // What could not be taken away is in the journal.
    await last?.state.tearDown().catch(() => undefined);
  };

  return {
    change: async ({ state, action, params }) => {
      const name = typeof state === 'string' ? state : '';
      if (action !== 'teardown') return setUp(name, isObject(params) ? params : {});
      await tearDown(name);
      return {};
    },
    isForbidden: token => forbidden.has(token),
    asAsked: body => {
      const standIns = open.flatMap(({ state }) => state.asAsked ?? []);
      const version = standIns.length === 0 ? undefined : jsonObjectIn(body ?? '');
      if (version === undefined) return body;
      return JSON.stringify(standIns.reduce<unknown>((shown, each) => each(shown), version));
    },
    tearDownAll: async () => {
      for (const { name } of open.toReversed()) await tearDown(name);
    },
  };
}
