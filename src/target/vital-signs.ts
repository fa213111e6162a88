import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { isAccepted } from './operations.ts';

/** What has to be known of a request to tell whether it stopped the target. */
export interface NotedRequest {
  /** The same for requests that are processed alike; none for one that is like no other. */
  readonly shape?: string;
  /** Whether it is nothing that a client would send: bytes that are no HTTP, or a body that is no JSON. */
  readonly isOdd: boolean;
  /** Whether it may well be left without an answer, so that only what follows it tells. */
  readonly mayEnd: boolean;
  /** When it was begun and ended, by the same clock. */
  readonly begun: number;
  readonly ended: number;
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
  /**
   * To be awaited before a request that may stop the target, while nothing else is under way: looks at whether the last one of
   * that kind was survived, when no answer has shown it since. So a request that stops the target is named for certain.
   */
  settled(): Promise<void>;
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
    const suspects = whoMayHaveDoneIt(answered, unanswered);
    if (suspects[0] === undefined) return;
    culprit = suspects[0].exchange;
    end = `the target stopped answering after ${inWords(suspects)}: ${last?.failure?.message ?? 'no answer came'}`;
    onCulprit?.(culprit);
  };

  return {
    get end() {
      return end;
    },
    async note(exchange, request) {
      const { shape, isOdd, mayEnd } = request;
      const isNovel = shape === undefined || isOdd || !answeredShapes.has(shape);
      const noted = { ...request, exchange, isNovel };
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
    async settled() {
      const last = answered.at(-1);
      if (last === undefined || !isOddAndRefused(last) || end !== undefined) return;
      await lookAfter();
      answered = answered.map(each => (each === last ? { ...each, isNovel: false, isOdd: false } : each));
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
 * What was under way when the first request got no answer, or the last one that got one. Only what is like none before,
 * if anything is, and what is no JSON first.
 */
function whoMayHaveDoneIt(answered: readonly Noted[], unanswered: readonly Noted[]): readonly Noted[] {
  const first = unanswered[0] ?? answered.at(-1);
  if (first === undefined) return [];
  const atTheTime = [
    ...unanswered.filter(({ begun }) => begun <= first.ended),
    ...answered.filter(({ ended }) => ended >= first.begun),
  ];
  const novel = atTheTime.filter(({ isNovel }) => isNovel);
  const before = answered.findLast(({ ended }) => ended < first.begun);
  // Its answer may have been the last thing that the target did.
  const isSuspect = before?.isNovel === true && (isOddAndRefused(before) || novel.length === 0);
  const suspects = isSuspect ? [...novel, before] : novel;
  if (suspects.length > 0) return suspects.toSorted((one, other) => Number(other.isOdd) - Number(one.isOdd));
  return [first, ...atTheTime.filter(each => each !== first)];
}

/** Whether the target may have ended of it after its answer: not when that was to serve it well. */
function isOddAndRefused({ isOdd, exchange }: Noted): boolean {
  return isOdd && !isAccepted(exchange);
}

/** So many suspects are quoted. */
const QUOTED = 4;

function inWords(suspects: readonly Noted[]): string {
  const words = suspects.slice(0, QUOTED).map(suspect => suspect.inWords());
  if (suspects.length < 2) return words.join('');
  const more = suspects.length > QUOTED ? `; ${suspects.length - QUOTED} more` : '';
  return `one of these ${suspects.length} requests: ${words.join('; ')}${more}`;
}
