/** A line that says how far a run is. */

import { columnsOf } from './layout.ts';
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
  /** The most exchanges that the run will make; 0 when that is not known. */
  readonly budget: number;
  /** Clauses that failed so far. */
  readonly failing: number;
}

export interface Progress {
  update(state: ProgressState): void;
  /** Leaves the terminal as it was, ready for the report. */
  done(): void;
}

const BAR_COLUMNS = 20;
const THEME_COLUMNS = 20;
const CLEAR_LINE = '\r\u001b[2K';

/** One line that changes in place on a terminal; elsewhere one line when a theme begins. */
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
    done() {
      if (shown !== '') stream.write(CLEAR_LINE);
      shown = '';
    },
  };
}

function quietProgress(stream: ProgressStream): Progress {
  const begun = new Set<string>();
  return {
    update(state) {
      if (begun.has(state.theme)) return;
      begun.add(state.theme);
      stream.write(`${printable(state.theme)}: begins after ${countsOf(state)}\n`);
    },
    done() {},
  };
}

/** The line in at most `columns` columns: the bar goes first when there is no room. */
function liveLine(state: ProgressState, columns: number): string {
  const theme = printable(state.theme).padEnd(THEME_COLUMNS);
  const counts = countsOf(state);
  const line = [theme, ...(state.budget > 0 ? [barOf(state)] : []), counts].join('  ');
  if (columnsOf(line) <= columns) return line;
  return Array.from(`${printable(state.theme)}  ${counts}`)
    .slice(0, Math.max(0, columns))
    .join('');
}

function barOf({ exchanges, budget }: ProgressState): string {
  const filled = Math.round(Math.min(1, Math.max(0, exchanges / budget)) * BAR_COLUMNS);
  return '━'.repeat(filled) + '─'.repeat(BAR_COLUMNS - filled);
}

function countsOf({ exchanges, budget, failing }: ProgressState): string {
  const made = budget > 0 ? `${exchanges}/${budget}` : String(exchanges);
  return `${made} exchanges, ${failing} failing`;
}
