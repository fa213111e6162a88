import type { Configuration } from '../page/configuration.ts';
import type { Hooks, Publication, Service } from './call.ts';
import type { StoredFunction, Version } from './functions.ts';
import { through } from './hooks.ts';
import type { JsonObject } from './json-object.ts';
import { imageName } from './reported-function.ts';
import { nextAutomaticName } from './version-names.ts';

/** Stores a new version of the function and answers what is reported of it. */
export function addVersion(publication: Publication, hooks: readonly Hooks[]): JsonObject {
  const { fn, requestedName, description } = publication;
  const name = through(
    hooks.map(hook => hook.versionName),
    requestedName ?? nextAutomaticName(fn),
    publication,
  );
  const { configuration, code, modifiedAt, asyncTimes, reported: latest, state } = fn;
  const configured = { configuration, code, modifiedAt, asyncTimes };
  const reported = reportOfVersion(name, latest, modifiedAt, publication, hooks);
  fn.versions = [...fn.versions, { ...configured, name, requestedName, description, reported, state }];
  return reported;
}

/**
 * Configures a version anew: it reports what it is now, and `latest` stays what it is.
 *
 * @throws a refusal when the configuration cannot be
 */
export function changeVersion(
  { store, hooks }: Service,
  fn: StoredFunction,
  version: Version,
  configuration: Configuration,
): Version {
  const { reported: latest, ...configured } = store.configured(fn, version, configuration);
  const { name, requestedName, description } = version;
  const publication = { fn, requestedName, description };
  const reported = reportOfVersion(name, latest, configured.modifiedAt, publication, hooks);
  const changed = { ...version, ...configured, reported };
  fn.versions = fn.versions.map(each => (each.name === name ? changed : each));
  return changed;
}

/** Deletes a version, and the aliases that stand for it. */
export function deleteVersion(fn: StoredFunction, { name }: Version): void {
  fn.versions = fn.versions.filter(version => version.name !== name);
  fn.aliases = fn.aliases.filter(({ version }) => version !== name);
}

function reportOfVersion(
  name: string,
  latest: JsonObject,
  modifiedAt: number,
  publication: Publication,
  hooks: readonly Hooks[],
): JsonObject {
  const { fn, description } = publication;
  const described = description === undefined ? {} : { version_description: description };
  return through(
    hooks.map(hook => hook.version),
    { ...latest, version: name, image_name: imageName(name, fn, modifiedAt), ...described },
    publication,
  );
}
