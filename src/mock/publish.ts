import { characters } from '../page/formats.ts';
import { DESCRIPTION_MAX_LENGTH } from '../page/values.ts';
import { type Answer, ok } from './answer.ts';
import type { Call } from './call.ts';
import { LIMITS, type StoredFunction, versionOf } from './functions.ts';
import { through } from './hooks.ts';
import type { JsonObject } from './json-object.ts';
import { namedIn } from './named-function.ts';
import { type Refusal, refusal } from './refusals.ts';
import { objectIn } from './request-body.ts';
import { isVersionName } from './version-names.ts';
import { addVersion } from './versions.ts';

/**
 * Publishes a function: 200 with the new version.
 *
 * @throws a refusal as the page and the error code table document them
 */
export function publish(call: Call): Answer {
  const { hooks } = call.service;
  const request = readRequest(objectIn(call));
  const problem = through(
    hooks.map(hook => hook.publishProblem),
    problemOf(request),
    call,
  );
  if (problem !== undefined) throw problem;
  const { fn } = namedIn(call);
  if (fn.failsNext) {
    fn.failsNext = false;
    throw refusal(500, 'FSS.0500', 'Internal server error');
  }
  refuseWhatCannotBePublished(fn, request.version);
  const publication = { fn, requestedName: request.version, description: request.description };
  return ok(addVersion(publication, hooks));
}

interface PublishMembers {
  readonly version: string | undefined;
  readonly description: string | undefined;
}

/** The members of the request that count; `digest` is not compared with the code. */
function readRequest(body: JsonObject): PublishMembers {
  text(body, 'digest');
  return { version: text(body, 'version'), description: text(body, 'description') };
}

/** What is wrong with the request, whatever the function is. */
function problemOf({ version, description }: PublishMembers): Refusal | undefined {
  if (description !== undefined && characters(description) > DESCRIPTION_MAX_LENGTH) {
    return refusal(
      400,
      'FSS.1019',
      `description has ${characters(description)} characters; documented: at most ${DESCRIPTION_MAX_LENGTH}`,
    );
  }
  if (version !== undefined && !isVersionName(version)) {
    return refusal(400, 'FSS.1015', 'version is not a name that a version can have');
  }
  return undefined;
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
