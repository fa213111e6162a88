import { expect, test } from 'vitest';
import { startMock } from '../src/mock/index.ts';
import { run } from '../src/run/run.ts';
import { playScripts } from './scripts.ts';

const IDENTITY = { projectId: 'p1', token: 'token-of-the-suite', forbiddenToken: 'forbidden-token' };

/** One of each kind: an answer, credentials, bytes, a history, a race. */
test.each([
  ['body.memory_size.values', 'body.memory_size.values'],
  ['body.last_modified.format', 'body.last_modified.*'],
  ['request.permission.forbidden', 'request.permission.*'],
  ['robustness.abuse', 'robustness.*'],
  ['state.snapshot.frozen', 'state.*'],
  ['request.version.taken-never-5xx', 'request.version.*'],
  ['second-publication-without-digest', '*'],
  ['parallel-names-collide', 'state.*'],
])(
  '%s: the script of every finding shows it on a new server or says why it may not, and leaves nothing behind',
  async (fault, only) => {
    const mock = await startMock({ fault, ...IDENTITY });
    const { report } = await run({ ...mock, endpoint: mock.url, seed: 1, only: [only] }).finally(() =>
      mock.close(),
    );
    const played = await playScripts(report, { ...IDENTITY, fault, url: mock.url });
    expect(played.length).toBeGreaterThan(0);
    for (const { script, isReproduced, isDoubtful, left } of played) {
      expect(isReproduced || isDoubtful, script).toBe(true);
      expect(left, script).toEqual([]);
    }
  },
);

test.each(['description-kept', 'second-publication-reports-first'])(
  '%s: what a history alone shows is shown by every script, also by one that the run did not try',
  async fault => {
    const mock = await startMock({ fault, ...IDENTITY });
    const { report } = await run({ ...mock, endpoint: mock.url, seed: 1 }).finally(() => mock.close());
    const played = await playScripts(report, { ...IDENTITY, fault, url: mock.url });
    expect(played.length).toBeGreaterThan(0);
    for (const { script, isReproduced } of played) expect(isReproduced, script).toBe(true);
  },
);
