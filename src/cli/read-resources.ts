import type { Resources } from '../page/resources.ts';
import { parseResources } from '../run/resources.ts';
import { readInputFile } from './input-file.ts';

/**
 * What exists for functions to name, as a file says that an option names.
 *
 * @throws UsageError when the file cannot be read, or says something else
 */
export async function readResources(file: string): Promise<Resources> {
  const name = `--resources ${file}`;
  return parseResources(await readInputFile(file, name), name);
}
