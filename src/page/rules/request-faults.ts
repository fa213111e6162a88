import { type Clause, type Level, subjectOf } from '../clause.ts';
import { characters, isObject } from '../formats.ts';
import type { PublishRequestView } from '../publish-request-view.ts';
import { membersOf } from '../schema.ts';
import { publishRequest } from '../tables/publish-request.ts';
import { isMalformedUrn } from '../urn.ts';
import { BODY_LIMIT_BYTES, DESCRIPTION_MAX_LENGTH } from '../values.ts';

/** One thing that can be wrong (or unusual) with a publish request, and how such a request must be answered. */
export interface RequestFault extends Clause {
  /** Whether the request has the fault, as far as the request and its context tell. */
  readonly isIn: (request: PublishRequestView) => boolean;
  /** The statuses that the page allows in answer. */
  readonly answers: (status: number) => boolean;
  /** `answers` in words. */
  readonly answered: string;
  /** The error code that the error code table gives for it, and the status that it comes with. */
  readonly code?: { readonly status: number; readonly code: string };
}

const MEMBERS = ['digest', 'version', 'description'] as const;
type PublishMember = (typeof MEMBERS)[number];

/** Version names that the suite asks for: the page gives no grammar, so others are not claimed to be valid. */
const PLAIN_VERSION = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,40}[A-Za-z0-9])?$/;

function oneOf(...statuses: readonly number[]): (status: number) => boolean {
  return status => statuses.includes(status);
}

function any4xxOr(...statuses: readonly number[]): (status: number) => boolean {
  return status => (status >= 400 && status < 500) || statuses.includes(status);
}

/** The members of a request body that is an object, else none. */
export function bodyOf(request: Pick<PublishRequestView, 'json'>): Readonly<Record<string, unknown>> {
  return isObject(request.json.value) ? request.json.value : {};
}

function fault(
  id: string,
  rest: Omit<RequestFault, 'id' | 'subject' | 'level'> & { level?: Level },
): RequestFault {
  return { id, subject: subjectOf(id), level: 'required', ...rest };
}

/** A member with the wrong type; `null` counts as absent. */
function wrongType(member: PublishMember): RequestFault {
  return fault(`request.${member}.type`, {
    title: `a ${member} that is no string is answered with 400`,
    source: { table: 'Table 3', row: member },
    when: `a publish request whose ${member} is a number, boolean, array or object`,
    says: publishRequest.properties[member].page.says,
    isIn: request => {
      const value = bodyOf(request)[member];
      return value !== undefined && value !== null && typeof value !== 'string';
    },
    answers: oneOf(400),
    answered: '400',
  });
}

const knownMembers = new Set(membersOf(publishRequest, 'request').map(member => member.name));

