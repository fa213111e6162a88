import type { ToldOfPact } from '../pact/publish-results.ts';
import type { InteractionVerdict, VerifiedInteraction } from '../pact/verification.ts';
import { type VerifyOptions, type VerifyResult, verifyPacts } from '../pact/verify.ts';
import { printable } from '../report/index.ts';
import { atBroker, tellWait } from './at-broker.ts';
import { EXIT } from './exit-codes.ts';
import { readCertificates } from './read-certificates.ts';
import { readResources } from './read-resources.ts';
import { tellJournal } from './run-command.ts';
import { interruptible } from './signals.ts';

/** The options of `pact verify` as the command line gives them. */
export interface PactVerifyCommandOptions
  extends Omit<VerifyOptions, 'timeoutMs' | 'cacert' | 'resources' | 'signal' | 'watcher'> {
  readonly timeout?: number;
  /** A file. */
  readonly cacert?: string;
  /** A file. */
  readonly resources?: string;
  readonly format: 'text' | 'json';
}

/** Verifies a provider, prints what became of each interaction, and sets the exit code. */
export async function pactVerifyCommand(options: PactVerifyCommandOptions): Promise<void> {
  const { timeout, cacert, resources, format, ...rest } = options;
  const interruption = interruptible();
  try {
    await atBroker(async () => {
      const result = await verifyPacts({
        ...rest,
        ...(timeout === undefined ? {} : { timeoutMs: timeout }),
        ...(cacert === undefined ? {} : { cacert: await readCertificates(cacert) }),
        ...(resources === undefined ? {} : { resources: await readResources(resources) }),
        onWait: tellWait,
        signal: interruption.signal,
        watcher: { onBegin: path => tellJournal(path, interruption, rest.endpoint) },
      });
      // Before anything is printed: nobody may be left to read it.
      process.exitCode = exitCodeOf(result);
      process.stdout.write(
        format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : verificationInWords(result),
      );
    });
  } finally {
    interruption.release();
  }
}

const VERDICTS: Readonly<Record<InteractionVerdict, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  pending: 'pending',
  'left-out': 'left out',
};

function verificationInWords(result: VerifyResult): string {
  const { interactions, notices, told = [], reason, verdict, remaining, journalPath } = result;
  const lines = [
    ...interactions.flatMap((each, index) => [
      ...(each.consumer === interactions[index - 1]?.consumer ? [] : [printable(each.consumer)]),
      ...interactionLines(each),
    ]),
    ...notices.map(printable),
    ...told.map(toldLine),
    `${verdict}: ${printable(reason)}${counted(interactions)}`,
    ...remaining.map(({ urn, why }) => `not deleted: ${printable(urn)}: ${printable(why)}`),
    ...(journalPath === undefined
      ? []
      : [`delete it with: fgs-conformance cleanup --journal ${journalPath}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function interactionLines({ verdict, description, states, reasons }: VerifiedInteraction): readonly string[] {
  const given = states.length === 0 ? '' : ` (${states.join(', ')})`;
  return [
    `${VERDICTS[verdict].padEnd(9)}${printable(description)}${verdict === 'pass' ? '' : printable(given)}`,
    ...reasons.map(reason => `         ${printable(reason)}`),
  ];
}

function toldLine({ consumer, provider, told, reason }: ToldOfPact): string {
  const pact = printable(`${consumer} - ${provider}`);
  return told === 'nothing'
    ? `not told to the broker: ${pact}: ${printable(reason ?? '')}`
    : `told to the broker: ${pact}: ${told}`;
}

function counted(interactions: readonly VerifiedInteraction[]): string {
  const others = (['pending', 'left-out'] as const).flatMap(verdict => {
    const count = interactions.filter(each => each.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${VERDICTS[verdict]}`];
  });
  return others.length === 0 ? '' : `; ${others.join(', ')}`;
}

/** What was left behind, or not told, turns a conformant verification into an inconclusive one. */
function exitCodeOf({ verdict, remaining, told = [], wasInterrupted }: VerifyResult): number {
  if (wasInterrupted) return EXIT.interrupted;
  const isUntold = told.some(each => each.told === 'nothing' && !each.isPending);
  const isIncomplete = remaining.length > 0 || isUntold;
  return verdict === 'conformant' && isIncomplete ? EXIT.inconclusive : EXIT[verdict];
}
