import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { findPacts } from './pact-source.ts';

const BROKER = { brokerBaseUrl: 'http://127.0.0.1:9' };

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  [{ ...BROKER, dir: 'pacts' }, /from --dir or from --broker-base-url/],
  [{ dir: 'pacts', pactUrl: 'http://127.0.0.1:9/pact' }, /from --dir or from --pact-url/],
  [{ pactUrl: 'http://127.0.0.1:9/pact', enablePending: true }, /--pact-url is one pact/],
  [{ ...BROKER, includeWipPactsSince: '2026-01-31' }, /needs --enable-pending/],
  [{ publishResults: true }, /There is no broker/],
])('%j does not go together, which is told', async (options, told) => {
  vi.stubEnv('PACT_BROKER_BASE_URL', '');
  await expect(findPacts(options)).rejects.toThrow(told);
});

test('results of pacts that no broker knows cannot be published, whatever broker the environment names', async () => {
  vi.stubEnv('PACT_BROKER_BASE_URL', BROKER.brokerBaseUrl);
  await expect(findPacts({ dir: 'pacts', publishResults: true })).rejects.toThrow(/leave out --dir/);
});

test('pending pacts are so for a branch: without one, what is missing is told', async () => {
  const folder = await mkdtemp(`${tmpdir()}/fgs-no-git-`);
  for (const name of ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME', 'CI_COMMIT_REF_NAME']) vi.stubEnv(name, '');
  vi.stubEnv('GIT_DIR', folder);
  await expect(findPacts({ ...BROKER, enablePending: true })).rejects.toThrow(/give --provider-branch/);
  const named = findPacts({ ...BROKER, enablePending: true, providerVersionTag: ['dev'] });
  await expect(named).rejects.toThrow(/not reachable/);
  await rm(folder, { recursive: true });
});