/** Everything that can be wrong with a publish request. A request with none of it must be accepted. */
export const requestFaults: readonly RequestFault[] = [
  fault('request.auth.missing', {
    title: 'a request without X-Auth-Token is answered with 401',
    source: { table: 'Table 2', row: 'X-Auth-Token' },
    when: 'a publish request without credentials',
    says: 'The user token, mandatory.',
    isIn: request => !request.hasCredentials,
    answers: oneOf(401),
    answered: '401',
  }),
  fault('request.auth.wrong', {
    title: 'a request with a wrong X-Auth-Token is answered with 401',
    source: { table: 'Status Codes', row: '401' },
    when: 'a publish request with credentials that the target does not know',
    isIn: request => request.hasCredentials && request.context.credentials === 'wrong',
    answers: oneOf(401),
    answered: '401',
  }),
  fault('request.permission.forbidden', {
    title: 'a token without permission is answered with 403',
    source: { table: 'Status Codes', row: '403' },
    when: 'a publish request with a second credential that has no permission',
    isIn: request => request.hasCredentials && request.context.credentials === 'forbidden',
    answers: oneOf(403),
    answered: '403',
  }),
  fault('request.project_id.foreign', {
    title: 'a project_id that is not the token’s is answered with 400, 401, 403 or 404',
    source: { table: 'Table 1', row: 'project_id' },
    when: 'a publish request whose path names another project',
    says: 'The project, mandatory.',
    isIn: ({ context, projectId }) => context.projectId !== undefined && context.projectId !== projectId,
    answers: oneOf(400, 401, 403, 404),
    answered: '400, 401, 403 or 404',
  }),
  fault('request.function_urn.malformed', {
    title: 'a malformed function_urn is answered with 400 or 404',
    source: { table: 'Table 1', row: 'function_urn' },
    when: 'a publish request whose URN has a wrong prefix or number of fields',
    says: 'The URN of the function, mandatory.',
    isIn: ({ urn, functionUrn }) => urn === undefined && isMalformedUrn(functionUrn),
    answers: oneOf(400, 404),
    answered: '400 or 404',
  }),
  fault('request.function_urn.absent', {
    title: 'a function that does not exist is answered with 404',
    source: { table: 'Status Codes', row: '404' },
    when: 'a publish request for a function that does not exist',
    isIn: ({ urn, context }) => urn?.region !== undefined && context.function === 'absent',
    answers: oneOf(404),
    answered: '404',
    code: { status: 404, code: 'FSS.1051' },
  }),
  fault('request.function_urn.absent-by-short-form', {
    level: 'recommended',
    title: 'a short form of the URN of a function that does not exist is answered with 404',
    source: { table: 'Table 1', row: 'function_urn' },
    when: 'a publish request for a function that does not exist, named by a short form of its URN',
    isIn: ({ urn, context }) =>
      urn !== undefined && urn.region === undefined && context.function === 'absent',
    answers: oneOf(404),
    answered: '404',
  }),
  fault('request.function_urn.elsewhere', {
    title: 'a URN in another project or region is answered with 400, 401, 403 or 404',
    source: { table: 'Table 1', row: 'function_urn' },
    when: 'a publish request whose URN names a function that exists in another project or region',
    ruling: 'No function of the token has that URN.',
    isIn: ({ context }) => context.function === 'elsewhere',
    answers: oneOf(400, 401, 403, 404),
    answered: '400, 401, 403 or 404',
  }),
  fault('request.function_urn.absent-version', {
    level: 'recommended',
    title: 'a URN with a version that does not exist is answered with 404',
    source: { table: 'Error Codes', row: 'FSS.1052' },
    when: 'a publish request whose URN ends in a version that the function does not have',
    isIn: ({ urn, context }) => context.qualifier === 'absent' && urn?.qualifier?.startsWith('!') === false,
    answers: oneOf(404),
    answered: '404',
    code: { status: 404, code: 'FSS.1052' },
  }),
  fault('request.function_urn.absent-alias', {
    level: 'recommended',
    title: 'a URN with an alias that does not exist is answered with 404',
    source: { table: 'Error Codes', row: 'FSS.1053' },
    when: 'a publish request whose URN ends in an alias that the function does not have',
    isIn: ({ urn, context }) => context.qualifier === 'absent' && urn?.qualifier?.startsWith('!') === true,
    answers: oneOf(404),
    answered: '404',
    code: { status: 404, code: 'FSS.1053' },
  }),
  fault('request.body.absent', {
    title: 'a request without a body is answered with 200 or 400',
    source: { table: 'Table 3', row: 'digest' },
    when: 'a publish request without a body, or with an empty one',
    ruling: 'The page marks no member mandatory and does not say whether the body is.',
    isIn: request => request.json.kind === 'absent',
    answers: oneOf(200, 400),
    answered: '200 or 400',
  }),
  fault('request.body.malformed', {
    title: 'a body that is not JSON is answered with 400 or 406',
    source: { table: 'Status Codes', row: '400' },
    when: 'a publish request whose body is no JSON',
    ruling: '400 by this page, 406 by the error code table, which names exactly this case.',
    isIn: request => request.json.kind === 'malformed',
    answers: oneOf(400, 406),
    answered: '400 or 406',
  }),
  fault('request.body.not-object', {
    title: 'a body that is no JSON object is answered with 400',
    source: { table: 'Status Codes', row: '400' },
    when: 'a publish request whose body is an array, string, number, boolean or null',
    isIn: request => request.json.kind === 'value' && !isObject(request.json.value),
    answers: oneOf(400),
    answered: '400',
  }),
  wrongType('digest'),
  wrongType('version'),
  wrongType('description'),
  fault('request.body.unknown-members', {
    title: 'members that the page does not document are answered with 200 or 400',
    source: { table: 'Table 3', row: 'Parameter' },
    when: 'a publish request with a member besides digest, version and description',
    isIn: request => Object.keys(bodyOf(request)).some(name => !knownMembers.has(name)),
    answers: oneOf(200, 400),
    answered: '200 or 400',
  }),
  fault('request.body.null-members', {
    title: 'a member that is null is answered with 200 or 400',
    source: { table: 'Table 3', row: 'Parameter' },
    when: 'a publish request in which digest, version or description is null',
    ruling: 'null counts as absent, but the page does not say so for requests.',
    isIn: request => MEMBERS.some(member => bodyOf(request)[member] === null),
    answers: oneOf(200, 400),
    answered: '200 or 400',
  }),
  fault('request.version.grammar', {
    title: 'an unusual version name is answered with 200 or 400',
    source: { table: 'Table 3', row: 'version' },
    when: 'a publish request whose version is not 1..42 letters, digits, ".", "-", "_"',
    ruling: 'The page gives no grammar for the name.',
    isIn: request => {
      const { version } = bodyOf(request);
      return typeof version === 'string' && (!PLAIN_VERSION.test(version) || version === 'latest');
    },
    answers: oneOf(200, 400, 409),
    answered: '200, 400 or 409',
  }),
  fault('request.digest.wrong', {
    title: 'a digest that is not the code’s is answered with a documented status',
    source: { table: 'Table 3', row: 'digest' },
    when: 'a publish request whose digest is not the MD5 of the code',
    ruling: '"MD5 key": the service may or may not compare it with the code.',
    isIn: request => {
      const { digest } = bodyOf(request);
      const { codeMd5, credentials } = request.context;
      return typeof digest === 'string' && credentials === 'valid' && digest !== codeMd5;
    },
    answers: oneOf(200, 400, 404),
    answered: 'a documented status',
  }),
  fault('request.description.length', {
    title: `a description of more than ${DESCRIPTION_MAX_LENGTH} characters is answered with 200 or 400`,
    source: { table: 'Error Codes', row: 'FSS.1019' },
    when: `a publish request whose description has more than ${DESCRIPTION_MAX_LENGTH} characters`,
    isIn: request => {
      const { description } = bodyOf(request);
      return typeof description === 'string' && characters(description) > DESCRIPTION_MAX_LENGTH;
    },
    answers: oneOf(200, 400),
    answered: '200 or 400',
    code: { status: 400, code: 'FSS.1019' },
  }),
  fault('request.version.taken', {
    level: 'recommended',
    title: 'a version name that is taken is answered with 409 or 400',
    source: { table: 'Error Codes', row: 'FSS.1062' },
    when: 'a publish request for a version name that the function already has',
    isIn: request => request.context.requestedVersion === 'taken',
    answers: oneOf(400, 409),
    answered: '409 or 400',
  }),
  fault('state.unchanged.republish', {
    level: 'recommended',
    title: 'publishing again with no change is answered with 400 (or 200)',
    source: { table: 'Error Codes', row: 'FSS.1016' },
    when: 'a publish request for a function on which nothing changed since its last publication',
    ruling: '200 is tolerated.',
    isIn: request => request.context.unpublishedChanges === false,
    answers: oneOf(200, 400),
    answered: '400 (or 200)',
    code: { status: 400, code: 'FSS.1016' },
  }),
  fault('request.content-type.missing', {
    title: 'a request without Content-Type is answered with 200 or a documented 4xx',
    source: { table: 'Table 2', row: 'Content-Type' },
    when: 'a publish request with a body and without Content-Type',
    says: 'The type of the message body, mandatory.',
    ruling: '415 is tolerated as for other media types.',
    isIn: request => request.contentType === undefined && request.json.kind !== 'absent',
    answers: oneOf(200, 400, 401, 403, 404, 406, 415),
    answered: '200 or a documented 4xx',
  }),
  fault('request.content-type.other', {
    title: 'a body of another media type is answered with 200 or a 4xx',
    source: { table: 'Table 2', row: 'Content-Type' },
    when: 'a publish request with another Content-Type than application/json',
    isIn: ({ contentType }) =>
      contentType !== undefined && !/^application\/json\s*(;|$)/i.test(contentType.trim()),
    answers: any4xxOr(200),
    answered: '200 or any 4xx',
  }),
  fault('request.body.too-large', {
    title: 'a body of more than 1 MiB is answered with a 4xx',
    source: { table: 'Error Codes', row: 'FSS.0413' },
    when: 'a publish request with a body of more than 1 MiB',
    isIn: request => request.bodyBytes > BODY_LIMIT_BYTES,
    answers: any4xxOr(),
    answered: 'any 4xx',
  }),
];

/** The faults that a publish request has, in the order of the list. */
export function requestFaultsOf(request: PublishRequestView): readonly RequestFault[] {
  return requestFaults.filter(each => each.isIn(request));
}
