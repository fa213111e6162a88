import { styleText } from 'node:util';
import type { Level } from '../page/clause.ts';
import { printable } from '../report/index.ts';
import type { JudgedExchange } from '../traffic/index.ts';
import { isColoured } from './report-output.ts';

/** What traffic is shown on: `process.stdout`, usually. */
export interface LiveViewStream {
  readonly isTTY?: boolean;
  write(text: string): boolean;
}

/** Shows exchanges as they are judged. */
export interface LiveView {
  /** A line for the exchange, and one for each clause that it is the first to break. */
  judged(exchange: JudgedExchange): void;
  say(line: string): void;
  /** Leaves the terminal ready for the report. */
  end(): void;
}

/** Longer lines are cut. */
const WIDTH = 200;

const MARKS: Readonly<Record<Level, readonly [mark: string, colour: 'red' | 'yellow' | 'dim']>> = {
  required: ['✗', 'red'],
  recommended: ['!', 'yellow'],
  informative: ['i', 'dim'],
};

/** Lines are written at most this often, in milliseconds: a terminal is slower than traffic. */
const PAUSE_MS = 100;

export function createLiveView(stream: LiveViewStream): LiveView {
  const hasColour = isColoured(stream);
  const paint = (colour: 'red' | 'yellow' | 'green' | 'dim', text: string): string =>
    hasColour ? styleText(colour, text, { validateStream: false }) : text;
  const seen = new Set<string>();
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
    lines = [];
  };
  const add = (line: string): void => {
    lines.push(line);
    timer ??= setTimeout(flush, PAUSE_MS);
  };

  return {
    judged({ method, path, status, durationMs, exercised, findings }) {
      const broken = findings.filter(({ level }) => level !== 'informative');
      const mark = broken.length === 0 ? paint('green', '✓') : paint('red', '✗');
      const took = durationMs === undefined ? '' : ` in ${durationMs} ms`;
      const counts = `${exercised} ${exercised === 1 ? 'clause' : 'clauses'}${broken.length === 0 ? '' : `, ${broken.length} broken`}`;
      const request = shortened(`${method} ${path}`);
      add(`${mark} ${request} ${status ?? 'no answer'} ${paint('dim', `${took.trim()} · ${counts}`)}`);
      for (const { clause, level, message } of findings) {
        if (seen.has(clause)) continue;
        seen.add(clause);
        const [sign, colour] = MARKS[level];
        add(`  ${paint(colour, `${sign} ${clause}`)} ${shortened(message)}`);
      }
    },
    say(line) {
      flush();
      stream.write(`${printable(line)}\n`);
    },
    end: flush,
  };
}

function shortened(text: string): string {
  const shown = printable(text);
  return shown.length <= WIDTH ? shown : `${shown.slice(0, WIDTH)}…`;
}
