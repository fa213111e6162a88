import { type CanIDeployOptions, canIDeploy } from '../pact/can-i-deploy.ts';
import { printable } from '../report/index.ts';
import { atBroker } from './broker-exit-code.ts';
import { EXIT } from './exit-codes.ts';

/** Asks a broker whether a version may be deployed, prints what it says, and sets the exit code. */
export async function pactCanIDeployCommand(options: CanIDeployOptions): Promise<void> {
  await atBroker(async () => {
    const { isDeployable, pacticipant, version, matrix, reasons } = await canIDeploy(options);
    const lines = [
      ...matrix.map(({ consumer, provider, result }) => `${result.padEnd(8)} ${consumer} - ${provider}`),
      ...reasons,
      `${pacticipant} ${version} ${isDeployable ? 'can' : 'cannot'} be deployed`,
    ];
    process.stdout.write(`${lines.map(printable).join('\n')}\n`);
    process.exitCode = isDeployable ? EXIT.conformant : EXIT.nonconformant;
  });
}
