import { isDeepStrictEqual } from 'node:util';
import { jsonObjectIn } from '../page/formats.ts';
import { openConnection } from './connection.ts';
import type { Members } from './operations.ts';

/** What setting up a provider state answered. */
export type StateSetup =
  | {
      readonly ok: true;
      /** Such as `function_urn`, `project_id` or `token`. */
      readonly values: Members;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      /** Whether the call got no answer, so that nobody knows whether the state is set up. */
      readonly brokeOff?: boolean;
    };

/** Provider states of a target, set up and torn down through a URL of its own. */
export interface States {
  setup(state: string, params?: Members): Promise<StateSetup>;
  teardown(state: string, params?: Members): Promise<StateSetup>;
  /** What was set up and not torn down, latest first. */
  pending(): readonly SetUpState[];
  close(): Promise<void>;
}

export interface SetUpState {
  readonly state: string;
  /** What to tear it down with: what it was set up with, and the `function_urn` that was answered. */
  readonly params: Members;
}

export interface StatesOptions {
  /** For one call, in milliseconds. Default: 10000. */
  readonly timeoutMs?: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
}

/**
 * Speaks to a states URL: `POST` with `{state, action, params}`, the form of Pact's provider-state calls.
 * These calls are no exchanges with the target: they are not judged, counted or paced.
 *
 * @throws Error when the URL cannot be used
 */
export function createStates(statesUrl: string, options: StatesOptions = {}): States {
  const { origin, host, path } = readStatesUrl(statesUrl);
  const connection = openConnection({ timeoutMs: 10_000, ...options, origin });
  const open: SetUpState[] = [];

  const act = async (action: 'setup' | 'teardown', state: string, params: Members): Promise<StateSetup> => {
    const body = Buffer.from(JSON.stringify({ state, action, params }));
    const headers = { host, accept: 'application/json', 'content-type': 'application/json' };
    const { response, failure } = await connection.exchange({ method: 'POST', path, headers, body });
    if (failure !== undefined) {
      const brokeOff = failure.kind !== 'unreachable';
      return { ok: false, reason: `The states URL failed: ${failure.message}.`, brokeOff };
    }
    const status = response?.status ?? 0;
    if (status === 404) return { ok: false, reason: `The target does not know the state "${state}".` };
    if (status < 200 || status > 299) {
      return { ok: false, reason: `The states URL answered ${status} to the ${action} of "${state}".` };
    }
    return { ok: true, values: jsonObjectIn(response?.body.toString('utf8') ?? '') ?? {} };
  };

  return {
    setup: async (state, params = {}) => {
      const setup = await act('setup', state, params);
      // What a call that broke off may have set up is torn down as well.
      if (setup.ok) open.push({ state, params: withUrn(params, setup.values) });
      else if (setup.brokeOff === true) open.push({ state, params });
      return setup;
    },
    teardown: async (state, params = {}) => {
      const teardown = await act('teardown', state, params);
      const index = open.findLastIndex(each => each.state === state && isMeant(each.params, params));
      if (teardown.ok && index !== -1) open.splice(index, 1);
      return teardown;
    },
    pending: () => [...open].reverse(),
    close: () => connection.close(),
  };
}

function withUrn(params: Members, { function_urn: urn }: Members): Members {
  return urn === undefined ? params : { ...params, function_urn: urn };
}

/** Whether a teardown with these parameters is about this state: by its function, else by all of them. */
function isMeant(open: Members, params: Members): boolean {
  return params.function_urn === undefined
    ? isDeepStrictEqual({ ...open, function_urn: undefined }, { ...params, function_urn: undefined })
    : open.function_urn === params.function_urn;
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
