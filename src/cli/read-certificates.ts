import { readFile } from 'node:fs/promises';
import { UsageError } from '../run/usage-error.ts';
import { textOf } from '../traffic/text-encoding.ts';

/**
 * The certificates of `--cacert`.
 *
 * @throws UsageError when the file cannot be read
 */
export async function readCertificates(file: string): Promise<string> {
  try {
    return textOf(await readFile(file));
  } catch (error) {
    throw new UsageError(
      `--cacert ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}
