import { routeOf } from '../../page/operations.ts';
import { requestFaults as faultsOfRequests } from '../../page/rules/request-faults.ts';
import { parseUrnParameter } from '../../page/urn.ts';
import { DESCRIPTION_MAX_LENGTH } from '../../page/values.ts';
import { type Answer, refused } from '../answer.ts';
import type { Call, Hooks } from '../call.ts';
import type { JsonObject } from '../json-object.ts';
import { refusal } from '../refusals.ts';
import { namedFunction, sentObject } from '../sent.ts';
import { type Fault, fault } from './fault.ts';
import { hasOnly, isValid, ownFaultsIn } from './reading.ts';

const MEMBERS = ['digest', 'version', 'description'] as const;

const failure = refused(refusal(500, 'FSS.0500', 'Internal server error'));
const invalid = refused(refusal(400, 'FSS.0400', 'Invalid parameter'));

function on(isMeant: (call: Call) => boolean, answer: Answer): Hooks {
  return { operation: (call, next) => (isMeant(call) ? answer : next(call)) };
}

/** The server fails on what it should refuse (or accept): one fault for each that a request can have. */
const failures: readonly Fault[] = faultsOfRequests.map(({ id, when, level }) => {
  const clause = level === 'required' ? id : `${id}-never-5xx`;
  return fault(
    clause,
    `${when} is answered with 500`,
    [clause],
    on(call => hasOnly(call, id), failure),
  );
});

/** Where services differ in how they answer, the server answers as none does. */
const oddAnswers: readonly Fault[] = faultsOfRequests
  .filter(({ level }) => level !== 'required')
  .map(({ id, when }) =>
    fault(
      id,
      `${when} is answered with 403`,
      [id],
      on(call => hasOnly(call, id), refused(refusal(403, 'FSS.0403', 'Forbidden'))),
    ),
  );

/** Another code of the same status, for each fault that has one. */
const otherCodes: readonly Fault[] = faultsOfRequests.flatMap(({ id, when, code }) => {
  if (code === undefined) return [];
  const other = code.status === 404 ? 'FSS.0404' : 'FSS.0400';
  return [
    fault(
      `${id}-code`,
      `${when} is refused with ${other}`,
      [`${id}-code`],
      on(call => hasOnly(call, id), refused(refusal(code.status, other, 'Refused'))),
    ),
  ];
});

/** A request that the server takes for another one, and accepts. */
function taking(name: string, title: string, about: string, as: (call: Call) => Call): Fault {
  return fault(name, title, [about], {
    operation: (call, next) => next(hasOnly(call, about) ? as(call) : call),
  });
}

function withToken(call: Call): Call {
  return { ...call, headers: { ...call.headers, 'x-auth-token': call.service.credentials.token } };
}

function withBody(call: Call, body: JsonObject): Call {
  const headers = { ...call.headers, 'content-type': 'application/json' };
  return { ...call, headers, body: Buffer.from(JSON.stringify(body)) };
}

function documentedIn(sent: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(sent).filter(([name]) => MEMBERS.some(member => member === name)));
}

function withTextsOnly(call: Call): Call {
  const texts = Object.entries(sentObject(call)).filter(([, value]) => typeof value === 'string');
  return withBody(call, Object.fromEntries(texts));
}

/** The server accepts what it should refuse. */
const acceptances: readonly Fault[] = [
  taking(
    'publishes-without-token',
    'a request without a token is accepted',
    'request.auth.missing',
    withToken,
  ),
  taking(
    'publishes-with-wrong-token',
    'a request with an unknown token is accepted',
    'request.auth.wrong',
    withToken,
  ),
  taking(
    'publishes-without-permission',
    'a request with a token that has no permission is accepted',
    'request.permission.forbidden',
    withToken,
  ),
  taking(
    'publishes-malformed-json',
    'a body that is not JSON counts as none',
    'request.body.malformed',
    call => withBody(call, {}),
  ),
  taking(
    'publishes-non-objects',
    'a body that is no object counts as none',
    'request.body.not-object',
    call => withBody(call, {}),
  ),
  ...MEMBERS.map(member =>
    taking(
      `takes-any-${member}`,
      `a ${member} that is no string counts as none`,
      `request.${member}.type`,
      withTextsOnly,
    ),
  ),
  taking('publishes-huge-bodies', 'a body of more than 1 MiB is accepted', 'request.body.too-large', call =>
    withBody(call, documentedIn(sentObject(call))),
  ),
  fault(
    'replaces-taken-versions',
    'a version whose name is taken is replaced',
    ['request.version.taken', 'state.unique-version.fresh'],
    {
      operation: (call, next) => {
        const fn = hasOnly(call, 'request.version.taken') ? namedFunction(call) : undefined;
        const { version } = sentObject(call);
        if (fn !== undefined) fn.versions = fn.versions.filter(({ name }) => name !== version);
        return next(call);
      },
    },
  ),
];

