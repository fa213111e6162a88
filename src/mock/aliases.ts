import { isObject } from '../page/formats.ts';
import { isAbsent } from '../page/paths.ts';
import { type Answer, ok } from './answer.ts';
import type { Call } from './call.ts';
import type { Alias, StoredFunction } from './functions.ts';
import type { JsonObject } from './json-object.ts';
import { aliasOf, existingVersion, namedIn } from './named-function.ts';
import { refusal } from './refusals.ts';
import { pageTime } from './reported-function.ts';
import { objectIn } from './request-body.ts';
import { isVersionName } from './version-names.ts';

/** What may be sent of an alias beside its name and version, by the type it has. */
const MEMBERS: Readonly<Record<string, 'string' | 'object'>> = {
  description: 'string',
  additional_version_weights: 'object',
  additional_version_strategy: 'object',
};

export function createAlias(call: Call): Answer {
  const request = objectIn(call);
  const { fn } = namedIn(call);
  const name = text(request, 'name');
  if (!isVersionName(name)) throw refusal(400, 'FSS.0400', 'name is not a name that an alias can have');
  if (fn.aliases.some(alias => alias.name === name)) {
    throw refusal(409, 'FSS.0409', `The alias ${name} exists already`);
  }
  return ok(put(fn, name, request));
}

export function listAliases(call: Call): Answer {
  const { fn } = namedIn(call);
  return ok(fn.aliases.map(alias => reportOf(fn, alias)));
}

export function readAlias(call: Call): Answer {
  const { fn } = namedIn(call);
  return ok(reportOf(fn, aliasOf(fn, call.aliasName)));
}

export function changeAlias(call: Call): Answer {
  const request = objectIn(call);
  const { fn } = namedIn(call);
  return ok(put(fn, aliasOf(fn, call.aliasName).name, request));
}

export function deleteAlias(call: Call): Answer {
  const { fn } = namedIn(call);
  const alias = aliasOf(fn, call.aliasName);
  fn.aliases = fn.aliases.filter(each => each !== alias);
  return { status: 204, body: undefined };
}

/** Stores an alias, in place of one that has its name; answers what is reported of it. */
function put(fn: StoredFunction, name: string, request: JsonObject): JsonObject {
  const version = text(request, 'version');
  if (version !== 'latest') existingVersion(fn, version);
  const alias: Alias = { name, version, members: membersOf(request), modifiedAt: Date.now() };
  const isNew = fn.aliases.every(each => each.name !== name);
  fn.aliases = isNew ? [...fn.aliases, alias] : fn.aliases.map(each => (each.name === name ? alias : each));
  return reportOf(fn, alias);
}

function reportOf(fn: StoredFunction, { name, version, members, modifiedAt }: Alias): JsonObject {
  return { name, version, ...members, last_modified: pageTime(modifiedAt), alias_urn: `${fn.urn}:!${name}` };
}

function membersOf(request: JsonObject): JsonObject {
  const sent = Object.entries(MEMBERS).filter(([name]) => !isAbsent(request[name]));
  const wrong = sent.find(([name, type]) =>
    type === 'object' ? !isObject(request[name]) : typeof request[name] !== type,
  );
  if (wrong !== undefined) throw refusal(400, 'FSS.0400', `${wrong[0]} is not of the type ${wrong[1]}`);
  return Object.fromEntries(sent.map(([name]) => [name, request[name]]));
}

function text(request: JsonObject, member: string): string {
  const value = request[member];
  if (isAbsent(value)) throw refusal(400, 'FSS.0400', `${member} is missing; it is mandatory`);
  if (typeof value !== 'string') throw refusal(400, 'FSS.0400', `${member} is not a string`);
  return value;
}
