import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { sourceVersion } from './source-version.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const each of folders.splice(0)) await rm(each, { recursive: true, force: true });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fgs-git-'));
  folders.push(made);
  return made;
}

/** A repository with one commit on a branch, and what git calls the commit. */
async function repository(branch: string): Promise<{ cwd: string; commit: string }> {
  const cwd = await folder();
  const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd })).stdout.trim();
  await git('init', '-q', '-b', branch);
  await writeFile(join(cwd, 'a'), 'a');
  await git('add', 'a');
  await git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'a');
  return { cwd, commit: await git('rev-parse', 'HEAD') };
}

test('git names the version and the branch', async () => {
  const { cwd, commit } = await repository('feature/x');
  expect(await sourceVersion({}, '--v', {}, cwd)).toEqual({ version: commit, branch: 'feature/x' });
});

test('what is given wins', async () => {
  const { cwd } = await repository('main');
  const given = { version: '1.0.0', branch: 'release' };
  expect(await sourceVersion(given, '--v', {}, cwd)).toEqual(given);
});

test('a CI service that checks out a commit says the branch', async () => {
  const { cwd, commit } = await repository('main');
  await promisify(execFile)('git', ['checkout', '-q', '--detach'], { cwd });
  const github = { GITHUB_HEAD_REF: '', GITHUB_REF_NAME: 'topic' };
  expect(await sourceVersion({}, '--v', github, cwd)).toEqual({ version: commit, branch: 'topic' });
  const gitlab = { CI_COMMIT_REF_NAME: 'topic-2' };
  expect(await sourceVersion({}, '--v', gitlab, cwd)).toMatchObject({ branch: 'topic-2' });
  expect(await sourceVersion({}, '--v', {}, cwd)).toEqual({ version: commit });
});

test('without git a version must be given', async () => {
  const cwd = await folder();
  await expect(sourceVersion({}, '--consumer-app-version', {}, cwd)).rejects.toThrow(
    /--consumer-app-version/,
  );
  expect(await sourceVersion({ version: '1' }, '--v', {}, cwd)).toEqual({ version: '1' });
});
