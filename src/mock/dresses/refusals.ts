import { isObject } from '../../page/formats.ts';
import { membersOf } from '../../page/schema.ts';
import { publishRequest } from '../../page/tables/publish-request.ts';
import { parseUrnParameter } from '../../page/urn.ts';
import { type Answer, refused } from '../answer.ts';
import { credentialsIn } from '../authentication.ts';
import type { Call } from '../call.ts';
import type { StoredFunction } from '../functions.ts';
import type { JsonObject } from '../json-object.ts';
import { refusal } from '../refusals.ts';
import { readJson } from '../request-body.ts';
import type { Dress } from './dress.ts';

const publishMembers = new Set(membersOf(publishRequest, 'request').map(member => member.name));

/** The function that a call names, if there is one. */
function namedFunction({ functionUrn, service }: Call): StoredFunction | undefined {
  const urn = parseUrnParameter(functionUrn);
  return urn === undefined ? undefined : service.store.find(urn);
}

/** The body of a call, if it is an object. */
function sentObject({ body }: Call): JsonObject | undefined {
  const reading = readJson(body);
  return reading.kind === 'value' && isObject(reading.value) ? reading.value : undefined;
}

function codeIn({ body }: Answer): unknown {
  return isObject(body) ? body.error_code : undefined;
}

/** A server that answers a call otherwise, when it would have been accepted. */
function refusing(
  name: string,
  title: string,
  operations: readonly Call['operation'][],
  isRefused: (call: Call) => boolean,
  answer: Answer,
): Dress {
  return {
    name,
    title,
    hooks: {
      operation: (call, next) => {
        if (!operations.includes(call.operation) || !isRefused(call)) return next(call);
        const { kind } = credentialsIn(call, call.service.credentials);
        return kind === 'valid' ? answer : next(call);
      },
    },
  };
}

/** A server that answers with another documented refusal. */
function answering(
  name: string,
  title: string,
  isMeant: (answer: Answer, call: Call) => boolean,
  instead: Answer,
): Dress {
  return {
    name,
    title,
    hooks: { answer: (answer, call) => (isMeant(answer, call) ? instead : answer) },
  };
}

const CONFIGURING = ['create function', 'change configuration'] as const;

const invalid = (message: string) => refused(refusal(400, 'FSS.0400', message));

function strategyIn(call: Call): JsonObject {
  const strategy = sentObject(call)?.strategy_config;
  return isObject(strategy) ? strategy : {};
}

/** Members that a change of the configuration does not touch. */
const UNTOUCHED = [
  'func_name',
  'package',
  'code_type',
  'code_url',
  'code_filename',
  'type',
  'dependencies',
  'depend_version_list',
  'function_async_config',
];

/** Configures as if the function had nothing but what a change does not touch. */
function unsettingFirst(call: Call, next: (call: Call) => Answer): Answer {
  const fn = call.operation === 'change configuration' ? namedFunction(call) : undefined;
  if (fn === undefined) return next(call);
  const before = fn.configuration;
  const kept = Object.entries(before).filter(([name]) => UNTOUCHED.includes(name));
  // Only optional members are taken away: the request has to carry the mandatory ones.
  const stripped = Object.fromEntries(kept) as unknown as typeof before;
  fn.configuration = stripped;
  const answer = next(call);
  // Refused, or about a version of the function.
  if (fn.configuration === stripped) fn.configuration = before;
  return answer;
}

/** Changes the code as if no code were the same. */
function acceptingSameCode(call: Call, next: (call: Call) => Answer): Answer {
  const fn = call.operation === 'change code' ? namedFunction(call) : undefined;
  if (fn === undefined) return next(call);
  const before = fn.state;
  fn.state = '';
  const answer = next(call);
  if (fn.state === '') fn.state = before;
  return answer;
}

/** Functions that someone tried to delete. */
const triedToDelete = new WeakSet<StoredFunction>();

