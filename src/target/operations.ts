/** The operations of the API as functions: each sends one request and reads what callers need of its answer. */

import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import { parseFullUrn, withoutQualifier } from '../page/urn.ts';
import { functionPath, functionsPath } from './function-paths.ts';
import type { Journal } from './journal.ts';
import type { SendOptions, Target, TargetRequest } from './target.ts';

/** Members of a request or an answer. */
export type Members = Readonly<Record<string, unknown>>;

/** An exchange and the object that its answer holds, if it holds one. */
export interface Answered {
  readonly exchange: Exchange;
  readonly body?: Members;
}

/** Whether the exchange was completed with a 2xx. */
export function isAccepted({ response, failure }: Exchange): boolean {
  return failure === undefined && response !== undefined && response.status >= 200 && response.status < 300;
}

/** Sends a JSON body, if any, and reads the answer as an object. */
export async function call(
  target: Target,
  method: string,
  path: string,
  members?: Members,
  context?: Context,
  options?: SendOptions,
): Promise<Answered> {
  const request = members === undefined ? { method, path } : { method, path, body: JSON.stringify(members) };
  return read(await target.send(request, context, options));
}

function read(exchange: Exchange): Answered {
  const { body, bodyEncoding } = exchange.response ?? {};
  const object =
    body === undefined || bodyEncoding !== undefined || exchange.failure ? undefined : jsonObjectIn(body);
  return object === undefined ? { exchange } : { exchange, body: object };
}

/** A function that was asked for; `urn` (without version) when the answer has one. */
export interface Created extends Answered {
  readonly urn?: string;
}

/** `POST /v2/{project_id}/fgs/functions` with the members that creating takes. */
export async function createFunction(
  target: Target,
  members: Members,
  context?: Context,
  options?: SendOptions,
): Promise<Created> {
  const path = functionsPath(target.projectId);
  const answered = await call(target, 'POST', path, members, context, options);
  const urn = answered.body?.func_urn;
  if (!isAccepted(answered.exchange) || typeof urn !== 'string' || parseFullUrn(urn) === undefined) {
    return answered;
  }
  return { ...answered, urn: withoutQualifier(urn) };
}

function put(resource: 'config' | 'code' | 'config-max-instance' | 'async-invoke-config') {
  return (
    target: Target,
    urn: string,
    members: Members,
    context?: Context,
    options?: SendOptions,
  ): Promise<Answered> =>
    call(target, 'PUT', functionPath(target.projectId, urn, resource), members, context, options);
}

/** `PUT .../config`; func_name, runtime, timeout, handler and memory_size are mandatory. */
export const changeConfiguration = put('config');

/** `PUT .../code`; code_type and func_code are mandatory. */
export const changeCode = put('code');

/** `PUT .../async-invoke-config`. */
export const configureAsyncNotification = put('async-invoke-config');

const putMaximumInstances = put('config-max-instance');

/** `PUT .../config-max-instance`. */
export function setMaximumInstances(
  target: Target,
  urn: string,
  instances: number,
  context?: Context,
  options?: SendOptions,
): Promise<Answered> {
  return putMaximumInstances(target, urn, { max_instance_num: instances }, context, options);
}

/** `GET .../config`: the configuration of `latest`, or of the version in the URN. */
export function readConfiguration(
  target: Target,
  urn: string,
  context?: Context,
  options?: SendOptions,
): Promise<Answered> {
  return call(target, 'GET', functionPath(target.projectId, urn, 'config'), undefined, context, options);
}

export interface PublishOptions
  extends Pick<TargetRequest, 'headers' | 'credentials' | 'contentType' | 'write'> {
  readonly context?: Context;
  /** In the path, in place of the target's own project. */
  readonly projectId?: string;
  /** Where the version is written down when it does not go with a function of the suite's own. */
  readonly journal?: Journal;
}

/** A publication; what it published when it was accepted. */
export interface Published extends Answered {
  /** The answer as it came: the judge holds it against the page, this does not. */
  readonly published?: PublishedVersion;
  /** The URN of the new version, when the answer names it. */
  readonly versionUrn?: string;
}

/**
 * `POST .../versions`. A text or bytes are sent as they are, `undefined` sends no body, and anything else
 * is written as JSON.
 */
export async function publish(
  target: Target,
  urn: string,
  body: unknown,
  options: PublishOptions = {},
): Promise<Published> {
  const { context, projectId = target.projectId, journal, ...rest } = options;
  const path = functionPath(projectId, urn, 'versions');
  const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const wire = raw ? body : JSON.stringify(body);
  const request = { method: 'POST', path, ...rest, ...(wire === undefined ? {} : { body: wire }) };
  const answered = read(await target.send(request, context));
  if (!isAccepted(answered.exchange) || answered.body === undefined) return answered;
  const published = answered.body as PublishedVersion; // at the edge: unread, for the judge and the context
  const version: unknown = published.version;
  if (typeof version !== 'string' || version === '' || version === 'latest')
    return { ...answered, published };
  const versionUrn = `${withoutQualifier(urn)}:${version}`;
  journal?.created(versionUrn, target.endpoint);
  return { ...answered, published, versionUrn };
}

export interface DeleteOptions extends SendOptions {
  readonly context?: Context;
  /** Where the deletion is written down. */
  readonly journal?: Journal;
}

/** Deletes a function with all its versions. A function that is gone already counts as deleted. */
export function deleteFunction(target: Target, urn: string, options?: DeleteOptions): Promise<Answered> {
  return deleteUrn(target, withoutQualifier(urn), options);
}

/** Deletes one version, named by the URN's last field. */
export function deleteVersion(
  target: Target,
  versionUrn: string,
  options?: DeleteOptions,
): Promise<Answered> {
  return deleteUrn(target, versionUrn, options);
}

async function deleteUrn(target: Target, urn: string, options: DeleteOptions = {}): Promise<Answered> {
  const { context, journal, ...sendOptions } = options;
  const path = functionPath(target.projectId, urn);
  const answered = await call(target, 'DELETE', path, undefined, context, sendOptions);
  if (isGone(answered.exchange)) journal?.deleted(urn);
  return answered;
}

/** Whether an answer to a deletion says that there is nothing left. */
export function isGone(exchange: Exchange): boolean {
  return isAccepted(exchange) || (exchange.failure === undefined && exchange.response?.status === 404);
}
