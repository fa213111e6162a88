/** The handlers of the guide, in MSW and vitest, as they stand there. `npm run test:mocks` */

import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { filesOfGuide } from '../../src/run/mock-by-hand.test.support.ts';
import { build, run } from '../other-programs.test.support.ts';
import { npmBuild } from './servers.test.support.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('handlers of MSW conform, clause by clause, in a vitest of their own', async () => {
  const built = await build(fileURLToPath(new URL('msw', import.meta.url)), npmBuild);
  const folder = await filesOfGuide();
  await cp(join(built, 'package.json'), join(folder, 'package.json'));
  await cp(join(built, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
  await symlink(ROOT, join(folder, 'node_modules/fgs-conformance'));
  await symlink(join(ROOT, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  const command = [
    process.execPath,
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    'conformance.test.mjs',
  ] as const;
  const env = { NO_COLOR: '1', VITEST: '', VITEST_WORKER_ID: '', VITEST_POOL_ID: '' };
  const ended = await run(command, { cwd: folder, env, timeoutMs: 200_000 });
  expect(ended?.code, `${ended?.stdout}${ended?.stderr}`).toBe(0);
  expect(ended?.stdout).toMatch(/Tests {2}\d+ passed \| \d+ skipped/);
});
