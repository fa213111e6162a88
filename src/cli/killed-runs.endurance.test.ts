/**
 * Runs that are killed at a random moment, whatever way functions came to be: what they left is in the journal,
 * and `cleanup` deletes it. `npm run test:long` kills as often as it takes to be sure.
 *
 * FGS_TEST_KILLS says how often, FGS_TEST_SEED repeats what was printed.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainConfiguration } from '../generate/index.ts';
import { type MockServer, startMock } from '../mock/index.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { start } from './command.test.support.ts';

const KILLS = Number(process.env.FGS_TEST_KILLS ?? 3);
const SEED = Number(process.env.FGS_TEST_SEED ?? Date.now() % 2 ** 31);

/** Long enough for a kill to fall between a request and its answer. */
const LATENCY_MS = 30;

/** Journals of other runs are no concern of these. */
const folder = await mkdtemp(join(tmpdir(), 'fgs-killed-'));
let mock: MockServer;
beforeAll(async () => {
  mock = await startMock({ latency: LATENCY_MS });
  await askFor('POST', '', plainConfiguration('theirs', 'first'));
  await askFor('POST', '/theirs/versions', { description: 'the owner’s' });
  await askFor('PUT', '/theirs/code', { code_type: 'inline', func_code: { file: 'c2Vjb25k' } });
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

async function askFor(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${mock.url}/v2/${mock.projectId}/fgs/functions${path}`, {
    method,
    headers: { 'x-auth-token': mock.token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return jsonObjectIn(await response.text()) ?? {};
}

/** Every function and every version that there is. */
async function everything(): Promise<unknown> {
  const { functions } = await askFor('GET', '');
  const { versions } = await askFor('GET', '/theirs/versions');
  return [functions, versions].map(list =>
    Array.isArray(list) ? list.map(({ func_urn: urn }: { func_urn: string }) => urn) : list,
  );
}

const WAYS: Readonly<Record<string, () => readonly string[]>> = {
  api: () => ['--arrange', 'api'],
  states: () => ['--arrange', 'states', '--states-url', mock.statesUrl],
  'function-urn': () => ['--function-urn', 'theirs'],
};

test.each(Object.keys(WAYS))(
  `a run that is killed leaves nothing that cleanup does not delete: %s (seed ${SEED})`,
  { timeout: (KILLS + 2) * 60_000 },
  async way => {
    const target = ['--endpoint', mock.url, '--project-id', mock.projectId];
    const options = [...target, ...(WAYS[way]?.() ?? [])];
    const env = { FGS_TOKEN: mock.token, TMPDIR: folder };
    const run = () => start(['run', ...options, '--seed', '1', '--out', `killed-${way}`], env);
    const before = await everything();

    const whole = run();
    await whole.printed(/journal: (.*)/);
    const begun = performance.now();
    expect((await whole.ended).code).toBe(0);
    const duration = performance.now() - begun;

    for (const part of fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), {
      seed: SEED,
      numRuns: KILLS,
    })) {
      const { child, ended, printed } = run();
      const journal = await printed(/journal: (.*)/);
      await Promise.race([sleep(part * duration), ended]);
      child.kill('SIGKILL');
      await ended;
      // What the target is still doing is done when it is cleaned up.
      await sleep(2 * LATENCY_MS);
      const cleanup = await start(['cleanup', ...target], env).ended;
      expect({ journal, part, ...cleanup, left: await everything() }).toMatchObject({
        code: 0,
        left: before,
      });
    }
  },
);
