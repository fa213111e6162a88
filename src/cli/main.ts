#!/usr/bin/env node
/** The command line: parses, calls, prints. Everything heavy is imported by the command that needs it. */

import { CommanderError } from 'commander';
import { fileTrouble } from '../words/file-trouble.ts';
import { EXIT } from './exit-codes.ts';
import { survivingLostOutput } from './lost-output.ts';
import { createProgram } from './program.ts';

// Secrets that were given as arguments do not stand in the process list.
process.title = 'fgs-conformance';

survivingLostOutput();

try {
  const program = await createProgram(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.conformant : EXIT.usage;
  } else {
    process.stderr.write(`fgs-conformance: ${sentenceOf(error)}\n`);
    process.exitCode = EXIT.usage;
  }
}

/** What went wrong, in one sentence: what the system says of a file is put in words of ours. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const path = 'path' in error && 'syscall' in error ? error.path : undefined;
  return typeof path === 'string' ? `${path} cannot be used: ${fileTrouble(error)}.` : error.message;
}