/** The server refuses, but not as documented. */
const otherRefusals: readonly Fault[] = [
  fault(
    'absent-function-400',
    'a function that does not exist is answered with 400',
    ['request.function_urn.absent'],
    {
      ...on(call => hasOnly(call, 'request.function_urn.absent'), invalid),
    },
  ),
  fault('missing-token-403', 'a request without a token is answered with 403', ['request.auth.missing'], {
    ...on(call => hasOnly(call, 'request.auth.missing'), refused(refusal(403, 'FSS.0403', 'Forbidden'))),
  }),
  fault(
    'missing-permission-401',
    'a token without permission is answered with 401',
    ['request.permission.forbidden'],
    {
      ...on(
        call => hasOnly(call, 'request.permission.forbidden'),
        refused(refusal(401, 'FSS.0401', 'Access denied')),
      ),
    },
  ),
  fault(
    'request.body.several-faults',
    'a request with several faults is answered with 500',
    ['request.body.several-faults'],
    on(call => call.operation === 'publish' && ownFaultsIn(call).length > 1, failure),
  ),
];

function sends(call: Call, ...members: readonly string[]): boolean {
  const sent = sentObject(call);
  return MEMBERS.every(name => (sent[name] !== undefined) === members.includes(name));
}

/** Whether the URN in the path leaves out the region. */
function isShortForm({ functionUrn }: Call): boolean {
  return parseUrnParameter(functionUrn)?.region === undefined;
}

function isWellFormed(call: Call, ...members: readonly string[]): boolean {
  return isValid(call) && sends(call, ...members) && !isShortForm(call);
}

/** The server refuses what it should accept. */
const refusalsOfValid: readonly Fault[] = [
  ...MEMBERS.map(member =>
    fault(
      `request.${member}.accepted`,
      `a valid request with a ${member} alone is refused`,
      [`request.${member}.accepted`],
      on(call => isWellFormed(call, member), invalid),
    ),
  ),
  fault(
    'request.body.accepted',
    'a request with an empty object is refused',
    ['request.body.accepted'],
    on(call => isWellFormed(call), invalid),
  ),
  fault(
    'fails-on-empty-object',
    'a request with an empty object is answered with 500',
    ['request.body.accepted'],
    on(call => isWellFormed(call), failure),
  ),
  fault(
    'version-without-description-refused',
    'a version name needs a description beside it',
    ['request.version.accepted'],
    on(call => isValid(call) && !isShortForm(call) && sends(call, 'version'), invalid),
  ),
  fault(
    'description-counted-in-bytes',
    'a description of 512 characters is refused when it has more bytes',
    ['request.description.accepted'],
    on(
      call =>
        isWellFormed(call, 'description') && utf8Size(sentObject(call).description) > DESCRIPTION_MAX_LENGTH,
      {
        ...refused(refusal(400, 'FSS.1019', 'The description is too long')),
      },
    ),
  ),
  fault(
    'description-of-512-refused',
    'a description of exactly 512 characters is refused',
    ['request.description.accepted'],
    on(
      call =>
        isWellFormed(call, 'description') &&
        [...String(sentObject(call).description)].length === DESCRIPTION_MAX_LENGTH,
      refused(refusal(400, 'FSS.1019', 'The description is too long')),
    ),
  ),
  fault(
    'request.function_urn.short-form',
    'a short form of the URN is answered with 404',
    ['request.function_urn.short-form'],
    on(
      call => isValid(call) && isShortForm(call),
      refused(refusal(404, 'FSS.1051', 'Not found the function')),
    ),
  ),
];

function utf8Size(text: unknown): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}

const methodFaults: readonly Fault[] = [
  fault(
    'request.method.other',
    'a PUT at the path of publishing is answered with 200',
    ['request.method.other'],
    {
      answer: (answer, { method, url }) =>
        answer.status === 405 && routeOf({ method, url })?.publishesAt === true
          ? { status: 200, body: { result: 'ok' } }
          : answer,
    },
  ),
  fault(
    'other-method-500',
    'another method at the path of publishing is answered with 500',
    ['request.method.other'],
    {
      answer: (answer, { method, url }) =>
        answer.status === 405 && routeOf({ method, url })?.publishesAt === true ? failure : answer,
    },
  ),
];

/** Faults of how requests are answered. */
export const requestFaults: readonly Fault[] = [
  ...failures,
  ...oddAnswers,
  ...otherCodes,
  ...acceptances,
  ...otherRefusals,
  ...refusalsOfValid,
  ...methodFaults,
];
