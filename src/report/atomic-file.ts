import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Writes the file whole or not at all, making the directory when it is missing.
 *
 * @returns the path of the file
 * @throws Error with one sentence that says why the file cannot be written
 */
export async function writeFileAtomically(dir: string, name: string, text: string): Promise<string> {
  const path = join(dir, name);
  const unfinished = join(dir, `.${name}.${randomUUID()}`);
  try {
    await makeFolder(resolve(dir));
    await writeFile(unfinished, text, { flag: 'wx' });
    await rename(unfinished, path);
    return path;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new Error(`${path} cannot be written: ${reasonOf(error, dir)}.`, { cause: error });
  }
}

/**
 * Makes sure, before there is anything to lose, that files can be written into the directory.
 *
 * @param names of files that will be written
 * @throws Error with one sentence that says why they cannot
 */
export async function checkWritable(dir: string, names: readonly string[]): Promise<void> {
  const probe = join(dir, `.${randomUUID()}`);
  const [first = ''] = names;
  try {
    await makeFolder(resolve(dir));
    await writeFile(probe, '', { flag: 'wx' });
  } catch (error) {
    throw new Error(`${join(dir, first)} cannot be written: ${reasonOf(error, dir)}.`, { cause: error });
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  for (const name of names) {
    const there = await stat(join(dir, name)).catch(() => undefined);
    if (there?.isDirectory() === true)
      throw new Error(`${join(dir, name)} cannot be written: it is a directory.`);
  }
}

/** Makes a folder and those above it. Node's own way to do so never ends where nothing can be made, as in /proc. */
async function makeFolder(dir: string): Promise<void> {
  const above = dirname(dir);
  try {
    await mkdir(dir);
  } catch (error) {
    if (await isFolder(dir)) return;
    if (codeIn(error) !== 'ENOENT' || (await isFolder(above))) throw error;
    await makeFolder(above);
    await mkdir(dir);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

function codeIn(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function reasonOf(error: unknown, dir: string): string {
  switch (codeIn(error)) {
    case 'ENOENT':
      return `the directory ${dir} cannot be made`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `${dir} is, or lies in, a file and not a directory`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `the directory ${dir} is not writable`;
    case 'EISDIR':
    case 'ENOTEMPTY':
      return 'it is a directory';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
