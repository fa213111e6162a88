import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatUrn } from '../page/urn.ts';
import { openSession, type Session } from '../run/session.ts';
import type { RunSettings } from '../run/settings.ts';
import { functionPath } from '../target/index.ts';
import type { Episode } from './episode.ts';
import { openProviderDoor } from './provider-door.ts';
import type { TokenUse } from './token-uses.ts';
import { type Outcome, outcomesIn } from './verification.ts';
import { verifierResultIn } from './verifier-result.ts';

/** One verification: plain data, handed over by vitest. */
export interface VerificationSettings {
  readonly run: RunSettings;
  readonly provider: string;
  /** Files, each with the pact of one consumer. */
  readonly pacts: readonly string[];
  /** What the tokens that stand in the pacts mean; others stand for valid credentials. */
  readonly tokens: Readonly<Record<string, TokenUse>>;
}

/** What came of the interactions of one pact, in their order, or why the verifier could not go through them. */
export type PactOutcome = { readonly outcomes: readonly Outcome[] } | { readonly trouble: string };

/** What a verification came to. */
export interface VerificationOutcome {
  /** As many as there are files, unless the verification was interrupted. */
  readonly pacts: readonly PactOutcome[];
  /** Why the target can no longer be asked, when it went away meanwhile. */
  readonly gone?: string;
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
 * Runs Pact's verifier against the target, one pact after the other. It prints what it likes: call this in a
 * process of its own, before anything there has loaded Pact.
 */
export async function verifyProvider(
  { run, provider, pacts: files, tokens }: VerificationSettings,
  signal: AbortSignal,
): Promise<VerificationOutcome> {
  // Without the process that started this one, nobody would look after what is created from now on.
  // vitest lets nobody call process.exit in its workers.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  const session = openSession(run);
  const interrupt = (): void => session.interruption.abort();
  signal.addEventListener('abort', interrupt, { once: true });
  const door = await openProviderDoor(session, token => tokens[token] ?? 'valid');
  const pacts: PactOutcome[] = [];
  try {
    for (const file of files) {
      const before = door.episodes().length;
      const text = await verify({
        provider,
        pactUrls: [file],
        providerBaseUrl: door.url,
        providerStatesSetupUrl: door.statesUrl,
        timeout: run.timeoutMs + PAUSES_MS,
      });
      pacts.push(outcomeIn(text, door.episodes().slice(before)));
    }
    const gone = door.episodes().some(wasUnanswered) ? await absenceOf(session) : undefined;
    return gone === undefined ? { pacts } : { pacts, gone };
  } finally {
    await door.close();
    await session.close();
  }
}

function outcomeIn(text: string, episodes: readonly Episode[]): PactOutcome {
  const result = verifierResultIn(text);
  if (result === undefined) return { trouble: text };
  if (result.interactions.length > 0) return { outcomes: outcomesIn(result, episodes) };
  // Errors that are about no interaction: a pact that could not be read.
  return { trouble: result.errors[0]?.mismatches.join('; ') ?? 'it went through no interaction' };
}

function wasUnanswered({ obstacle, exchange }: Episode): boolean {
  return obstacle !== undefined || exchange?.failure !== undefined;
}

/** Why the target does not answer any request any more; `undefined` while it does. */
async function absenceOf({ target, name }: Session): Promise<string | undefined> {
  const urn = formatUrn({
    region: target.region ?? 'region',
    projectId: target.projectId,
    package: 'default',
    name: name(),
  });
  const request = { method: 'POST', path: functionPath(target.projectId, urn, 'versions'), body: '{}' };
  const { failure, response } = await target.send(request, {}, { fromReserve: true, observed: false });
  return response === undefined ? failure?.message : undefined;
}

/** What the verifier says, whether it succeeds, fails or cannot run. */
async function verify(options: Readonly<Record<string, unknown>>): Promise<string> {
  settleEnvironment();
  const folder = await mkdtemp(join(tmpdir(), 'fgs-conformance-log-'));
  try {
    const { Verifier } = await import('@pact-foundation/pact-core');
    // At the edge: its types want mutable arrays.
    const verifier = new Verifier({
      ...options,
      logLevel: 'error',
      logFile: join(folder, 'verifier.log'),
    } as never);
    return await verifier.verify().catch(messageOf);
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
    const hosts = (process.env[name] ?? '').split(',').filter(Boolean);
    process.env[name] = [...new Set([...hosts, DOOR_HOST])].join(',');
  }
}
