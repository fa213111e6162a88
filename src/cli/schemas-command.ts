import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { schemaFiles } from '../page/openapi/schema-files.ts';
import { UsageError } from '../run/usage-error.ts';
import { fileTrouble } from '../words/file-trouble.ts';

/** Writes the schemas of the page into a folder, all of them or none, and says where. */
export async function schemasCommand({ dir = 'schemas' }: { readonly dir?: string }): Promise<void> {
  const files = Object.entries(schemaFiles());
  const folder = resolve(dir);
  let unfinished: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    unfinished = await mkdtemp(join(folder, '.unfinished-'));
    for (const [name, schema] of files) {
      await writeFile(join(unfinished, name), `${JSON.stringify(schema, null, 2)}\n`);
    }
    for (const [name] of files) await rename(join(unfinished, name), join(folder, name));
  } catch (error) {
    throw new UsageError(`The schemas cannot be written to ${dir}: ${fileTrouble(error)}.`);
  } finally {
    if (unfinished !== undefined) await rm(unfinished, { recursive: true, force: true });
  }
  process.stdout.write(`${files.length} files: ${folder}\n`);
}
