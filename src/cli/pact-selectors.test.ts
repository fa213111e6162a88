import { afterEach, expect, test, vi } from 'vitest';
import { declaredCommand } from './declared-command.ts';
import { selectorsOf } from './pact-selectors.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the words of a command line select. */
function selected(...words: readonly string[]) {
  const command = declaredCommand('pact can-i-deploy');
  const selectors = selectorsOf(command);
  command.action(() => undefined).parse(words, { from: 'user' });
  return selectors();
}

test('an option is about the pacticipant before it', () => {
  expect(
    selected('-a', 'x', '-e', '1', '--pacticipant=y', '--latest', 'prod', '-a', 'z', '--branch', 'main')
      .selectors,
  ).toEqual([
    { pacticipant: 'x', version: '1' },
    { pacticipant: 'y', latest: true, tag: 'prod' },
    { pacticipant: 'z', branch: 'main' },
  ]);
  expect(
    selected('-a', 'x', '-l', '--pacticipant', 'y', '--main-branch', '-a', 'z', '--all', 'dev').selectors,
  ).toEqual([
    { pacticipant: 'x', latest: true },
    { pacticipant: 'y', mainBranch: true },
    { pacticipant: 'z', tag: 'dev' },
  ]);
});

test('what is ignored may be a version', () => {
  expect(selected('-a', 'x', '-e', '1', '--ignore', 'y', '--version', '2', '--ignore', 'z')).toEqual({
    selectors: [{ pacticipant: 'x', version: '1' }],
    ignore: [{ pacticipant: 'y', version: '2' }, { pacticipant: 'z' }],
  });
  expect(() => selected('--ignore', 'y', '--latest')).toThrow('--latest cannot follow --ignore y');
});

test('one pacticipant may be named late, or not at all', () => {
  expect(selected('--version', '1', '--pacticipant', 'x').selectors).toEqual([
    { pacticipant: 'x', version: '1' },
  ]);
  expect(selected('--app-version', '1').selectors).toEqual([
    { pacticipant: 'fgs-conformance', version: '1' },
  ]);
  expect(selected().selectors).toEqual([{ pacticipant: 'fgs-conformance' }]);
});

test('saying the same twice is a mistake', () => {
  expect(() => selected('-a', 'x', '--version', '1', '--version', '2')).toThrow(
    '--version is one too many for x.',
  );
});

test('variables complete what the command line leaves open', () => {
  vi.stubEnv('FGS_PACTICIPANT', 'x');
  vi.stubEnv('FGS_VERSION', '1');
  vi.stubEnv('FGS_IGNORE', 'y,z');
  expect(selected()).toEqual({
    selectors: [{ pacticipant: 'x', version: '1' }],
    ignore: [{ pacticipant: 'y' }, { pacticipant: 'z' }],
  });
  expect(selected('--latest').selectors).toEqual([{ pacticipant: 'x', latest: true }]);
  expect(selected('--pacticipant', 'w').selectors).toEqual([{ pacticipant: 'w', version: '1' }]);
  expect(selected('-a', 'v', '-l', '-a', 'w', '-e', '2').selectors).toEqual([
    { pacticipant: 'v', latest: true },
    { pacticipant: 'w', version: '2' },
  ]);
  vi.unstubAllEnvs();
  vi.stubEnv('FGS_LATEST', 'true');
  // The branch that is published.
  vi.stubEnv('FGS_BRANCH', 'main');
  expect(selected().selectors).toEqual([{ pacticipant: 'fgs-conformance', latest: true }]);
  vi.stubEnv('FGS_LATEST', 'off');
  expect(selected().selectors).toEqual([{ pacticipant: 'fgs-conformance' }]);
});
