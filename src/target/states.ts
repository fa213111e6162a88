import { jsonObjectIn } from '../page/formats.ts';
import { BudgetExhausted } from './budget.ts';
import { openConnection } from './connection.ts';
import { type Journal, openJournal } from './journal.ts';
import type { Members } from './operations.ts';
import { createSlots } from './slots.ts';

/** What setting up a provider state answered. */
export type StateSetup =
  | {
      readonly ok: true;
      /** Such as `function_urn`, `project_id` or `token`. */
      readonly values: Members;
      /** Tears the state down with what it was set up with and what that answered; a second call does nothing. */
      readonly tearDown: () => Promise<TornDown>;
    }
  | { readonly ok: false; readonly reason: string };

/** Whether a state is torn down, or in a sentence why it is not. */
export type TornDown = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Provider states of a target, set up and torn down through a URL of its own. */
export interface States {
  readonly url: string;
  /**
   * Sets a state up, in the journal first. What a call that broke off may have set up stays there.
   *
   * @throws BudgetExhausted when no request may be sent to what would be set up
   */
  setup(state: string, params?: Members): Promise<StateSetup>;
  teardown(state: string, params: Members): Promise<TornDown>;
  close(): Promise<void>;
}

export interface StatesOptions {
  /** For one call, in milliseconds. Default: 10000. */
  readonly timeoutMs?: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
  /** Where set-ups are written down. Default: nowhere. */
  readonly journal?: Journal;
  /** Requests that the target may still be sent: without any, nothing is set up. Default: any number. */
  readonly remaining?: () => number;
}

type Acted =
  | { readonly ok: true; readonly values: Members }
  | { readonly ok: false; readonly reason: string; readonly brokeOff: boolean };

/**
 * Speaks to a states URL: `POST` with `{state, action, params}`, the form of Pact's provider-state calls.
 * These calls are no exchanges with the target: they are not judged, counted or paced.
 *
 * @throws Error when the URL cannot be used
 */
export function createStates(statesUrl: string, options: StatesOptions = {}): States {
  const { journal = openJournal(), timeoutMs = 10_000, cacert, remaining } = options;
  const { origin, host, path } = readStatesUrl(statesUrl);
  const connection = openConnection({ timeoutMs, origin, ...(cacert === undefined ? {} : { cacert }) });
  // Lanes set states up side by side; a connection carries one call at a time.
  const line = createSlots([connection]);

  const act = async (action: 'setup' | 'teardown', state: string, params: Members): Promise<Acted> => {
    const body = Buffer.from(JSON.stringify({ state, action, params }));
    const headers = { host, accept: 'application/json', 'content-type': 'application/json' };
    const call = { method: 'POST', path, headers, body };
    const { response, failure } = await line.use(each => each.exchange(call));
    if (failure !== undefined) {
      const brokeOff = failure.kind !== 'unreachable';
      return { ok: false, reason: `The states URL failed: ${failure.message}.`, brokeOff };
    }
    const status = response?.status ?? 0;
    if (status >= 200 && status <= 299) {
      return { ok: true, values: jsonObjectIn(response?.body.toString('utf8') ?? '') ?? {} };
    }
    const isUnknown = status === 404 && action === 'setup';
    const reason = isUnknown
      ? `The target does not know the state "${state}".`
      : `The states URL answered ${status} to the ${action} of "${state}".`;
    return { ok: false, reason, brokeOff: false };
  };

  return {
    url: statesUrl,
    setup: async (state, params = {}) => {
      if (remaining?.() === 0) throw new BudgetExhausted(`No request is left to make use of "${state}".`);
      const id = journal.settingUp(state, params);
      const setup = await act('setup', state, params);
      if (!setup.ok) {
        if (!setup.brokeOff) journal.refused(id);
        return { ok: false, reason: setup.reason };
      }
      const whole = { ...params, ...setup.values };
      journal.settingUp(state, withoutSecrets(whole), id);
      let tornDown: TornDown = { ok: false, reason: '' };
      const tearDown = async () => {
        if (!tornDown.ok) tornDown = await act('teardown', state, whole);
        if (tornDown.ok) journal.deleted(id);
        return tornDown;
      };
      return { ok: true, values: setup.values, tearDown };
    },
    teardown: (state, params) => act('teardown', state, params),
    close: () => connection.close(),
  };
}

/** The state for a user without permission answers a token, which no journal may hold. */
function withoutSecrets({ token: _, ...params }: Members): Members {
  return params;
}

function readStatesUrl(text: string): {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
} {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error(`The states URL ${JSON.stringify(text)} is no http or https URL.`);
  }
  return { origin: url.origin, host: url.host, path: `${url.pathname}${url.search}` };
}
