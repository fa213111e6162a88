/** A line that says how far a run is. */

import { columnsOf, counted, duration } from './layout.ts';
import { printable } from './printable.ts';

/** What progress is written to: `process.stderr`, usually. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): boolean;
}

/** How far a run is. */
export interface ProgressState {
  /** What is being exercised now. */
  readonly theme: string;
  readonly exchanges: number;
  /** The exchanges that the run is expected to make; 0 when that is not known. */
  readonly expected: number;
  /** Clauses that failed so far, each once. */
  readonly failing: readonly string[];
  readonly elapsedMs: number;
}

export interface Progress {
  update(state: ProgressState): void;
  /** A theme came to its end, with so many exchanges of its own. */
  ended(theme: string, ms: number, exchanges: number): void;
  /** Leaves the terminal as it was, ready for the report. */
  done(): void;
}

const BAR_COLUMNS = 20;
const CLEAR_LINE = '\r\u001b[2K';

/** Before this, what remains would be a guess. */
const LEAST_ELAPSED_MS = 2000;
const LEAST_SHARE = 0.05;

/** One line that changes in place on a terminal; elsewhere one line when a theme that did something has ended. */
export function createProgress(stream: ProgressStream): Progress {
  return stream.isTTY === true ? liveProgress(stream) : quietProgress(stream);
}

function liveProgress(stream: ProgressStream): Progress {
  let shown = '';
  return {
    update(state) {
      const line = liveLine(state, (stream.columns ?? 80) - 1);
      if (line === shown) return;
      shown = line;
      stream.write(CLEAR_LINE + line);
    },
    ended() {},
    done() {
      if (shown !== '') stream.write(CLEAR_LINE);
      shown = '';
    },
  };
}

function quietProgress(stream: ProgressStream): Progress {
  return {
    update() {},
    ended(theme, ms, exchanges) {
      if (exchanges === 0) return;
      stream.write(`${printable(theme)}: ${counted(exchanges, 'exchange')} in ${duration(ms)}\n`);
    },
    done() {},
  };
}

/** The line in at most `columns` columns: what there is no room for goes, the theme first. */
function liveLine(state: ProgressState, columns: number): string {
  const bar = state.expected > 0 ? [barOf(state)] : [];
  const facts = [countsOf(state), timesOf(state), ...failingOf(state)];
  const candidates = [
    [...bar, ...facts, printable(state.theme)],
    [...bar, ...facts],
    [...bar, countsOf(state), ...failingOf(state)],
    [countsOf(state), ...failingOf(state)],
  ].map(parts => parts.join('  '));
  const fitting = candidates.find(line => columnsOf(line) <= columns);
  if (fitting !== undefined) return fitting;
  return Array.from(candidates.at(-1) ?? '')
    .slice(0, Math.max(0, columns))
    .join('');
}

function shareOf({ exchanges, expected }: ProgressState): number {
  return expected > 0 ? Math.min(1, exchanges / expected) : 0;
}

function barOf(state: ProgressState): string {
  const filled = Math.round(shareOf(state) * BAR_COLUMNS);
  return '━'.repeat(filled) + '─'.repeat(BAR_COLUMNS - filled);
}

function countsOf({ exchanges, expected }: ProgressState): string {
  return expected > 0 && exchanges <= expected
    ? `${exchanges}/${expected} exchanges`
    : `${exchanges} exchanges`;
}

function timesOf(state: ProgressState): string {
  const { elapsedMs } = state;
  const share = shareOf(state);
  const elapsed = duration(Math.floor(elapsedMs / 1000) * 1000);
  if (elapsedMs < LEAST_ELAPSED_MS || share < LEAST_SHARE || share === 1) return elapsed;
  const remaining = Math.ceil((elapsedMs * (1 - share)) / share / 1000) * 1000;
  return `${elapsed}, ${duration(remaining)} left`;
}

function failingOf({ failing }: ProgressState): readonly string[] {
  const [first] = failing;
  if (first === undefined) return [];
  const more = failing.length > 1 ? ` +${failing.length - 1}` : '';
  return [`failing: ${printable(first)}${more}`];
}
