/** The operations of the API as functions: each sends one request and reads what callers need of its answer. */

import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import { parseFullUrn, withoutQualifier } from '../page/urn.ts';
import { functionPath, functionsPath } from './function-paths.ts';
import type { Journal } from './journal.ts';
import type { SendOptions, Target } from './target.ts';
import type { TargetRequest } from './target-request.ts';

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

/** Whether the answer leaves no doubt that nothing was created. A 409 may come from an attempt that was repeated. */
export function isRefusal({ response, failure }: Exchange): boolean {
  if (failure !== undefined || response === undefined) return failure?.kind === 'unreachable';
  const { status } = response;
  return status >= 300 && status < 500 && status !== 408 && status !== 409;
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
  return answered(await target.send(request, context, options));
}

/** Reads an answer as an object. */
export function answered(exchange: Exchange): Answered {
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
  return createdIn(await call(target, 'POST', path, members, context, options), members);
}

/** The function that an answer tells of, if it is the one that was asked for: that one will be deleted. */
export function createdIn(created: Answered, { func_name: asked }: Members): Created {
  const urn = created.body?.func_urn;
  const named = typeof urn === 'string' ? parseFullUrn(urn) : undefined;
  const isIt = named !== undefined && named.name === asked;
  return isAccepted(created.exchange) && isIt ? { ...created, urn: withoutQualifier(String(urn)) } : created;
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

/** `PUT .../config-max-instance`. A value of another type is sent as it is, for the target to refuse. */
export function setMaximumInstances(
  target: Target,
  urn: string,
  instances: unknown,
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
  extends Pick<TargetRequest, 'headers' | 'credentials' | 'contentType' | 'write'>,
    Pick<SendOptions, 'observed'> {
  readonly context?: Context;
  /** In the path, in place of the target's own project. */
  readonly projectId?: string;
}

/** A publication; what it published when it was accepted. */
export interface Published extends Answered {
  /** The answer as it came: the judge holds it against the page, this does not. */
  readonly published?: PublishedVersion;
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
  const { context, projectId = target.projectId, observed, ...rest } = options;
  const path = functionPath(projectId, urn, 'versions');
  const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const wire = raw ? body : JSON.stringify(body);
  const request = { method: 'POST', path, ...rest, ...(wire === undefined ? {} : { body: wire }) };
  const read = answered(await target.send(request, context, observed === undefined ? {} : { observed }));
  if (!isAccepted(read.exchange) || read.body === undefined) return read;
  // At the edge: unread, for the judge and the context.
  return { ...read, published: read.body as PublishedVersion };
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
  const deletion = await call(target, 'DELETE', path, undefined, context, sendOptions);
  if (isGone(deletion.exchange)) journal?.deleted(urn);
  return deletion;
}

/**
 * Whether an answer to a deletion says that there is nothing left. A 404 without an error code does not: it is
 * what a target says that has no such operation.
 */
export function isGone(exchange: Exchange): boolean {
  if (isAccepted(exchange)) return true;
  return exchange.response?.status === 404 && typeof answered(exchange).body?.error_code === 'string';
}
