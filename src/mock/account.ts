/** Whose functions they are and where they run. */
export interface Account {
  readonly region: string;
  readonly projectId: string;
  readonly domainId: string;
  readonly projectName: string;
}
