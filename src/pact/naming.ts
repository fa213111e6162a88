import { join } from 'node:path';

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

/** The file that Pact writes for a consumer and a provider. */
export function pactFile({ dir, consumer, provider }: PactNaming): string {
  return join(dir, `${consumer}-${provider}.json`);
}

declare module 'vitest' {
  interface ProvidedContext {
    pacts: PactNaming;
  }
}
