/** Lets the contracts run under `vitest` alone: says where their pact goes, and under which names. */

import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { DEFAULT_NAMING, pactFile } from '../src/pact/naming.ts';

export default async function setup(project: TestProject): Promise<void> {
  const { FGS_DIR: dir, FGS_CONSUMER: consumer, FGS_PROVIDER: provider } = process.env;
  const naming = {
    dir: dir ?? DEFAULT_NAMING.dir,
    consumer: consumer ?? DEFAULT_NAMING.consumer,
    provider: provider ?? DEFAULT_NAMING.provider,
  };
  // Pact adds to a file that is there: interactions of yesterday would stay.
  await rm(pactFile(naming), { force: true });
  project.provide('pacts', naming);
}
