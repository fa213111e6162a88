import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

const CLEAR = '\r\u001b[2K';

function recorder(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, stream: columns === undefined ? { isTTY, write } : { isTTY, columns, write } };
}

const state = { theme: 'requests', exchanges: 30, budget: 120, failing: 2 };

test('a terminal shows one line that changes in place and goes away', () => {
  const { written, stream } = recorder(true, 80);
  const progress = createProgress(stream);
  progress.update(state);
  progress.update(state);
  progress.update({ ...state, exchanges: 120 });
  progress.done();
  progress.done();
  expect(written).toHaveLength(3);
  expect(written[0]).toBe(`${CLEAR}requests              ━━━━━───────────────  30/120 exchanges, 2 failing`);
  expect(written[1]).toContain('━'.repeat(20));
  expect(written[2]).toBe(CLEAR);
});

test('the line never fills a terminal, so that it never scrolls', () => {
  for (const columns of [1, 10, 30, 60, 80]) {
    const { written, stream } = recorder(true, columns);
    createProgress(stream).update({ ...state, theme: 'a theme with a name that is quite long' });
    expect((written[0] ?? '').length - CLEAR.length).toBeLessThan(columns);
  }
});

test('more exchanges than budgeted, or no budget, are fine', () => {
  const { written, stream } = recorder(true);
  const progress = createProgress(stream);
  progress.update({ ...state, exchanges: 500 });
  progress.update({ ...state, budget: 0 });
  expect(written[0]).toContain(`${'━'.repeat(20)}  500/120 exchanges`);
  expect(written[1]).toBe(`${CLEAR}requests              30 exchanges, 2 failing`);
});

test('elsewhere there is one plain line for each theme', () => {
  const { written, stream } = recorder(false);
  const progress = createProgress(stream);
  progress.update({ ...state, exchanges: 0 });
  progress.update(state);
  progress.update({ ...state, theme: 'state' });
  progress.update(state);
  progress.done();
  expect(written).toEqual([
    'requests: begins after 0/120 exchanges, 2 failing\n',
    'state: begins after 30/120 exchanges, 2 failing\n',
  ]);
});
