import { expect, test } from 'vitest';
import { createProgress, type ProgressState } from './progress.ts';

const CLEAR = '\r\u001b[2K';

function recorder(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, stream: columns === undefined ? { isTTY, write } : { isTTY, columns, write } };
}

const state: ProgressState = {
  theme: 'requests',
  exchanges: 30,
  expected: 120,
  failing: ['body.cpu.type', 'body.type'],
  elapsedMs: 3400,
};

function lineOf(change: Partial<ProgressState>, columns = 120): string {
  const { written, stream } = recorder(true, columns);
  createProgress(stream).update({ ...state, ...change });
  return (written[0] ?? '').slice(CLEAR.length);
}

test('a terminal shows one line that changes in place and goes away', () => {
  const { written, stream } = recorder(true, 120);
  const progress = createProgress(stream);
  progress.update(state);
  progress.update(state);
  progress.ended('requests', 100, 30);
  progress.done();
  progress.done();
  expect(written).toEqual([
    `${CLEAR}━━━━━───────────────  30/120 exchanges  3.0 s, 11.0 s left  failing: body.cpu.type +1  requests`,
    CLEAR,
  ]);
});

test('the line never fills a terminal, so that it never scrolls', () => {
  for (const columns of [1, 10, 30, 60, 80]) {
    const line = lineOf({ theme: 'a theme with a name that is quite long' }, columns);
    expect(line.length).toBeLessThan(columns);
  }
});

test.each([
  [{ exchanges: 500 }, '━━━━━━━━━━━━━━━━━━━━  500 exchanges  3.0 s  failing: body.cpu.type +1  requests'],
  [{ expected: 0, failing: [] }, '30 exchanges  3.0 s  requests'],
  [
    { elapsedMs: 900, failing: ['body.type'] },
    '━━━━━───────────────  30/120 exchanges  0 ms  failing: body.type  requests',
  ],
])('of %j it says what is known', (change, expected) => {
  expect(lineOf(change)).toBe(expected);
});

test('elsewhere there is one plain line for each theme that did something', () => {
  const { written, stream } = recorder(false);
  const progress = createProgress(stream);
  progress.update(state);
  progress.ended('requests', 1234, 30);
  progress.ended('state', 3, 0);
  progress.done();
  expect(written).toEqual(['requests: 30 exchanges in 1.2 s\n']);
});
