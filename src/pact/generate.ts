import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jsonObjectIn } from '../page/formats.ts';
import { writeFileAtomically } from '../report/index.ts';
import { runContracts } from './contract-engine.ts';
import { checkName, DEFAULT_NAMING, type PactNaming, pactFileName } from './naming.ts';

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
 * @throws UsageError when a name is blank
 * @throws Error when the folder cannot be written, or a contract fails
 *
 * @example
 * const { file } = await generatePact({ dir: 'pacts', consumer: 'my-sdk' });
 */
export async function generatePact(naming: Partial<PactNaming> = {}): Promise<GeneratedPact> {
  const { dir, consumer, provider } = { ...DEFAULT_NAMING, ...naming };
  checkName(consumer, '--consumer');
  checkName(provider, '--provider');
  await mkdir(dir, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'fgs-conformance-contracts-'));
  try {
    // Pact makes the names part of a path: the pact gets them afterwards.
    const pacts = { ...DEFAULT_NAMING, dir: folder };
    const { tests, failures } = await runContracts({ file: 'publishing.contract', provide: { pacts } });
    if (failures.length > 0) throw new Error(`The consumer contracts failed: ${failures.join('; ')}`);
    if (tests.length === 0) throw new Error('The package holds no consumer contracts.');
    const written = jsonObjectIn(await readFile(join(folder, pactFileName(pacts)), 'utf8'));
    const pact = { ...written, consumer: { name: consumer }, provider: { name: provider } };
    const text = `${JSON.stringify(pact, null, 2)}\n`;
    const file = await writeFileAtomically(resolve(dir), pactFileName({ consumer, provider }), text);
    return { file, interactions: tests.length };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
