import type { Exchange } from '../page/exchange.ts';
import { formatUrn } from '../page/urn.ts';
import { bytesOf, isAccepted, publish, type Target, type WireRequest } from '../target/index.ts';
import type { FunctionUnderTest } from './function-under-test.ts';
import type { Session } from './session.ts';

/** So many times in a row the request after the same abuse has to fail until it is no accident. */
const TIMES = 3;

/**
 * Sends what is to be survived and, unless it is accepted, after it a request that creates nothing, over a new connection. Nothing else
 * is under way meanwhile, so that whatever becomes of the target has one cause. When the second one fails, both are
 * sent again: any connection may break once.
 *
 * @param abuse what is sent, in words
 */
export async function survived(
  session: Session,
  subject: FunctionUnderTest,
  abuse: string,
  send: () => Promise<Exchange>,
): Promise<Exchange> {
  const { target } = session;
  const urn = formatUrn({ ...subject.parts, name: session.name() });
  const context = { ...subject.context(), function: 'absent', requestedVersion: 'free' } as const;
  const overNewConnection = target.isDirect ? { write: (request: WireRequest) => [bytesOf(request)] } : {};
  const sendNext = async (after?: string): Promise<Exchange> => {
    const known = after === undefined ? context : { ...context, after };
    return (await publish(target, urn, {}, { ...overNewConnection, context: known, observed: false }))
      .exchange;
  };
  const lost: Exchange[] = [];
  let isToBlame = false;
  return target.alone(async () => {
    try {
      while (true) {
        const exchange = await send();
        if (isAccepted(exchange)) return exchange;
        const next = await sendNext(abuse);
        if (next.response !== undefined || next.failure?.kind === 'timeout') {
          target.observe(next, { ...context, after: abuse });
          return exchange;
        }
        lost.push(next);
        if (lost.length < TIMES) continue;
        isToBlame = (await sendNext()).response !== undefined || isFirstToSilence(target, abuse);
        return exchange;
      }
    } finally {
      const circumstance = isToBlame
        ? { after: `${abuse}, ${TIMES} times in a row` }
        : { dropped: `right after ${abuse}` };
      for (const next of lost) target.observe(next, { ...context, ...circumstance });
    }
  });
}

/** Since what a target leaves the next request without an answer even when nothing comes before it. */
const silencedBy = new WeakMap<Target, string>();

/** Whether nothing else than this has silenced the target before. */
function isFirstToSilence(target: Target, abuse: string): boolean {
  const first = silencedBy.get(target) ?? abuse;
  silencedBy.set(target, first);
  return first === abuse;
}
