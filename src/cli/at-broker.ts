import { BrokerError, type BrokerTrouble } from '../pact/broker.ts';
import { printable } from '../report/index.ts';
import { EXIT } from './exit-codes.ts';

const EXIT_CODES: Readonly<Record<BrokerTrouble, number>> = {
  conflict: EXIT.nonconformant,
  rejected: EXIT.usage,
  refused: EXIT.inconclusive,
  'not reachable': EXIT.inconclusive,
  failed: EXIT.inconclusive,
};

/** Does something at a broker; says why when the broker does not, and sets the exit code. */
export async function atBroker(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    process.stderr.write(`fgs-conformance: ${printable(error.message)}\n`);
    process.exitCode = EXIT_CODES[error.trouble];
  }
}

/** Says what is waited for; to stderr, since stdout may be read by a program. */
export function tellWait(told: string): void {
  process.stderr.write(`${printable(told)}\n`);
}
