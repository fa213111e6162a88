import { generatePact } from '../pact/generate.ts';
import type { PactNaming } from '../pact/naming.ts';

/** Writes the pact of the typed client, and says where. */
export async function pactGenerateCommand(options: Partial<PactNaming>): Promise<void> {
  const { file, interactions } = await generatePact(options);
  process.stdout.write(`${interactions} interactions: ${file}\n`);
}