/** Unusual refusals, and unusual leniency. */
export const refusalDresses: readonly Dress[] = [
  answering(
    'malformed-406',
    'a body that is not JSON is answered with 406',
    (answer, call) => answer.status === 400 && readJson(call.body).kind === 'malformed',
    refused(refusal(406, 'FSS.0406', 'The body is not in JSON format')),
  ),
  answering(
    'taken-400',
    'a version name that is taken is answered with 400',
    answer => codeIn(answer) === 'FSS.1062',
    refused(refusal(400, 'FSS.1015', 'The version cannot have this name')),
  ),
  answering(
    'malformed-urn-404',
    'a malformed URN is answered with 404',
    answer => codeIn(answer) === 'FSS.1309',
    refused(refusal(404, 'FSS.0404', 'The resource cannot be found')),
  ),
  answering(
    'foreign-project-404',
    'a project that is not the token’s is answered with 404',
    (answer, { projectId, service }) => answer.status === 403 && projectId !== service.credentials.projectId,
    refused(refusal(404, 'FSS.0404', 'The project cannot be found')),
  ),
  {
    name: 'republish-200',
    title: 'publishing again with no change makes another version',
    hooks: {
      operation: (call, next) => {
        const fn = call.operation === 'publish' ? namedFunction(call) : undefined;
        if (fn !== undefined) fn.versions = fn.versions.map(version => ({ ...version, state: '' }));
        return next(call);
      },
    },
  },
  refusing(
    'unknown-members-refused',
    'a publish request with an undocumented member is answered with 400',
    ['publish'],
    call => Object.keys(sentObject(call) ?? {}).some(name => !publishMembers.has(name)),
    invalid('There is a member that is not documented'),
  ),
  refusing(
    'null-members-refused',
    'a publish request with a member that is null is answered with 400',
    ['publish'],
    call => Object.values(sentObject(call) ?? {}).includes(null),
    invalid('There is a member that is null'),
  ),
  refusing(
    'wrong-digest-refused',
    'a digest that is not the MD5 of the code is answered with 400',
    ['publish'],
    call => {
      const { digest } = sentObject(call) ?? {};
      const fn = namedFunction(call);
      return typeof digest === 'string' && fn !== undefined && digest !== fn.code.md5;
    },
    invalid('digest is not the MD5 of the code'),
  ),
  refusing(
    'empty-body-refused',
    'a publish request without a body is answered with 400',
    ['publish'],
    call => readJson(call.body).kind === 'absent',
    invalid('There is no body'),
  ),
  refusing(
    'content-type-demanded',
    'a publish request without Content-Type is answered with 415',
    ['publish'],
    call => call.headers['content-type'] === undefined && readJson(call.body).kind !== 'absent',
    refused(refusal(415, 'FSS.0415', 'Content-Type is missing')),
  ),
  refusing(
    'concurrent-num-demanded',
    'concurrency without concurrent_num is refused',
    ['change configuration'],
    call => {
      const { concurrency, concurrent_num } = strategyIn(call);
      return concurrency !== undefined && concurrent_num === undefined;
    },
    invalid('concurrent_num is missing beside concurrency'),
  ),
  refusing(
    'concurrent-num-refused',
    'concurrent_num beside concurrency is refused',
    ['change configuration'],
    call => {
      const { concurrency, concurrent_num } = strategyIn(call);
      return concurrency !== undefined && concurrent_num !== undefined;
    },
    invalid('concurrent_num beside concurrency is not supported here'),
  ),
  refusing(
    'agencies-unknown',
    'an agency that is named does not exist',
    CONFIGURING,
    call => (sentObject(call)?.xrole ?? sentObject(call)?.app_xrole) !== undefined,
    refused(refusal(400, 'FSS.1021', 'The agency does not exist')),
  ),
  refusing(
    'networks-unknown',
    'a VPC that is named does not exist',
    CONFIGURING,
    call => sentObject(call)?.func_vpc !== undefined,
    refused(refusal(400, 'FSS.1034', 'The VPC does not exist')),
  ),
  {
    name: 'same-code-accepted',
    title: 'uploading the very same code again is a change of the code',
    hooks: { operation: acceptingSameCode },
  },
  {
    name: 'left-out-unset',
    title: 'members that a change of the configuration leaves out are unset',
    hooks: { operation: unsettingFirst },
  },
  {
    name: 'deletes-at-second-try',
    title: 'the first attempt to delete a function fails with 500',
    hooks: {
      operation: (call, next) => {
        const fn = call.operation === 'delete' ? namedFunction(call) : undefined;
        if (fn === undefined || triedToDelete.has(fn)) return next(call);
        triedToDelete.add(fn);
        return refused(refusal(500, 'FSS.0500', 'The function is being created'));
      },
    },
  },
];
