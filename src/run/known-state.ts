/** What is known of a function, from what was done to it and what the target answered. */

import { createHash } from 'node:crypto';
import type { Configuration } from '../page/configuration.ts';
import type { Context } from '../page/context.ts';
import { looksAutomatic } from '../page/formats.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';

/** What a function was when the run took it up. */
export interface FirstState {
  readonly configuration: Partial<Configuration>;
  /** Whether anything is there to publish; `undefined` when nobody knows. */
  readonly unpublishedChanges: boolean | undefined;
  /** Whether it is known to be there; it is unless this says otherwise. */
  readonly isCertain?: boolean;
  /** Whether the suite made it, and so may change and delete it. */
  readonly isOwn: boolean;
}

export interface KnownState {
  readonly configuration: Partial<Configuration>;
  /** How often a version was published and accepted. */
  readonly publications: number;
  /** How many versions of this run it has, or may have. */
  readonly versions: number;
  /** The versions that it has, the oldest first; `undefined` when nobody knows. */
  readonly published: readonly PublishedVersion[] | undefined;
  /** How often it was changed. */
  readonly changes: number;
  /** The same, as the judge takes it. */
  context(): Context;
  /** Whether a version of this name is there. */
  isTaken(version: string | undefined): boolean;
  changed(configuration: Partial<Configuration>, isNewCode: boolean): void;
  /** Notes a publication that was accepted, with what was answered and the name that was asked for. */
  publishedAs(version: PublishedVersion | undefined, asked: string | undefined): void;
  /** Nobody knows whether a version came to be. */
  mayHavePublished(): void;
  /** The target may have understood more of a request than its answer says. */
  mayHaveUnderstoodMore(): void;
  removedOldest(): void;
}

/** Begins with what a function was when the run took it up. */
export function createKnownState(first: FirstState, projectId: string): KnownState {
  const { isOwn, isCertain } = first;
  let { configuration, unpublishedChanges } = first;
  let published: readonly PublishedVersion[] | undefined = isOwn ? [] : undefined;
  let publications = 0;
  let versions = 0;
  let changes = 0;
  const takenNames = new Set<string>();
  return {
    get configuration() {
      return configuration;
    },
    get publications() {
      return publications;
    },
    get versions() {
      return versions;
    },
    get published() {
      return published;
    },
    get changes() {
      return changes;
    },
    context() {
      const codeMd5 = md5Of(configuration.func_code?.file);
      return {
        projectId,
        credentials: 'valid',
        ...(isCertain === false ? {} : { function: 'exists' as const }),
        configuration,
        ...(unpublishedChanges === undefined ? {} : { unpublishedChanges }),
        ...(codeMd5 === undefined ? {} : { codeMd5 }),
        ...(published === undefined ? {} : { published }),
      };
    },
    isTaken: version => version !== undefined && takenNames.has(version),
    changed(to, isNewCode) {
      configuration = to;
      changes++;
      // Only new code is a change beyond doubt: services differ in whether a change of the configuration
      // alone is one, or a change back to what a version has.
      if (isNewCode) unpublishedChanges = true;
      else if (unpublishedChanges === false) unpublishedChanges = undefined;
    },
    publishedAs(version, asked) {
      publications++;
      versions++;
      for (const name of namesOf(version, asked)) takenNames.add(name);
      // Whether a function of somebody else’s has anything to publish, nobody knows.
      unpublishedChanges = isOwn ? false : undefined;
      if (version !== undefined) published = published && [...published, version];
    },
    mayHavePublished() {
      versions++;
      unpublishedChanges = undefined;
      published = undefined;
    },
    mayHaveUnderstoodMore() {
      unpublishedChanges = undefined;
    },
    removedOldest() {
      const [oldest, ...rest] = published ?? [];
      versions--;
      published = rest;
      takenNames.delete(oldest?.version ?? '');
      // Whether what is left still equals the last version is up to the service.
      unpublishedChanges = unpublishedChanges === true ? true : undefined;
    },
  };
}

/** The answer may say "latest" whatever was asked for, as the documented example does. */
function namesOf(version: PublishedVersion | undefined, asked: string | undefined): readonly string[] {
  const answered = version?.version;
  const isNamedByService = answered !== undefined && answered !== asked && looksAutomatic(answered);
  return (isNamedByService ? [answered] : [asked, answered]).filter(name => name !== undefined);
}

function md5Of(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  return createHash('md5').update(Buffer.from(base64, 'base64')).digest('hex');
}
