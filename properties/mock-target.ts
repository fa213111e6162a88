/** Lets the properties run under `vitest` alone: against the mock server, started for them. */

import type { TestProject } from 'vitest/node';
import { startMock } from '../src/mock/index.ts';
import { settingsOf, targetOfMock } from '../src/run/options.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mock = await startMock();
  project.provide('run', settingsOf({}, targetOfMock(mock)));
  return () => mock.close();
}
