/** What the double of a Pact broker keeps in memory. */

export interface PublishedPact {
  readonly consumer: string;
  readonly provider: string;
  readonly version: string;
  readonly sha: string;
  /** With the ids that a broker gives interactions. */
  readonly content: Record<string, unknown>;
}

/** A version of a pacticipant, in the order in which they came. */
export interface StoredVersion {
  readonly pacticipant: string;
  readonly number: string;
  readonly branches: Set<string>;
  readonly tags: Set<string>;
}

export interface VerificationResult {
  readonly sha: string;
  readonly success: boolean;
  readonly providerApplicationVersion: string;
  readonly buildUrl?: string;
  /** Where the version was put before the results came. */
  readonly branch: string | undefined;
  readonly tags: readonly string[];
  readonly testResults?: unknown;
  readonly verifiedBy?: unknown;
}

export interface BrokerStore {
  readonly pacts: PublishedPact[];
  readonly results: VerificationResult[];
  readonly versions: StoredVersion[];
  /** The version, made when it is not there. */
  version(pacticipant: string, number: string): StoredVersion;
  knows(pacticipant: string): boolean;
}

/** Starts empty. */
export function createBrokerStore(): BrokerStore {
  const pacts: PublishedPact[] = [];
  const versions: StoredVersion[] = [];
  return {
    pacts,
    results: [],
    versions,
    version: (pacticipant, number) => {
      const known = versions.find(each => each.pacticipant === pacticipant && each.number === number);
      if (known !== undefined) return known;
      const made = { pacticipant, number, branches: new Set<string>(), tags: new Set<string>() };
      versions.push(made);
      return made;
    },
    knows: pacticipant =>
      versions.some(each => each.pacticipant === pacticipant) ||
      pacts.some(({ consumer, provider }) => consumer === pacticipant || provider === pacticipant),
  };
}
