import { setTimeout as sleep } from 'node:timers/promises';
import { GATEWAY_STATUSES } from '../page/values.ts';
import { BudgetExhausted } from './budget.ts';
import { interruptibly } from './interruption.ts';
import type { Pace } from './pace.ts';

/** Pauses before the second, third and fourth attempt, when the gateway names none, in milliseconds. */
const PAUSES_MS = [500, 1000, 2000] as const;

/** All pauses of one request together. */
const LONGEST_PAUSE_MS = 20_000;

const TOO_MANY_REQUESTS = 429;

/** How an attempt came out, as far as trying again is concerned. */
export interface Attempted {
  readonly response?: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  readonly failure?: unknown;
}

/**
 * Makes attempts until one gets an answer that is no gateway's, and answers that one, or the last one that
 * the retries and the budget allow. A 429 holds back the other requests as well.
 *
 * @param isWorthwhile whether a gateway's answer is asked again at all
 * @throws Interrupted when the signal is aborted between attempts
 */
export async function retried<Outcome extends Attempted>(
  attempt: () => Promise<Outcome>,
  pace: Pace,
  signal: AbortSignal | undefined,
  isWorthwhile: () => boolean = () => true,
): Promise<Outcome> {
  let exchange = await attempt();
  let pausedMs = 0;
  for (let retries = 0; ; retries++) {
    const pause = isWorthwhile() ? pauseBeforeRetry(exchange, retries, pausedMs) : undefined;
    if (pause === undefined) return exchange;
    pausedMs += pause;
    if (exchange.response?.status === TOO_MANY_REQUESTS) pace.hold(pause);
    await interruptibly(signal, stop => sleep(pause, undefined, stop === undefined ? {} : { signal: stop }));
    try {
      exchange = await attempt();
    } catch (error) {
      if (error instanceof BudgetExhausted) return exchange;
      throw error;
    }
  }
}

/**
 * How long to wait before a request is sent again, in milliseconds; `undefined` when its answer stands.
 * Only a gateway's answer (429, 502, 503, 504) is asked again, at most three times, and never before or
 * after the time that Retry-After names.
 *
 * @param retries how often it was sent again already
 * @param pausedMs how long that took
 */
export function pauseBeforeRetry(
  { response, failure }: Attempted,
  retries: number,
  pausedMs: number,
  now: number = Date.now(),
): number | undefined {
  const growing = PAUSES_MS[retries];
  if (failure !== undefined || response === undefined || growing === undefined) return undefined;
  if (!isGatewayStatus(response.status)) return undefined;
  const pause = askedFor(response.headers['retry-after'], now) ?? growing;
  return pausedMs + pause > LONGEST_PAUSE_MS ? undefined : pause;
}

/** Whether an answer with this status is the gateway's, and says nothing about the target. */
export function isGatewayStatus(status: number): boolean {
  return GATEWAY_STATUSES.some(gateway => gateway === status);
}

/** Retry-After in milliseconds: seconds, or an HTTP date. */
function askedFor(retryAfter: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
