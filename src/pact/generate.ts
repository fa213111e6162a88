import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runContracts } from './contract-engine.ts';
import { DEFAULT_NAMING, type PactNaming, pactFile } from './naming.ts';

/** A pact that was written. */
export interface GeneratedPact {
  /** Its path, absolute. */
  readonly file: string;
  readonly interactions: number;
}

/**
 * Writes the pact of the typed client, by running its consumer contracts. A pact of the same names that is
 * there is replaced; other files are left alone.
 *
 * @throws Error when the folder cannot be written, or a contract fails
 *
 * @example
 * const { file } = await generatePact({ dir: 'pacts', consumer: 'my-sdk' });
 */
export async function generatePact(naming: Partial<PactNaming> = {}): Promise<GeneratedPact> {
  const { dir, consumer, provider } = { ...DEFAULT_NAMING, ...naming };
  const pacts = { dir: resolve(dir), consumer, provider };
  const file = pactFile(pacts);
  await mkdir(pacts.dir, { recursive: true });
  // Pact adds to a file that is there: interactions of yesterday would stay.
  await rm(file, { force: true });
  const { tests, failures } = await runContracts({ file: 'publishing.contract', provide: { pacts } });
  if (failures.length > 0) throw new Error(`The consumer contracts failed: ${failures.join('; ')}`);
  if (tests.length === 0) throw new Error('The package holds no consumer contracts.');
  return { file, interactions: tests.length };
}
