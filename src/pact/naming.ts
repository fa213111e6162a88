import { UsageError } from '../run/usage-error.ts';

/** Whose pact it is, and where it lies. */
export interface PactNaming {
  /** The folder of the pact file. */
  readonly dir: string;
  /** The name under which a team publishes. */
  readonly consumer: string;
  /** The name of the service at the broker. */
  readonly provider: string;
}

export const DEFAULT_NAMING: PactNaming = {
  dir: 'pacts',
  consumer: 'fgs-conformance',
  provider: 'functiongraph',
};

/** What no file name may have everywhere, and the sign that stands for it here. */
const NOT_IN_A_NAME = /[/\\:*?"<>|%\p{Cc}]/gu;

/**
 * The name of the file of a consumer and a provider. What a file name cannot have is percent-encoded, so that
 * different parties have different files, all of them in the folder.
 *
 * @example pactFileName({ consumer: '@acme/sdk', provider: 'functiongraph' }) // '@acme%2Fsdk-functiongraph.json'
 */
export function pactFileName({ consumer, provider }: Pick<PactNaming, 'consumer' | 'provider'>): string {
  const [first, second] = [consumer, provider].map(name =>
    name.replaceAll(NOT_IN_A_NAME, encodeURIComponent),
  );
  return `${first}-${second}.json`;
}

/** @throws UsageError when a name is blank, or has more than one line */
export function checkName(name: string, option: string): void {
  if (name.trim() === '') throw new UsageError(`${option} is blank.`);
  if (/\p{Cc}/u.test(name)) throw new UsageError(`${option} has a character that no name has.`);
}

declare module 'vitest' {
  interface ProvidedContext {
    pacts: PactNaming;
  }
}
