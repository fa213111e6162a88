import { type CanIDeployOptions, canIDeploy, type Wait } from '../pact/can-i-deploy.ts';
import { printable } from '../report/index.ts';
import { atBroker } from './broker-exit-code.ts';
import { EXIT } from './exit-codes.ts';

/** Asks a broker whether a version may be deployed, prints what it says, and sets the exit code. */
export async function pactCanIDeployCommand(options: CanIDeployOptions): Promise<void> {
  await atBroker(async () => {
    const { isDeployable, subjects, matrix, reasons } = await canIDeploy({ ...options, onWait: tellWait });
    const lines = [
      ...matrix.map(({ consumer, provider, result }) => `${result.padEnd(8)} ${consumer} - ${provider}`),
      ...reasons,
      `${subjects.join(' and ')} ${isDeployable ? 'can' : 'cannot'} be deployed`,
    ];
    process.stdout.write(`${lines.map(printable).join('\n')}\n`);
    process.exitCode = isDeployable ? EXIT.conformant : EXIT.nonconformant;
  });
}

/** To stderr, since stdout may be read by a program. */
function tellWait({ missing, seconds, timesLeft }: Wait): void {
  const results = missing === 1 ? 'a result is' : `${missing} results are`;
  process.stderr.write(`${results} missing: asking again in ${seconds} s, ${timesLeft} times at most\n`);
}
