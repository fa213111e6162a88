/** Publications whose connection ended without an answer: what became of them is looked up, never tried blindly. */

import { readPublishRequest } from '../judge/read-exchange.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { routeOf } from '../page/operations.ts';
import { requestFaultsOf } from '../page/rules/request-faults.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import { isDropped, MOST_TIMES, type Published, type Target, TargetUnresponsive } from '../target/index.ts';

/** What became of a publication that got no answer. */
export type Fate =
  /** The version that it made, as the version list has it. */
  | { readonly kind: 'published'; readonly version: PublishedVersion }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

/** How a publication is made, and what can be found out about it. */
export interface Attempts {
  /** Publishes, without the exchange being judged yet. */
  readonly publish: () => Promise<Published>;
  /** What is known of the function now. */
  readonly context: () => Context;
  readonly target: Target;
  /** Looks for a version that the function did not have before. */
  readonly look: () => Promise<Fate>;
  /** Brings the function back to where the same request means the same again; answers whether that was possible. */
  readonly restore: (version: PublishedVersion) => Promise<boolean>;
}

/** Endpoints whose last publication of unknown fate got no answer either: twice in a row is no accident. */
const leftUnanswered = new WeakSet<Target>();

/** Endpoints that lose answers by chance: a publication without an answer got one when it was sent again. */
const losesByChance = new WeakSet<Target>();

/** How often by chance is no chance any more, for one answer in 20 lost and hundreds of publications. */
const MOST_TIMES_BY_CHANCE = MOST_TIMES + 2;

/**
 * Publishes. When the connection ends without an answer, it is found out whether a version came to be; the same
 * request is sent again when that does nothing twice. Only what is left without an answer again and again is
 * held against the target, and a single drop is told as what it is.
 */
export async function publishSurely(attempts: Attempts): Promise<Published & { readonly fate?: Fate }> {
  const { publish, context, target, look, restore } = attempts;
  const most = losesByChance.has(target) ? MOST_TIMES_BY_CHANCE : MOST_TIMES;
  const drops: { readonly exchange: Exchange; readonly fate: Fate }[] = [];
  let answered = await publish();
  try {
    while (isDropped(answered.exchange) && !mayEndSo(context())) {
      const fate = await fateOf(answered.exchange, context(), look);
      drops.push({ exchange: answered.exchange, fate });
      if (drops.length === most || fate.kind === 'unknown') break;
      if (fate.kind === 'published' && !(await restore(fate.version))) break;
      // What is sent at regular intervals would meet what is lost at regular intervals each time.
      for (let more = 1; more < drops.length; more++) await look();
      answered = await publish();
    }
  } catch (error) {
    // It may be what stopped the target; a budget that is used up says nothing about it.
    if (error instanceof TargetUnresponsive) target.observe(answered.exchange, context());
    else tell(target, answered.exchange, { kind: 'unknown' }, context());
    throw error;
  }
  const last = drops.at(-1);
  if (!isDropped(answered.exchange) || last === undefined) {
    for (const drop of drops) tell(target, drop.exchange, drop.fate, context());
    leftUnanswered.delete(target);
    if (last !== undefined && !isDropped(answered.exchange)) losesByChance.add(target);
    target.observe(answered.exchange, context());
    return answered;
  }
  const isAccident = drops.length < most && !leftUnanswered.has(target);
  if (last.fate.kind === 'unknown') leftUnanswered.add(target);
  if (isAccident) tell(target, last.exchange, last.fate, context());
  else target.observe(last.exchange, context());
  return { ...answered, fate: last.fate };
}

/** Closing the connection is an answer to a request that abuses HTTP. */
function mayEndSo({ mayClose, form }: Context): boolean {
  return mayClose === true || form?.standing === 'doubtful' || form?.standing === 'broken';
}

async function fateOf({ request }: Exchange, context: Context, look: () => Promise<Fate>): Promise<Fate> {
  const faults = requestFaultsOf(readPublishRequest(request, routeOf(request), context));
  // What must be refused is sent again without harm.
  return faults.some(fault => !fault.answers(200)) ? { kind: 'nothing' } : look();
}

const IN_WORDS: Readonly<Record<Fate['kind'], string | undefined>> = {
  published: 'the version was published all the same',
  // The connection may have been closed before the request arrived, which any server may do.
  nothing: undefined,
  unknown: 'nobody knows whether a version was published',
};

function tell(target: Target, exchange: Exchange, { kind }: Fate, context: Context): void {
  const dropped = IN_WORDS[kind];
  if (dropped !== undefined) target.observe(exchange, { ...context, dropped });
}
