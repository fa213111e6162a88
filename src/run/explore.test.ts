import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { type Exploration, explore, inParallel } from './explore.ts';
import { settingsOf } from './options.ts';
import { openSession, type Session } from './session.ts';
import { currentStimulus, note } from './stimulus.ts';

const CLAUSE = 'body.timeout.range';

function exchangeFor(input: number): Exchange {
  return { request: { method: 'POST', url: `/${input}`, headers: {} } };
}

/** A session that sends nothing. */
function sessionOf(): Session {
  const target = { endpoint: 'http://127.0.0.1:1', projectId: 'p', credentials: { token: 't' } };
  const { journalPath: _none, ...settings } = settingsOf({}, target);
  return openSession(settings);
}

/** A target that breaks the clause for every number from 100 on. */
function exploration(seen: number[], more: Partial<Exploration<number>> = {}): Exploration<number> {
  return {
    examples: [],
    arbitrary: fc.integer({ min: 0, max: 100_000 }),
    runs: 50,
    perLane: 3,
    attempt: async input => {
      seen.push(input);
      if (input < 100) return;
      const finding = {
        clause: CLAUSE,
        subject: 'body.timeout',
        level: 'required',
        message: 'too long',
      } as const;
      note({ findings: [finding] }, exchangeFor(input));
    },
    ...more,
  };
}

describe('explore', () => {
  test('makes the counterexample as small as it can be, and says where fast-check finds it', async () => {
    const session = sessionOf();
    const { evidence } = session;
    await explore(exploration([]), session, { seed: 42, shrinkAttempts: 1000 });
    const [finding] = evidence.take().clauses[CLAUSE]?.findings ?? [];
    expect(finding?.counterexample).toMatchObject({ input: 100, seed: 42 });
    const { seed, path } = finding?.counterexample ?? {};
    const holds = fc.property(fc.integer({ min: 0, max: 100_000 }), input => input < 100);
    const again = fc.check(holds, {
      ...(seed === undefined ? {} : { seed }),
      ...(path === undefined ? {} : { path }),
      endOnFailure: true,
    });
    expect(again.counterexample).toEqual([100]);
  });

  test('spends no more attempts on shrinking than it may', async () => {
    const seen: number[] = [];
    await explore(exploration(seen), sessionOf(), { seed: 42, shrinkAttempts: 5 });
    expect(seen.length).toBeLessThanOrEqual(50 + 5);
  });

  test('tries every input although the first ones fail', async () => {
    const seen: number[] = [];
    await explore(exploration(seen, { examples: [500, 1, 600], runs: 0 }), sessionOf(), {
      seed: 1,
      shrinkAttempts: 0,
    });
    expect(seen.sort()).toEqual([1, 500, 600]);
  });

  test('shows less than the example where less breaks the clause too', async () => {
    const session = sessionOf();
    const { evidence } = session;
    const examples = { examples: [5000], runs: 0, simplify: () => 200 };
    await explore(exploration([], examples), session, { seed: 1, shrinkAttempts: 10 });
    const findings = evidence.take().clauses[CLAUSE]?.findings ?? [];
    expect(findings[0]?.counterexample?.input).toBe(200);
  });

  test('shows what came before where the fault depends on it: it is not flaky', async () => {
    const session = sessionOf();
    const { evidence } = session;
    const attempts = new Map<Session, number>();
    // The third input on each function breaks the clause, whatever it is.
    const attempt = async (input: number, lane: Session): Promise<void> => {
      const count = (attempts.get(lane) ?? 0) + 1;
      attempts.set(lane, count);
      const message = 'kept from before';
      const finding = { clause: CLAUSE, subject: 'body.timeout', level: 'required', message } as const;
      const judgement = { exercised: [CLAUSE], findings: count === 3 ? [finding] : [], choices: [] };
      lane.evidence.record(judgement, exchangeFor(input));
      note(judgement, exchangeFor(input));
    };
    const examples = { examples: [1, 2, 3, 4], runs: 0, perLane: 4 };
    await explore({ ...exploration([], examples), attempt }, session, { seed: 1, shrinkAttempts: 10 });
    const [finding] = evidence.take().clauses[CLAUSE]?.findings ?? [];
    expect(finding?.message).toBe('kept from before');
    expect(finding?.counterexample?.input).toEqual({ after: [1, 2], input: 3 });
    expect(finding?.before?.map(({ request }) => request.url)).toEqual(['/1', '/2']);
  });

  test('marks what is not seen again as flaky', async () => {
    const session = sessionOf();
    const { evidence } = session;
    let times = 0;
    const once = exploration([], { examples: [500], runs: 0 });
    const attempt = async (input: number, lane: Session): Promise<void> => {
      if (++times > 1) return;
      const finding = {
        clause: CLAUSE,
        subject: 'body.timeout',
        level: 'required',
        message: 'too long',
      } as const;
      const judgement = { exercised: [CLAUSE], findings: [finding], choices: [] };
      lane.evidence.record(judgement, exchangeFor(input));
      note(judgement, exchangeFor(input));
    };
    await explore({ ...once, attempt }, session, { seed: 1, shrinkAttempts: 10 });
    const seen = evidence.take().clauses[CLAUSE];
    expect(seen?.findings[0]?.message).toMatch(/too long \(flaky/);
    expect(seen?.violations).toBe(1);
  });

  test('makes the same inputs from the same seed', async () => {
    const runs = await Promise.all(
      [1, 2].map(async () => {
        const seen: number[] = [];
        await explore(exploration(seen), sessionOf(), {
          seed: 7,
          shrinkAttempts: 0,
        });
        return seen.slice(0, 50);
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
  });

  test('puts each exchange down to its own input, also in parallel', async () => {
    const wrong: number[] = [];
    const attempt = async (input: number): Promise<void> => {
      await new Promise(resolve => setImmediate(resolve));
      if (currentStimulus()?.counterexample.input !== input) wrong.push(input);
    };
    await explore(exploration([], { attempt }), sessionOf(), { seed: 3, shrinkAttempts: 0 });
    expect(wrong).toEqual([]);
  });
});

test('inParallel works on so many items at a time and on each once', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5], 2, async item => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setImmediate(resolve));
    running--;
    done.push(item);
  });
  expect(most).toBe(2);
  expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
});
