import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../run/session.ts';
import type { RunSettings } from '../run/settings.ts';
import { redactorOf, type Secret } from '../target/index.ts';
import type { Episode } from './episode.ts';
import { openProviderDoor } from './provider-door.ts';
import type { TokenUse } from './token-uses.ts';
import { type VerifiedInteraction, verifiedInteractions } from './verification.ts';
import { type VerifierResult, verifierResultIn } from './verifier-result.ts';

/** Where the verifier takes the pacts from, in its own words. */
export type PactSource =
  | { readonly pactUrls: readonly string[] }
  | ({ readonly pactBrokerUrl: string } & Readonly<Record<string, unknown>>);

/** One verification: plain data, handed over by vitest. */
export interface VerificationSettings {
  readonly run: RunSettings;
  readonly provider: string;
  readonly source: PactSource;
  /** What the tokens that stand in the pacts mean; others stand for valid credentials. */
  readonly tokens: Readonly<Record<string, TokenUse>>;
}

/** What a verification came to. */
export interface VerificationOutcome {
  readonly interactions: readonly VerifiedInteraction[];
  /** What a broker has to say, a line each. */
  readonly notices: readonly string[];
  /** Why the verifier could not run. */
  readonly trouble?: string;
  /** Why the broker did not take the results. */
  readonly unpublished?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    verification: VerificationSettings;
  }
  interface TaskMeta {
    verification?: VerificationOutcome;
  }
}

/** The address that the door listens at. */
const DOOR_HOST = '127.0.0.1';

/** Pauses before a gateway's answer is asked for again come on top of what one exchange may take. */
const PAUSES_MS = 120_000;

/**
 * Runs Pact's verifier against the target. It prints what it likes: call this in a process of its own, before
 * anything there has loaded Pact.
 */
export async function verifyProvider(
  settings: VerificationSettings,
  signal: AbortSignal,
): Promise<VerificationOutcome> {
  // Without the process that started this one, nobody would look after what is created from now on.
  process.once('disconnect', () => process.exit(1));
  const session = openSession(settings.run);
  const interrupt = (): void => session.interruption.abort();
  signal.addEventListener('abort', interrupt, { once: true });
  const door = await openProviderDoor(session, token => settings.tokens[token] ?? 'valid');
  try {
    const { text, log } = await verify({
      provider: settings.provider,
      ...settings.source,
      providerBaseUrl: door.url,
      providerStatesSetupUrl: door.statesUrl,
      timeout: settings.run.timeoutMs + PAUSES_MS,
    });
    const redact = redactorOf(secretsIn(settings.source));
    return outcomeIn(redact(text), redact(log), door.episodes());
  } finally {
    await door.close();
    await session.close();
  }
}

/** The credentials of the broker, which no message may show. */
function secretsIn(source: PactSource): readonly Secret[] {
  if (!('pactBrokerUrl' in source)) return [];
  return [source.pactBrokerToken, source.pactBrokerPassword].flatMap(value =>
    typeof value === 'string' ? [{ value, placeholder: '[broker credentials]' }] : [],
  );
}

function outcomeIn(text: string, log: string, episodes: readonly Episode[]): VerificationOutcome {
  const result = verifierResultIn(text);
  const trouble = result === undefined ? text : troubleIn(result);
  if (result === undefined || trouble !== undefined)
    return { interactions: [], notices: [], trouble: trouble ?? text };
  const { notices } = result;
  const outcome = { interactions: verifiedInteractions(result, episodes), notices };
  const unpublished = PUBLISHING_FAILED.exec(log)?.[1];
  return unpublished === undefined ? outcome : { ...outcome, unpublished };
}

/** The verifier tells its log, and nobody else, that a broker did not take its results. */
const PUBLISHING_FAILED = /Publishing of verification results failed with an error: (.*)/;

/** Errors that are about no interaction: a pact that could not be read, a broker that did not answer. */
function troubleIn({ interactions, errors }: VerifierResult): string | undefined {
  return interactions.length > 0 ? undefined : errors[0]?.mismatches.join('; ');
}

/** What the verifier says, whether it succeeds, fails or cannot run, and what it wrote in its log. */
async function verify(options: Readonly<Record<string, unknown>>): Promise<{ text: string; log: string }> {
  settleEnvironment();
  const folder = await mkdtemp(join(tmpdir(), 'fgs-conformance-log-'));
  const logFile = join(folder, 'verifier.log');
  try {
    const { Verifier } = await import('@pact-foundation/pact-core');
    // At the edge: its types want mutable arrays.
    const verifier = new Verifier({ ...options, logLevel: 'error', logFile } as never);
    const text = await verifier.verify().catch((error: unknown) => messageOf(error));
    return { text, log: await readFile(logFile, 'utf8').catch(() => '') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Pact takes instructions from the environment: which interactions to leave out, a broker to ask besides, a
 * proxy to reach its door by.
 */
function settleEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('PACT_')) delete process.env[name];
  }
  process.env.PACT_DO_NOT_TRACK = 'true';
  process.env.LOG_LEVEL = 'error';
  for (const name of ['NO_PROXY', 'no_proxy']) {
    process.env[name] = [process.env[name], DOOR_HOST].filter(Boolean).join(',');
  }
}
