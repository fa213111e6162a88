import { BrokerError } from '../pact/broker.ts';
import { printable } from '../report/index.ts';
import { EXIT } from './exit-codes.ts';

/** Does something at a broker; says why when the broker does not, and sets the exit code. */
export async function atBroker(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    process.stderr.write(`fgs-conformance: ${printable(error.message)}\n`);
    process.exitCode = error.trouble === 'conflict' ? EXIT.nonconformant : EXIT.inconclusive;
  }
}
