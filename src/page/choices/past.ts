type Members = Readonly<Record<string, unknown>>;

/** What earlier exchanges have shown of a function, as far as its choices hang on it. What is not certain is not in it. */
export interface FunctionPast {
  /** Whether anything changed since the last publication. */
  readonly unpublishedChanges?: boolean;
  /** The names of versions in the order in which they were published; deleted ones may be among them. */
  readonly names: readonly string[];
  /** What the function reported of its configuration the last time. */
  readonly reported?: Members;
  /** Members that were reported before the last change of the configuration, which left them out. */
  readonly leftOut?: Members;
  /** Its configuration was changed since the last publication, is what it was then, and nothing else was changed. */
  readonly isChangedBack?: boolean;
  /** The name that the file of its code was sent with; `null` when it was sent without one. */
  readonly codeFilename?: string | null;
}

/** Nothing is known. */
export const NO_PAST: FunctionPast = { names: [] };
