/** Lets the properties run under `vitest` alone: against the mock server, started for them. */

import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startMock } from '../src/mock/index.ts';
import { settingsOf, targetOfMock } from '../src/run/options.ts';
import { openJournal } from '../src/target/index.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mock = await startMock();
  const settings = settingsOf({}, targetOfMock(mock));
  const { runId: run, projectId, endpoint, journalPath } = settings;
  const journal = openJournal(journalPath, { run, endpoint, projectId, pid: process.pid });
  project.provide('run', settings);
  return async () => {
    journal.close();
    await rm(journalPath, { force: true });
    await mock.close();
  };
}
