import { judge } from '../judge/judge.ts';
import { clauses } from '../page/catalogue.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import {
  createStates,
  createTarget,
  type Journal,
  joinJournal,
  type Ledger,
  type NameOptions,
  requestsToCleanUp,
  type States,
  type Target,
  uniqueNames,
} from '../target/index.ts';
import { createEvidence, type Evidence } from '../verdict/evidence.ts';
import type { FunctionUnderTest } from './function-under-test.ts';
import { type Profile, profiles } from './profiles.ts';
import type { RunSettings } from './settings.ts';
import { currentStimulus, note } from './stimulus.ts';

/** What the properties of a run share: one target, one journal, one collection of evidence. */
export interface Session {
  readonly settings: RunSettings;
  readonly profile: Profile;
  readonly target: Target;
  readonly journal: Journal;
  readonly evidence: Evidence;
  /** Provider states, when the target has them. */
  readonly states: States | undefined;
  /** A function name that this run has not used yet. */
  readonly name: (options?: NameOptions) => string;
  /** A text that this run has not used yet, for code, descriptions and version names. */
  readonly nonce: () => string;
  /** Aborted when the run is interrupted. */
  readonly interruption: AbortController;
  /** Every exchange since they were last taken, when they are kept. */
  readonly kept: Exchange[];
  /** The function that the properties publish on. */
  shared: FunctionUnderTest | undefined;
  /** Functions that were created, or tried to be. */
  functions: number;
  /** Why nothing could be arranged. */
  obstacle: string | undefined;
  /** Told how many exchanges were made, as they are made. */
  onExchange: ((exchanges: number) => void) | undefined;
  /** Closes what is open; what was created stays in the journal. */
  close(): Promise<void>;
}

/** Opens what the exchanges of a run share. */
export function openSession(settings: RunSettings, ledger?: Ledger): Session {
  const profile = profiles[settings.profile];
  const evidence = createEvidence(clauses.map(clause => clause.id));
  const interruption = new AbortController();
  const journal = joinJournal(settings.journalPath, settings.runId);
  let exchanges = 0;
  let count = 0;
  const target = createTarget({
    ...settings,
    // Whatever is there must still be deleted when the budget is used up.
    reserved: () => requestsToCleanUp(journal),
    signal: interruption.signal,
    ...(ledger === undefined ? {} : { ledger }),
    observe: (exchange, context) => {
      record(evidence, exchange, context);
      if (settings.keepExchanges) opened.kept.push(exchange);
      opened.onExchange?.(++exchanges);
    },
  });
  const opened: Session = {
    settings,
    profile,
    target,
    journal,
    evidence,
    states:
      settings.statesUrl === undefined
        ? undefined
        : createStates(settings.statesUrl, { ...settings, journal }),
    name: uniqueNames(settings.runId),
    nonce: () => `${settings.runId}-${++count}`,
    interruption,
    kept: [],
    shared: undefined,
    functions: 0,
    obstacle: undefined,
    onExchange: undefined,
    close: async () => {
      await target.close();
      await opened.states?.close();
      journal.close();
    },
  };
  return opened;
}

/** Judges an exchange and keeps what it says, put down to the input that it was made for. */
export function record(evidence: Evidence, exchange: Exchange, context: Context): void {
  const judgement = judge(exchange, context);
  const stimulus = currentStimulus();
  evidence.record(judgement, exchange, stimulus?.counterexample, stimulus?.history);
  note(judgement, exchange);
}
