/** How thorough a run is. The bounds are kept exactly; the counts are what a healthy target needs. */
export interface Profile {
  /** Requests at most, clean-up included. */
  readonly maxRequests: number;
  /** Exchanges that a run of a conforming target makes, about. */
  readonly usualExchanges: number;
  /** Functions that are created at most. */
  readonly maxFunctions: number;
  /** One everyday configuration in place of those that cover every documented value; no histories, no races. */
  readonly isBrief: boolean;
  /** Random configurations beyond those. */
  readonly randomConfigurations: number;
  /** Values one step outside what is documented. */
  readonly outsideValues: number;
  /** Whether each of them goes through every request that can set it; else they take turns. */
  readonly isEveryDoor: boolean;
  /** Fixed publish requests: every subset of the members, the ends of lengths. */
  readonly publishExamples: number;
  readonly randomPublishRequests: number;
  /** Fixed publish requests with a fault, for each clause. */
  readonly examplesPerFault: number;
  readonly randomInvalidRequests: number;
  /** Publish requests with random damage to their bytes. */
  readonly damagedRequests: number;
  /** Requests that may be spent on making one counterexample smaller. */
  readonly shrinkRequests: number;
  /** Findings of a property that are shown again, from nothing and with less. */
  readonly repeatedFindings: number;
  /** Random histories of a function. */
  readonly histories: number;
}

export type ProfileName = 'smoke' | 'standard' | 'deep';

/** The three profiles of the command line. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  smoke: {
    maxRequests: 40,
    usualExchanges: 25,
    maxFunctions: 8,
    isBrief: true,
    randomConfigurations: 0,
    outsideValues: 2,
    isEveryDoor: false,
    publishExamples: 2,
    randomPublishRequests: 0,
    examplesPerFault: 1,
    randomInvalidRequests: 0,
    damagedRequests: 0,
    shrinkRequests: 0,
    repeatedFindings: 0,
    histories: 0,
  },
  standard: {
    maxRequests: 1000,
    usualExchanges: 970,
    maxFunctions: 250,
    isBrief: false,
    randomConfigurations: 2,
    outsideValues: Number.POSITIVE_INFINITY,
    isEveryDoor: false,
    publishExamples: Number.POSITIVE_INFINITY,
    randomPublishRequests: 5,
    examplesPerFault: 6,
    randomInvalidRequests: 5,
    damagedRequests: 0,
    shrinkRequests: 30,
    repeatedFindings: 6,
    histories: 2,
  },
  deep: {
    maxRequests: 10_000,
    usualExchanges: 6250,
    maxFunctions: 2500,
    isBrief: false,
    randomConfigurations: 300,
    outsideValues: Number.POSITIVE_INFINITY,
    isEveryDoor: true,
    publishExamples: Number.POSITIVE_INFINITY,
    randomPublishRequests: 500,
    examplesPerFault: Number.POSITIVE_INFINITY,
    randomInvalidRequests: 1000,
    damagedRequests: 250,
    shrinkRequests: 100,
    repeatedFindings: 60,
    histories: 60,
  },
};
