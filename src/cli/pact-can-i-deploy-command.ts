import { type CanIDeployOptions, canIDeploy } from '../pact/can-i-deploy.ts';
import { printable } from '../report/index.ts';
import { atBroker, tellWait } from './at-broker.ts';
import { EXIT } from './exit-codes.ts';
import { readCertificates } from './read-certificates.ts';
import { endAtSignals } from './signals.ts';

/** The options of `pact can-i-deploy` as the command line gives them. */
export interface PactCanIDeployCommandOptions extends Omit<CanIDeployOptions, 'cacert'> {
  /** A file. */
  readonly cacert?: string;
}

/** Asks a broker whether versions may be deployed, prints what it says, and sets the exit code. */
export async function pactCanIDeployCommand({
  cacert,
  ...options
}: PactCanIDeployCommandOptions): Promise<void> {
  endAtSignals();
  const trusted = cacert === undefined ? {} : { cacert: await readCertificates(cacert) };
  await atBroker(async () => {
    const answer = await canIDeploy({ ...options, ...trusted, onWait: tellWait });
    const { isDeployable, subjects, matrix, reasons } = answer;
    const lines = [
      ...matrix.map(({ consumer, provider, result }) => `${result.padEnd(8)} ${consumer} - ${provider}`),
      ...reasons,
      `${subjects.join(' and ')} ${isDeployable ? 'can' : 'cannot'} be deployed`,
    ];
    process.stdout.write(`${lines.map(printable).join('\n')}\n`);
    process.exitCode = isDeployable ? EXIT.conformant : EXIT.nonconformant;
  });
}
