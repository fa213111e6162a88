import type { Judgement } from '../judge/finding.ts';
import type { Exchange } from '../page/exchange.ts';
import { type ChoiceEvidence, type ChoiceEvidenceData, createChoiceEvidence } from './choice-evidence.ts';
import type { Reproduction } from './reproduction.ts';

/** What shows a finding again: the input that was put in, and where fast-check finds it. */
export interface Counterexample {
  readonly input: unknown;
  readonly seed?: number;
  readonly path?: string;
}

/** A finding with the exchange that shows it. */
export interface SeenFinding {
  readonly message: string;
  readonly pointer?: string;
  readonly exchange: Exchange;
  /** The exchanges that must come before it, for a finding that only a history shows. */
  readonly before?: readonly Exchange[];
  readonly counterexample?: Counterexample;
  /** How it comes about from nothing, when that is known. */
  readonly reproduction?: Reproduction;
  /** Whether the same input did not show it again. */
  readonly isFlaky?: boolean;
  /** Whether the counterexample is as small as the suite could make it. */
  readonly isShrunk: boolean;
}

/** What was seen of one clause. */
export interface ClauseEvidence {
  readonly exercised: number;
  readonly violations: number;
  readonly findings: readonly SeenFinding[];
  /** Why it was not exercised, when something stood in the way. */
  readonly obstacle?: string;
}

/** Everything that was seen, as plain data that can be sent from a worker and merged. */
export interface EvidenceData {
  readonly exchanges: number;
  readonly clauses: Readonly<Record<string, ClauseEvidence>>;
  readonly choices: ChoiceEvidenceData;
  /** How many inputs of each kind were left out on purpose. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Collects judgements while a suite runs. */
export interface Evidence {
  /** How the target uses the freedom that the page leaves. */
  readonly choices: Pick<ChoiceEvidence, 'note' | 'isExample'>;
  /** Adds what an exchange says. */
  record(
    judgement: Judgement,
    exchange: Exchange,
    counterexample?: Counterexample,
    before?: readonly Exchange[],
  ): void;
  /** Puts the smallest counterexample of a clause before the others; counts nothing. */
  keepShrunk(clauseId: string, finding: Omit<SeenFinding, 'isShrunk'>): void;
  /** Adds to the messages of a clause that what they say was not seen again; it still fails. */
  markFlaky(clauseId: string, note: string): void;
  /** Says why clauses whose ids begin with one of these could not be exercised; the first reason stays. */
  obstruct(idPrefixes: readonly string[], reason: string): void;
  /** Says how many inputs of a kind were left out on purpose. */
  leaveOut(inputs: string, count: number): void;
  /** Adds what was collected elsewhere, as later than what is here. */
  add(data: EvidenceData): void;
  /** What was collected since the last call. */
  take(): EvidenceData;
}

/** At most so many findings of a clause are kept: the first ones, each with a message of its own. */
export const KEPT_FINDINGS = 3;

const NONE: ClauseEvidence = { exercised: 0, violations: 0, findings: [] };

/** What is counted in place: most exchanges exercise dozens of clauses and break none. */
type Tally = ClauseEvidence & { exercised: number };

/**
 * Makes an empty collection.
 *
 * @param clauseIds the clauses of the catalogue; evidence for any other is an error
 */
export function createEvidence(clauseIds: readonly string[]): Evidence {
  let exchanges = 0;
  let clauses = new Map<string, Tally>();
  let leftOut = new Map<string, number>();
  const choices = createChoiceEvidence();
  const known = new Set(clauseIds);
  const change = (id: string, how: (seen: ClauseEvidence) => ClauseEvidence): void => {
    // A verdict would say nothing of it.
    if (!known.has(id)) throw new Error(`There is evidence for ${id}, which the catalogue does not have.`);
    clauses.set(id, how(clauses.get(id) ?? NONE));
  };
  return {
    choices,
    record({ exercised, findings, choices: shown }, exchange, counterexample, before) {
      exchanges++;
      for (const each of shown) choices.note(each, exchange);
      for (const id of exercised) {
        const seen = clauses.get(id);
        if (seen === undefined) change(id, none => ({ ...none, exercised: 1 }));
        else seen.exercised++;
      }
      for (const { clause, message, pointer } of findings) {
        const found: SeenFinding = {
          message,
          exchange,
          isShrunk: false,
          ...(pointer === undefined ? {} : { pointer }),
          ...(counterexample === undefined ? {} : { counterexample }),
          ...(before === undefined ? {} : { before: [...before] }),
        };
        change(clause, seen => ({
          ...seen,
          violations: seen.violations + 1,
          findings: keep(seen.findings, [found]),
        }));
      }
    },
    keepShrunk(clauseId, finding) {
      change(clauseId, seen => ({
        ...seen,
        findings: keep(seen.findings, [{ ...finding, isShrunk: true }]),
      }));
    },
    markFlaky(clauseId, note) {
      change(clauseId, seen => ({
        ...seen,
        findings: seen.findings.map(finding => ({
          ...finding,
          message: `${finding.message}${note}`,
          isFlaky: true,
        })),
      }));
    },
    obstruct(idPrefixes, reason) {
      for (const id of clauseIds) {
        if (idPrefixes.some(prefix => id.startsWith(prefix)))
          change(id, seen => ({ obstacle: reason, ...seen }));
      }
    },
    leaveOut(inputs, count) {
      if (count > 0) leftOut.set(inputs, (leftOut.get(inputs) ?? 0) + count);
    },
    add(data) {
      exchanges += data.exchanges;
      for (const [id, seen] of Object.entries(data.clauses)) change(id, had => together(had, seen));
      choices.add(data.choices);
      for (const [inputs, count] of Object.entries(data.leftOut))
        leftOut.set(inputs, (leftOut.get(inputs) ?? 0) + count);
    },
    take() {
      const data = {
        exchanges,
        clauses: Object.fromEntries(clauses),
        choices: choices.take(),
        leftOut: Object.fromEntries(leftOut),
      };
      leftOut = new Map();
      exchanges = 0;
      clauses = new Map();
      return data;
    },
  };
}

/** Shrunk findings first, the smallest before the others, then the earliest; one for each message. */
function keep(had: readonly SeenFinding[], found: readonly SeenFinding[]): readonly SeenFinding[] {
  const all = [...had, ...found];
  const shrunk = all.filter(({ isShrunk }) => isShrunk).sort((one, other) => sizeOf(one) - sizeOf(other));
  const shrunkFirst = [...shrunk, ...all];
  const distinct = shrunkFirst.filter(
    (each, index) => shrunkFirst.findIndex(other => other.message === each.message) === index,
  );
  return distinct.slice(0, KEPT_FINDINGS);
}

/** How much there is to read of its counterexample. */
function sizeOf({ counterexample }: SeenFinding): number {
  return counterexample === undefined ? 0 : JSON.stringify(counterexample.input).length;
}

/** What was seen of a clause here and there. */
function together(had: ClauseEvidence, seen: ClauseEvidence): ClauseEvidence {
  const obstacle = had.obstacle ?? seen.obstacle;
  return {
    exercised: had.exercised + seen.exercised,
    violations: had.violations + seen.violations,
    findings: keep(had.findings, seen.findings),
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}

/** Evidence of several collections as one. */
export function mergeEvidence(parts: readonly EvidenceData[]): EvidenceData {
  const all = createEvidence(parts.flatMap(({ clauses }) => Object.keys(clauses)));
  for (const part of parts) all.add(part);
  return all.take();
}
