import { printable } from '../report/index.ts';
import type { CredentialOptions } from '../run/credential-options.ts';
import { connectCredentials } from '../run/credentials.ts';
import { UsageError } from '../run/usage-error.ts';
import { type CleanedUp, cleanUpAfter, cleanUpAll, createTarget } from '../target/index.ts';
import { EXIT } from './exit-codes.ts';
import { readInputFile } from './input-file.ts';
import { readCertificates } from './read-certificates.ts';

/** The options of `cleanup` as the command line gives them. */
export interface CleanupOptions extends CredentialOptions {
  readonly endpoint?: string;
  readonly projectId?: string;
  readonly region?: string;
  readonly timeout?: number;
  /** A file. */
  readonly cacert?: string;
  readonly journal?: string;
  readonly statesUrl?: string;
  /** Milliseconds. */
  readonly olderThan: number;
}

/** Deletes what the journal names, or every function with the suite's name prefix that is old enough. */
export async function cleanupCommand(options: CleanupOptions): Promise<void> {
  const { endpoint, region, timeout, cacert, journal, statesUrl, olderThan } = options;
  if (endpoint === undefined) throw new UsageError('cleanup needs --endpoint: where it is to delete.');
  const network = {
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(cacert === undefined ? {} : { cacert: await readCertificates(cacert) }),
  };
  const connected = await connectCredentials({ ...options, ...network });
  if (!connected.ok) {
    process.stderr.write(`fgs-conformance: ${connected.reason}\n`);
    process.exitCode = EXIT.inconclusive;
    return;
  }
  const { credentials, projectId } = connected;
  const target = createTarget({
    endpoint,
    projectId,
    credentials,
    ...(region === undefined ? {} : { region }),
    ...network,
  });
  try {
    const tearDown = { ...network, ...(statesUrl === undefined ? {} : { statesUrl }) };
    if (journal !== undefined) await readInputFile(journal, `--journal ${journal}`);
    const outcome =
      journal === undefined
        ? await cleanUpAll(target, olderThan, tearDown)
        : await cleanUpAfter(target, journal, tearDown);
    process.stdout.write(cleanedUpInWords(outcome));
    process.exitCode = outcome.remaining.length === 0 ? EXIT.conformant : EXIT.inconclusive;
  } finally {
    await target.close();
  }
}

function cleanedUpInWords({ deleted, gone, remaining }: CleanedUp): string {
  const already = gone === 0 ? '' : ` (besides, ${gone} gone already)`;
  const lines = remaining.map(({ urn, why }) => `  ${printable(urn)}: ${printable(why)}`);
  return `${[`deleted ${deleted}, remaining ${remaining.length}${already}`, ...lines].join('\n')}\n`;
}
