import type { Context } from '../../page/context.ts';
import { type RequestFault, requestFaultsOf } from '../../page/rules/request-faults.ts';
import { parseUrnParameter } from '../../page/urn.ts';
import { credentialsIn } from '../authentication.ts';
import type { Call } from '../call.ts';
import { type StoredFunction, versionOf } from '../functions.ts';
import { readJson } from '../request-body.ts';
import { namedFunction, sentObject } from '../sent.ts';

function credentialsOf(call: Call): Pick<Context, 'credentials'> {
  const { kind } = credentialsIn(call, call.service.credentials);
  return kind === 'missing' ? {} : { credentials: kind };
}

function contextOf(call: Call): Context {
  const fn = namedFunction(call);
  const { projectId } = call.service.credentials;
  const shared = { ...credentialsOf(call), projectId };
  // Nothing is known of functions in projects that are not the token's.
  if (call.projectId !== projectId) return shared;
  if (fn === undefined) return { ...shared, function: isElsewhere(call) ? 'elsewhere' : 'absent' };
  const { version } = sentObject(call);
  const isTaken = typeof version === 'string' && versionOf(fn, version) !== undefined;
  return {
    ...shared,
    function: 'exists',
    ...(isQualifierAbsent(call, fn) ? { qualifier: 'absent' } : {}),
    unpublishedChanges: fn.versions.at(-1)?.state !== fn.state,
    requestedVersion: isTaken ? 'taken' : 'free',
    codeMd5: fn.code.md5,
  };
}

/** Whether the URN is that of a function here, but for its project or region. */
function isElsewhere({ functionUrn, service }: Call): boolean {
  const { region: _region, projectId: _project, ...urn } = parseUrnParameter(functionUrn) ?? { name: '' };
  return service.store.find(urn) !== undefined;
}

function isQualifierAbsent({ functionUrn }: Call, fn: StoredFunction): boolean {
  const qualifier = parseUrnParameter(functionUrn)?.qualifier ?? 'latest';
  if (qualifier === 'latest') return false;
  if (qualifier.startsWith('!')) return !fn.aliases.some(({ name }) => name === qualifier.slice(1));
  return versionOf(fn, qualifier) === undefined;
}

/** What is wrong with a publish request by the page, from what the server knows. */
function faultsIn(call: Call): readonly RequestFault[] {
  const { headers, projectId, functionUrn, body } = call;
  const type = headers['content-type'];
  return requestFaultsOf({
    isKnown: true,
    context: contextOf(call),
    projectId,
    functionUrn,
    urn: parseUrnParameter(functionUrn),
    hasCredentials: Boolean(headers['x-auth-token'] ?? headers.authorization),
    contentType: typeof type === 'string' ? type : undefined,
    bodyBytes: body?.length ?? 0,
    json: readJson(body),
  });
}

/** Looked at last by this server, so they do not show on a request that is wrong in itself. */
const OF_STATE = new Set(['state.unchanged.republish', 'request.version.taken']);

/** What is wrong with a publish request in itself; what is wrong with the moment, when it has no other fault. */
export function ownFaultsIn(call: Call): readonly RequestFault[] {
  const all = faultsIn(call);
  const own = all.filter(({ id }) => !OF_STATE.has(id));
  return own.length > 0 ? own : all;
}

/** Whether a call is a publish request with this fault and no other. */
export function hasOnly(call: Call, id: string): boolean {
  if (call.operation !== 'publish') return false;
  const found = ownFaultsIn(call);
  return found.length === 1 && found[0]?.id === id;
}

/** Whether a call is a publish request that must be accepted. */
export function isValid(call: Call): boolean {
  return call.operation === 'publish' && faultsIn(call).length === 0;
}
