/** Lets the contracts run under `vitest` alone: says where their pact goes, and under which names. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { DEFAULT_NAMING, pactFileName } from '../src/pact/naming.ts';

export default async function setup(project: TestProject): Promise<void> {
  const { FGS_DIR: dir, FGS_CONSUMER: consumer, FGS_PROVIDER: provider } = process.env;
  const naming = {
    dir: dir ?? DEFAULT_NAMING.dir,
    consumer: consumer ?? DEFAULT_NAMING.consumer,
    provider: provider ?? DEFAULT_NAMING.provider,
  };
  const name = `${naming.consumer}-${naming.provider}.json`;
  if (name !== pactFileName(naming)) throw new Error(`Pact cannot write ${name}: take "pact generate".`);
  // Pact adds to a file that is there: interactions of yesterday would stay.
  await rm(join(naming.dir, name), { force: true });
  project.provide('pacts', naming);
}
