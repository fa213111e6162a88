import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { BODY_LIMIT } from '../target/bodies.ts';

/** Bodies that a recorder put into files of their own, beside the HAR file: Playwright's `attach`. */
export interface BodiesBeside {
  /** The bytes of a file, or why they cannot be had: completes `the body of the answer ...`. */
  read(name: string): Promise<Buffer | string>;
}

/** Reads bodies from files of a folder, and from nowhere else, whatever a recording names. */
export function bodiesIn(folder: string | undefined): BodiesBeside {
  return {
    async read(name) {
      const nowhere = 'in a file that is not beside it (record with the content embedded)';
      if (folder === undefined || isAbsolute(name) || name.includes('\0')) return nowhere;
      try {
        const path = await realpath(join(folder, name));
        const within = relative(await realpath(folder), path);
        if (within.split(sep)[0] === '..' || isAbsolute(within)) return nowhere;
        return await contentOf(path);
      } catch {
        return nowhere;
      }
    },
  };
}

async function contentOf(path: string): Promise<Buffer | string> {
  const found = await stat(path);
  if (!found.isFile()) return 'in something that is no file';
  return found.size > BODY_LIMIT ? 'in a file of more than 4 MiB' : readFile(path);
}
