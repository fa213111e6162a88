#!/usr/bin/env node
/** The command line: parses, calls, prints. Everything heavy is imported by the command that needs it. */

import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { survivingLostOutput } from './lost-output.ts';
import { createProgram } from './program.ts';

// Secrets that were given as arguments do not stand in the process list.
process.title = 'fgs-conformance';

survivingLostOutput();

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.conformant : EXIT.usage;
  } else {
    process.stderr.write(`fgs-conformance: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.usage;
  }
}
