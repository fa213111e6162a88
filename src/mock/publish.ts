import { characters } from '../page/formats.ts';
import { DESCRIPTION_MAX_LENGTH } from '../page/values.ts';
import { type Answer, type Call, type JsonObject, ok } from './call.ts';
import { LIMITS, type StoredFunction, versionOf } from './functions.ts';
import { type Hooks, type Publication, through } from './hooks.ts';
import { functionOf } from './named-function.ts';
import { refusal } from './refusals.ts';
import { imageName } from './reported-function.ts';
import { objectIn } from './request-body.ts';
import { nextAutomaticName } from './version-names.ts';

/** The name that a client may give a version: the page has no grammar, so this is the version page's. */
const VERSION_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,40}[A-Za-z0-9])?$/;

/**
 * Publishes a function: 200 with the new version.
 *
 * @throws a refusal as the page and the error code table document them
 */
export function publish(call: Call): Answer {
  const request = readRequest(objectIn(call));
  const fn = functionOf(call);
  if (fn.failsNext) {
    fn.failsNext = false;
    throw refusal(500, 'FSS.0500', 'Internal server error');
  }
  refuseWhatCannotBePublished(fn, request.version);
  const publication = { fn, requestedName: request.version, description: request.description };
  return ok(addVersion(publication, call.service.hooks));
}

interface PublishMembers {
  readonly version: string | undefined;
  readonly description: string | undefined;
}

/** The members of the request that count; `digest` is not compared with the code. */
function readRequest(body: JsonObject): PublishMembers {
  text(body, 'digest');
  const version = text(body, 'version');
  const description = text(body, 'description');
  if (description !== undefined && characters(description) > DESCRIPTION_MAX_LENGTH) {
    throw refusal(
      400,
      'FSS.1019',
      `description has ${characters(description)} characters; documented: at most ${DESCRIPTION_MAX_LENGTH}`,
    );
  }
  if (version !== undefined && (version === 'latest' || !VERSION_NAME.test(version))) {
    throw refusal(400, 'FSS.1015', 'version is not a name that a version can have');
  }
  return { version, description };
}

function text(body: JsonObject, member: string): string | undefined {
  const value = Object.hasOwn(body, member) ? body[member] : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw refusal(400, 'FSS.0400', `${member} is not a string`);
}

function refuseWhatCannotBePublished(fn: StoredFunction, requestedName: string | undefined): void {
  if (requestedName !== undefined && versionOf(fn, requestedName) !== undefined) {
    throw refusal(409, 'FSS.1062', `The version ${requestedName} exists already`);
  }
  if (fn.versions.at(-1)?.state === fn.state) {
    throw refusal(400, 'FSS.1016', 'Nothing changed since the last publication');
  }
  // The error code table has no code for this; the status is that of too many functions.
  if (fn.versions.length + 1 >= LIMITS.versionsWithLatest) {
    throw refusal(
      403,
      'FSS.0403',
      `The function has ${LIMITS.versionsWithLatest} versions, latest included; it may have no more`,
    );
  }
}

/** Stores a new version of the function and answers what is reported of it. */
export function addVersion(publication: Publication, hooks: readonly Hooks[]): JsonObject {
  const { fn, requestedName, description } = publication;
  const name = through(
    hooks.map(hook => hook.versionName),
    requestedName ?? nextAutomaticName(fn),
    publication,
  );
  const reported = through(
    hooks.map(hook => hook.version),
    { ...fn.reported, version: name, image_name: imageName(name, fn), ...described(description) },
    publication,
  );
  fn.versions = [...fn.versions, { name, reported, state: fn.state }];
  return reported;
}

function described(description: string | undefined): JsonObject {
  return description === undefined ? {} : { version_description: description };
}
