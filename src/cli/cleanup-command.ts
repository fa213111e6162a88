import { printable } from '../report/index.ts';
import type { CredentialOptions } from '../run/credential-options.ts';
import { connectCredentials } from '../run/credentials.ts';
import { UsageError } from '../run/usage-error.ts';
import {
  cleanUp,
  createTarget,
  deleteFunction,
  findLeftBehind,
  isGone,
  readJournal,
  type Target,
} from '../target/index.ts';
import { EXIT } from './exit-codes.ts';
import { readCertificates } from './run-command.ts';

/** The options of `cleanup` as the command line gives them. */
export interface CleanupOptions extends CredentialOptions {
  readonly endpoint?: string;
  readonly projectId?: string;
  readonly region?: string;
  readonly timeout?: number;
  /** A file. */
  readonly cacert?: string;
  readonly journal?: string;
  /** Milliseconds. */
  readonly olderThan: number;
}

interface Outcome {
  readonly deleted: number;
  readonly remaining: readonly { readonly urn: string; readonly why: string }[];
}

/** Deletes what the journal names, or every function with the suite's name prefix that is old enough. */
export async function cleanupCommand(options: CleanupOptions): Promise<void> {
  const { endpoint, region, timeout, cacert, journal, olderThan } = options;
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
    const outcome =
      journal === undefined
        ? await deleteOld(target, olderThan)
        : await cleanUp(target, readJournal(journal));
    process.stdout.write(`deleted ${outcome.deleted}, remaining ${outcome.remaining.length}\n`);
    for (const { urn, why } of outcome.remaining)
      process.stdout.write(`  ${printable(urn)}: ${printable(why)}\n`);
    process.exitCode = outcome.remaining.length === 0 ? EXIT.conformant : EXIT.inconclusive;
  } finally {
    await target.close();
  }
}

async function deleteOld(target: Target, olderThan: number): Promise<Outcome> {
  const { functions, complete } = await findLeftBehind(target, olderThan);
  const remaining: { urn: string; why: string }[] = [];
  let deleted = 0;
  for (const { urn } of functions) {
    const { exchange } = await deleteFunction(target, urn);
    if (isGone(exchange)) deleted++;
    else
      remaining.push({
        urn,
        why: exchange.failure?.message ?? `the answer was ${exchange.response?.status}`,
      });
  }
  if (!complete) remaining.push({ urn: 'the list of functions', why: 'it could not be read to its end' });
  return { deleted, remaining };
}
