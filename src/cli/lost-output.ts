import { fileTrouble } from '../words/file-trouble.ts';
import { EXIT } from './exit-codes.ts';

/**
 * Lets the process go on when what it prints is lost: what was created must still be deleted, and a verdict
 * does not depend on who reads it. A reader or a terminal that went away is not told; a full disk is, and a
 * command that does nothing but print has failed then.
 */
export function survivingLostOutput(): void {
  let isTold = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'EIO' || isTold) return;
    isTold = true;
    process.stderr.write(`fgs-conformance: what is printed is lost: ${fileTrouble(error)}.\n`);
    process.on('exit', () => {
      process.exitCode ??= EXIT.usage;
    });
  });
  process.stderr.on('error', () => {
    // There is nowhere left to tell it.
  });
}
