import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { routeOf } from '../page/operations.ts';
import { parseFullUrn, parseUrnParameter, withoutQualifier } from '../page/urn.ts';
import { isAccepted, type TargetRequest } from '../target/index.ts';
import type { ArrangedState, Reproduction } from '../verdict/reproduction.ts';
import { type Extent, reproductionOf, type Said, wholeHistoryOf } from './reproduction-of.ts';
import type { Sent } from './sent.ts';
import { currentStimulus } from './stimulus.ts';

/** Everything that a run sends: what was there before a finding, so that it can be shown from nothing. */
export interface Transcript {
  /** Notes that something is sent; to be called with the exchange that came of it. */
  readonly begin: (asked: TargetRequest, context: Context) => (exchange: Exchange) => void;
  /** Notes a provider state that was set up. */
  readonly setUp: (state: ArrangedState) => void;
  /** What is known of an exchange of this run. */
  readonly sentFor: (exchange: Exchange) => Sent | undefined;
  /** Everything that was sent about its function until then, in order, itself last. */
  readonly historyOf: (shown: Sent) => readonly Sent[];
  /** How a finding that the exchange shows comes about from nothing. */
  readonly reproductionOf: (said: Said, shown: Sent, extent?: Extent) => Reproduction;
}

const volleys = new AsyncLocalStorage<object>();

/** Does what sends several requests at the same time, so that they are shown at the same time. */
export function inOneVolley<Result>(work: () => Promise<Result>): Promise<Result> {
  return volleys.run({}, work);
}

export function createTranscript(): Transcript {
  const all: Sent[] = [];
  const ofExchange = new WeakMap<Exchange, Sent>();
  const states: ArrangedState[] = [];
  let clock = 0;
  const until = (shown: Sent) =>
    all.filter(({ begun }) => begun < shown.ended).sort((one, other) => one.begun - other.begun);
  return {
    begin: (asked, context) => {
      const begun = clock++;
      const volley = volleys.getStore();
      const stimulus = currentStimulus();
      return exchange => {
        const sent = { ...sentIn(exchange), asked, context, volley, stimulus, begun, ended: clock++ };
        all.push(sent);
        ofExchange.set(exchange, sent);
      };
    },
    setUp: state => states.push(state),
    sentFor: exchange => ofExchange.get(exchange),
    historyOf: shown => wholeHistoryOf(shown, until(shown)),
    reproductionOf: (said, shown, extent = 'least') =>
      reproductionOf(said, shown, { sent: until(shown), states, extent }),
  };
}

/** What is kept of an exchange: answers may be large. */
function sentIn(
  exchange: Exchange,
): Pick<Sent, 'request' | 'isAccepted' | 'createdUrn' | 'version' | 'operation' | 'name'> {
  const { request, response } = exchange;
  const route = routeOf(request);
  const operation = route?.operation;
  const sent = { request, operation, isAccepted: isAccepted(exchange) };
  const answer = (): Readonly<Record<string, unknown>> => jsonObjectIn(response?.body ?? '') ?? {};
  if (operation === 'create function') {
    const { func_urn: urn } = answer();
    const isKnown = typeof urn === 'string' && parseFullUrn(urn) !== undefined;
    const name = String(jsonObjectIn(request.body ?? '')?.func_name);
    return { ...sent, name, ...(isKnown ? { createdUrn: withoutQualifier(urn) } : {}) };
  }
  const name = parseUrnParameter(route?.functionUrn ?? '')?.name;
  const version = operation === 'publish' && sent.isAccepted ? answer().version : undefined;
  return { ...sent, name, ...(typeof version === 'string' ? { version } : {}) };
}
