import { afterEach, expect, test, vi } from 'vitest';
import { declaredCommand } from './declared-command.ts';
import { addOptions } from './options/add-options.ts';
import { noteSelectors, selectorsOf } from './pact-selectors.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the words of a command line select. */
async function selected(...words: readonly string[]) {
  const command = declaredCommand('pact can-i-deploy');
  addOptions(command, 'pact can-i-deploy');
  noteSelectors(command);
  await command.action(() => undefined).parseAsync(words, { from: 'user' });
  return selectorsOf(command);
}

test('an option is about the pacticipant before it', async () => {
  expect(
    (
      await selected(
        '-a',
        'x',
        '-e',
        '1',
        '--pacticipant=y',
        '--latest',
        'prod',
        '-a',
        'z',
        '--branch',
        'main',
      )
    ).selectors,
  ).toEqual([
    { pacticipant: 'x', version: '1' },
    { pacticipant: 'y', latest: true, tag: 'prod' },
    { pacticipant: 'z', branch: 'main' },
  ]);
  expect(
    (await selected('-a', 'x', '-l', '--pacticipant', 'y', '--main-branch', '-a', 'z', '--all', 'dev'))
      .selectors,
  ).toEqual([
    { pacticipant: 'x', latest: true },
    { pacticipant: 'y', mainBranch: true },
    { pacticipant: 'z', tag: 'dev' },
  ]);
});

test('what is ignored may be a version', async () => {
  expect(await selected('-a', 'x', '-e', '1', '--ignore', 'y', '--version', '2', '--ignore', 'z')).toEqual({
    selectors: [{ pacticipant: 'x', version: '1' }],
    ignore: [{ pacticipant: 'y', version: '2' }, { pacticipant: 'z' }],
  });
  await expect(selected('--ignore', 'y', '--latest')).rejects.toThrow('--latest cannot follow --ignore y');
});

test('one pacticipant may be named late, or not at all', async () => {
  expect((await selected('--version', '1', '--pacticipant', 'x')).selectors).toEqual([
    { pacticipant: 'x', version: '1' },
  ]);
  expect((await selected('--app-version', '1')).selectors).toEqual([
    { pacticipant: 'fgs-conformance', version: '1' },
  ]);
  expect((await selected()).selectors).toEqual([{ pacticipant: 'fgs-conformance' }]);
});

test('saying the same twice is a mistake', async () => {
  await expect(selected('-a', 'x', '--version', '1', '--version', '2')).rejects.toThrow(
    '--version is one too many for x.',
  );
});

test('variables complete what the command line leaves open', async () => {
  vi.stubEnv('FGS_PACTICIPANT', 'x');
  vi.stubEnv('FGS_VERSION', '1');
  vi.stubEnv('FGS_IGNORE', 'y,z');
  expect(await selected()).toEqual({
    selectors: [{ pacticipant: 'x', version: '1' }],
    ignore: [{ pacticipant: 'y' }, { pacticipant: 'z' }],
  });
  expect((await selected('--latest')).selectors).toEqual([{ pacticipant: 'x', latest: true }]);
  expect((await selected('--pacticipant', 'w')).selectors).toEqual([{ pacticipant: 'w', version: '1' }]);
  expect((await selected('-a', 'v', '-l', '-a', 'w', '-e', '2')).selectors).toEqual([
    { pacticipant: 'v', latest: true },
    { pacticipant: 'w', version: '2' },
  ]);
  vi.unstubAllEnvs();
  vi.stubEnv('FGS_LATEST', 'true');
  // The branch that is published.
  vi.stubEnv('FGS_BRANCH', 'main');
  expect((await selected()).selectors).toEqual([{ pacticipant: 'fgs-conformance', latest: true }]);
  vi.stubEnv('FGS_LATEST', 'off');
  expect((await selected()).selectors).toEqual([{ pacticipant: 'fgs-conformance' }]);
});
