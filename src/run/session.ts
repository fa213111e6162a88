import { AsyncLocalStorage } from 'node:async_hooks';
import { functionKeyOf } from '../judge/function-key.ts';
import { judge } from '../judge/judge.ts';
import { watchOverlaps } from '../judge/overlap.ts';
import { createFollower } from '../judge/past.ts';
import { clauses } from '../page/catalogue.ts';
import type { FunctionPast } from '../page/choices/past.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import {
  createStates,
  createTarget,
  type Journal,
  joinJournal,
  type Ledger,
  type NameOptions,
  openJournal,
  requestsToCleanUp,
  type States,
  type Target,
  uniqueNames,
} from '../target/index.ts';
import { createEvidence, type Evidence } from '../verdict/evidence.ts';
import type { FunctionUnderTest } from './function-under-test.ts';
import { createLanes, type Lanes, type Order, type Place } from './lanes.ts';
import { type Profile, profiles } from './profiles.ts';
import { isRepetition } from './repetition.ts';
import type { RunSettings } from './settings.ts';
import { currentStimulus, note } from './stimulus.ts';
import { createTranscript, type Transcript } from './transcript.ts';

/**
 * A run, or a part of it. All parts share one target, one journal and one budget. Names, evidence and the
 * function that it publishes on are a part's own: parts go on side by side, and none depends on how far
 * another one is.
 */
export interface Session extends Common {
  readonly order: Order;
  readonly evidence: Evidence;
  /** A function name that this run has not used yet. */
  readonly name: (options?: NameOptions) => string;
  /** A text that this run has not used yet, for code, descriptions and version names. */
  readonly nonce: () => string;
  /** Every exchange since they were last taken, when they are kept. */
  readonly kept: Exchange[];
  /** The function that is published on. */
  shared: FunctionUnderTest | undefined;
  /** How many versions the function of `--function-urn` had, where the server lists them. */
  versionsBefore: number | undefined;
  /** Its place in the lanes, while it has one. */
  place: Place | undefined;
  /** Told how many exchanges the run made so far, at each exchange of this part. */
  onExchange: OnExchange | undefined;
  /** A part of this part: the next one, or the one of this number. */
  part(number?: number): Session;
  /** Closes what is open; what was created stays in the journal. */
  close(): Promise<void>;
}

type SessionSettings = Omit<RunSettings, 'journalPath'> & Partial<Pick<RunSettings, 'journalPath'>>;

/** What all parts of a run share. */
interface Common {
  readonly settings: SessionSettings;
  readonly profile: Profile;
  readonly target: Target;
  readonly journal: Journal;
  readonly transcript: Transcript;
  /** Provider states, when the target has them. */
  readonly states: States | undefined;
  /** Aborted when the run is interrupted. */
  readonly interruption: AbortController;
  readonly lanes: Lanes;
  readonly progress: Progress;
  /** Whether everything goes one after the other and on one function, to make do with few requests or with that one. */
  readonly isOneLane: boolean;
}

/** How far a run is. */
export interface Progress {
  exchanges: number;
  /** Functions that were created, or tried to be. */
  functions: number;
  /** Whether the first function to publish on could be arranged; if not, no other is tried. */
  canArrange: Promise<boolean> | undefined;
  /** Why a function could not be arranged. */
  obstacle: string | undefined;
}

export type OnExchange = (exchanges: number) => void;

const working = new AsyncLocalStorage<Session>();

/** Works for a part: what it exchanges meanwhile is judged there. */
export function workingFor<Result>(part: Session, work: () => Promise<Result>): Promise<Result> {
  return working.run(part, work);
}

/** Opens what the exchanges of a run share. Without a path the journal is kept in memory. */
export function openSession(settings: SessionSettings, ledger?: Ledger): Session {
  const profile = profiles[settings.profile];
  const interruption = new AbortController();
  const journal = journalOf(settings);
  const progress: Progress = { exchanges: 0, functions: 0, canArrange: undefined, obstacle: undefined };
  const isOneLane = profile.isBrief || settings.arrange === 'none';
  const transcript = createTranscript();
  const follower = createFollower();
  const overlaps = watchOverlaps();
  const overlapping = new WeakSet<Exchange>();
  const target = createTarget({
    ...settings,
    // Whatever is there must still be deleted when the budget is used up.
    reserved: () => (settings.keep ? 0 : requestsToCleanUp(journal)),
    signal: interruption.signal,
    begin: (asked, context) => {
      const noted = transcript.begin(asked, context);
      const request = { method: asked.method, url: asked.path };
      const ended = overlaps.begin(request, functionKeyOf(request));
      return exchange => {
        if (ended() !== 'nothing') overlapping.add(exchange);
        noted(exchange);
      };
    },
    ...(ledger === undefined ? {} : { ledger }),
    observe: (exchange, context) => {
      if (isRepetition()) return;
      const part = working.getStore() ?? whole;
      record(part.evidence, exchange, context, follower.next(exchange, overlapping.has(exchange)));
      if (settings.keepExchanges) part.kept.push({ ...exchange, ...circumstanceOf(context) });
      part.place?.spend();
      part.onExchange?.(++progress.exchanges);
    },
  });
  const whole = partOf(
    {
      settings,
      profile,
      target,
      journal,
      transcript,
      states:
        settings.statesUrl === undefined
          ? undefined
          : createStates(settings.statesUrl, { ...settings, journal, remaining: () => target.remaining }),
      interruption,
      lanes: createLanes(isOneLane ? 1 : settings.concurrency, () => target.remaining),
      progress,
      isOneLane,
    },
    [],
  );
  return whole;
}

function journalOf({ journalPath, runId }: SessionSettings): Journal {
  return journalPath === undefined ? openJournal() : joinJournal(journalPath, runId);
}

function partOf(common: Common, order: Order, onExchange?: OnExchange): Session {
  const place = order.map(number => number.toString(36));
  const { runId } = common.settings;
  let count = 0;
  let parts = 0;
  const session: Session = {
    ...common,
    order,
    evidence: createEvidence(clauses.map(clause => clause.id)),
    name: uniqueNames(runId, place),
    nonce: () => [runId, ...place, (++count).toString(36)].join('-'),
    kept: [],
    shared: undefined,
    versionsBefore: undefined,
    place: undefined,
    onExchange,
    part: (number = ++parts) => partOf(common, [...order, number], session.onExchange),
    close: async () => {
      await common.target.close();
      await common.states?.close();
      common.journal.close();
    },
  };
  return session;
}

/** What of the context a recording of the exchange alone would be judged wrongly without. */
function circumstanceOf({ form, serviceFails }: Context): Pick<Exchange, 'circumstance'> {
  if (form !== undefined) return { circumstance: form.title };
  return serviceFails === true ? { circumstance: 'the target was told to fail' } : {};
}

/** Judges an exchange and keeps what it says, put down to the input that it was made for. */
export function record(evidence: Evidence, exchange: Exchange, context: Context, past?: FunctionPast): void {
  const judgement = judge(exchange, context, past);
  const stimulus = currentStimulus();
  evidence.record(judgement, exchange, stimulus?.counterexample, stimulus?.history);
  note(judgement, exchange);
}
