/** Ways of refusing requests, and of not refusing them. */

import { isObject } from '../../page/formats.ts';
import { membersOf } from '../../page/schema.ts';
import { publishRequest } from '../../page/tables/publish-request.ts';
import { type Answer, refused } from '../answer.ts';
import { credentialsIn } from '../authentication.ts';
import type { Call, Hooks } from '../call.ts';
import { codeOfStatus, refusal } from '../refusals.ts';
import { readJson } from '../request-body.ts';
import { namedFunction, sentObject } from '../sent.ts';

const publishMembers = new Set(membersOf(publishRequest, 'request').map(member => member.name));

/** Publish requests are refused that would have been accepted. */
export function refusing(isRefused: (call: Call) => boolean, status: number, message: string): Hooks {
  return refusingCalls(['publish'], isRefused, refused(refusal(status, codeOfStatus(status), message)));
}

/** Calls are refused that would have been accepted. */
export function refusingCalls(
  operations: readonly Call['operation'][],
  isRefused: (call: Call) => boolean,
  answer: Answer,
): Hooks {
  return {
    operation: (call, next) => {
      if (!operations.includes(call.operation) || !isRefused(call)) return next(call);
      const { kind } = credentialsIn(call, call.service.credentials);
      return kind === 'valid' ? answer : next(call);
    },
  };
}

/** Requests are refused with another status. */
export function answering(
  isMeant: (answer: Answer, call: Call) => boolean,
  status: number,
  message: string,
  code = codeOfStatus(status),
): Hooks {
  const instead = refused(refusal(status, code, message));
  return { answer: (answer, call) => (isMeant(answer, call) ? instead : answer) };
}

/** Refusals that this server gives with a code. */
export function withCode(code: string): (answer: Answer) => boolean {
  return ({ body }) => isObject(body) && body.error_code === code;
}

/** Refusals of a body that is no JSON. */
export function ofMalformed({ status }: Answer, { body }: Call): boolean {
  return status === 400 && readJson(body).kind === 'malformed';
}

/** Refusals of a project that is not the token’s. */
export function ofForeignProject({ status }: Answer, { projectId, service }: Call): boolean {
  return status === 403 && projectId !== service.credentials.projectId;
}

/** Error codes of another family, in refusals with the statuses that are meant. */
export function codesOf(family: string, isMeant: (status: number) => boolean): Hooks {
  return {
    answer: answer => {
      const { status, body } = answer;
      if (status < 400 || !isMeant(status) || !isObject(body)) return answer;
      return { ...answer, body: { ...body, error_code: String(body.error_code).replace(/^FSS\b/, family) } };
    },
  };
}

/** Descriptions may be of any length. */
export const takingLongDescriptions: Hooks = {
  publishProblem: problem => (problem?.code === 'FSS.1019' ? undefined : problem),
};

/** A publish request without a body. */
export function hasNoBody({ body }: Call): boolean {
  return readJson(body).kind === 'absent';
}

/** A publish request with a member that the page does not document. */
export function hasUnknownMembers(call: Call): boolean {
  return Object.keys(sentObject(call)).some(name => !publishMembers.has(name));
}

/** A publish request with a member that is null. */
export function hasNullMembers(call: Call): boolean {
  return Object.values(sentObject(call)).includes(null);
}

/** A publish request with a digest that is not that of the code. */
export function hasWrongDigest(call: Call): boolean {
  const { digest } = sentObject(call);
  const fn = namedFunction(call);
  return typeof digest === 'string' && fn !== undefined && digest !== fn.code.md5;
}

/** A publish request with a body, and nothing that says what it is. */
export function isUntyped(call: Call): boolean {
  return call.headers['content-type'] === undefined && !hasNoBody(call);
}
