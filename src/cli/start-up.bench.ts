/** What starting the command costs, beside starting Node. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bench, describe } from 'vitest';

const command = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const rounds = { time: 0, iterations: 15, warmupTime: 0, warmupIterations: 1 };

describe('start-up', () => {
  bench('node -e 0', () => void execFileSync(process.execPath, ['-e', '0']), rounds);

  bench('fgs-conformance --help', () => void execFileSync(process.execPath, [command, '--help']), rounds);
});
