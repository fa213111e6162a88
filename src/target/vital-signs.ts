import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';

/** What has to be known of a request to tell whether it stopped the target. */
export interface NotedRequest {
  /** The same for requests that are processed alike; none for one that is like no other. */
  readonly shape?: string;
  /** Whether it is nothing that a client would send: bytes that are no HTTP, or a body that is no JSON. */
  readonly isOdd: boolean;
  /** Whether it may well be left without an answer, so that only what follows it tells. */
  readonly mayEnd: boolean;
  readonly inWords: () => string;
}

/** Tells a target that no longer answers anything from one that leaves single requests without an answer. */
export interface VitalSigns {
  /** Why nothing more is sent, in a sentence that names the request that did it; `undefined` while it answers. */
  readonly end: string | undefined;
  /**
   * Notes an exchange that has come to its end. One that got no answer is followed by a look at whether
   * the target still answers others.
   *
   * @param request what was sent
   */
  note(exchange: Exchange, request: NotedRequest): Promise<void>;
  /** What the exchange's context has to say besides, for the judge. */
  verdictOn(exchange: Exchange): Context;
  /** Told of the exchange that did it: when it was judged already, it has to be looked at again. */
  onCulprit(listener: (culprit: Exchange) => void): void;
}

/** Pauses before each look whether a target that refuses connections is back, in milliseconds. */
const LOOKS_MS = [0, 300, 900] as const;

/** So many of the latest answers are remembered: as many as may have been under way at a time. */
const REMEMBERED = 16;

interface Noted extends NotedRequest {
  readonly exchange: Exchange;
  /** Whether none like it was answered before. */
  readonly isNovel: boolean;
  readonly begun: number;
  readonly ended: number;
}

/** @param look asks the target something harmless; `undefined` when that was not possible */
export function watchVitalSigns(look: () => Promise<Exchange | undefined>): VitalSigns {
  const answeredShapes = new Set<string>();
  let answered: readonly Noted[] = [];
  let unanswered: readonly Noted[] = [];
  let looking: Promise<void> | undefined;
  let culprit: Exchange | undefined;
  let end: string | undefined;
  let onCulprit: ((culprit: Exchange) => void) | undefined;

  const lookAfter = async (): Promise<void> => {
    let last: Exchange | undefined;
    for (const pause of LOOKS_MS) {
      await sleep(pause);
      last = await look();
      // Without the means to look, nobody knows.
      if (last === undefined || last.response !== undefined) {
        unanswered = [];
        return;
      }
    }
    const done = whoDidIt(answered, unanswered);
    if (done === undefined) return;
    culprit = done.exchange;
    end = `the target stopped answering after ${done.inWords()}: ${last?.failure?.message ?? 'no answer came'}`;
    onCulprit?.(culprit);
  };

  return {
    get end() {
      return end;
    },
    async note(exchange, request) {
      const { shape, mayEnd } = request;
      const isNovel = shape === undefined || !answeredShapes.has(shape);
      const ended = performance.now();
      const noted = { ...request, exchange, isNovel, begun: ended - (exchange.durationMs ?? 0), ended };
      if (exchange.response !== undefined) {
        if (shape !== undefined) answeredShapes.add(shape);
        answered = [...answered, noted].slice(-REMEMBERED);
        unanswered = unanswered.filter(earlier => earlier.ended > noted.begun);
        return;
      }
      // A target that has never answered is not reachable, which is no fault of its own.
      if (answered.length === 0 || !isSilence(exchange)) return;
      if (exchange.failure?.kind !== 'unreachable') unanswered = [...unanswered, noted];
      const isDue = mayEnd && exchange.failure?.kind !== 'unreachable';
      if (end !== undefined || isDue) return;
      looking ??= lookAfter().finally(() => {
        looking = undefined;
      });
      await looking;
    },
    verdictOn: exchange => {
      if (end === undefined) return {};
      if (exchange === culprit) return { stopped: end };
      return isSilence(exchange) && exchange.response === undefined
        ? { dropped: 'the target had stopped answering' }
        : {};
    },
    onCulprit: listener => {
      onCulprit = listener;
    },
  };
}

function isSilence({ failure }: Exchange): boolean {
  return failure?.kind === 'reset' || failure?.kind === 'timeout' || failure?.kind === 'unreachable';
}

/**
 * The first request without an answer, or the last one with one when all others found nobody. One that is like none
 * before is likelier, be it under way at the same time or answered just before, and likeliest when it is no JSON.
 */
function whoDidIt(answered: readonly Noted[], unanswered: readonly Noted[]): Noted | undefined {
  const first = unanswered[0] ?? answered.at(-1);
  if (first === undefined) return undefined;
  const atTheTime = [...unanswered, ...answered.filter(({ ended }) => ended >= first.begun)];
  const before = answered.findLast(({ ended }) => ended < first.begun);
  const novel = [...atTheTime, ...(before === undefined ? [] : [before])].filter(({ isNovel }) => isNovel);
  return novel.find(({ isOdd }) => isOdd) ?? novel[0] ?? first;
}
