import { readFile } from 'node:fs/promises';
import { UsageError } from '../run/usage-error.ts';
import { textOf } from '../traffic/text-encoding.ts';
import { fileTrouble } from '../words/file-trouble.ts';

/**
 * The text of a file that an option or argument names.
 *
 * @param name how the file is named in an error: `--baseline known.json`
 * @throws UsageError when it cannot be read
 */
export async function readInputFile(file: string, name = file): Promise<string> {
  try {
    return textOf(await readFile(file));
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${fileTrouble(error)}.`);
  }
}
