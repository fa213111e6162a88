import { randomBytes } from 'node:crypto';
import { isObject } from '../page/formats.ts';
import { formatUrn, parseUrnParameter } from '../page/urn.ts';
import { type Answer, ok } from './answer.ts';
import { arrangedConfiguration } from './arranged-functions.ts';
import type { Call, Service } from './call.ts';
import { MEMBERS_OF, setMembers } from './configure.ts';
import type { StoredFunction } from './functions.ts';
import type { JsonObject } from './json-object.ts';
import { refusal } from './refusals.ts';
import { objectIn } from './request-body.ts';
import { addVersion } from './versions.ts';

/** Puts the service into a state before an interaction; answers what the interaction needs to know. */
type Setup = (service: Service, params: JsonObject) => JsonObject;

const STATES: Readonly<Record<string, Setup>> = {
  'a function exists': (service, params) => identityOf(service, arrange(service, params)),
  'a function exists with unpublished changes': (service, params) => {
    const fn = arrange(service, params);
    addVersion({ fn, requestedName: undefined, description: undefined }, service.hooks);
    const { description = 'before the change' } = fn.configuration;
    service.store.change(fn, { ...fn.configuration, description: `${description}.` });
    return identityOf(service, fn);
  },
  'the function does not exist': (service, params) => {
    const { func_name: name = newName(), package: pack = 'default' } = params;
    const urn = { package: String(pack), name: String(name) };
    const existing = service.store.find(urn);
    if (existing !== undefined) service.store.remove(existing);
    const { region, credentials } = service;
    const { projectId } = credentials;
    return { function_urn: formatUrn({ region, projectId, ...urn }), project_id: projectId };
  },
  'the token has no permission': ({ credentials }) => ({ token: credentials.forbiddenToken }),
  'the service fails': (service, params) => {
    const fn = arrange(service, params);
    fn.failsNext = true;
    return identityOf(service, fn);
  },
};

function newName(): string {
  return `state-${randomBytes(6).toString('hex')}`;
}

function identityOf({ credentials }: Service, fn: StoredFunction): JsonObject {
  return { function_urn: fn.urn, project_id: credentials.projectId };
}

/** A function as it was asked for, in place of one of its name. */
function arrange({ store, hooks }: Service, params: JsonObject): StoredFunction {
  const configuration = arrangedConfiguration(params, newName(), hooks);
  const existing = store.find({ package: configuration.package, name: configuration.func_name });
  if (existing !== undefined) store.remove(existing);
  return store.create(configuration);
}

/** The functions that states made and that no teardown has removed yet, by state and parameters. */
export type ArrangedFunctions = Map<string, string[]>;

/**
 * Answers a provider-state call, `{"state", "action": "setup" | "teardown", "params"}`. It takes no
 * credentials: Pact's verifier calls it before it knows any, and it belongs to the mock, not to the API.
 *
 * @throws a refusal: 404 for an unknown state, 400 for params that no function can have
 */
export function changeState(call: Call, arranged: ArrangedFunctions): Answer {
  const { state, action = 'setup', params = {} } = objectIn(call);
  if (typeof state !== 'string' || !isObject(params)) {
    throw refusal(400, 'FSS.0400', 'A provider-state call has a state and an object of params');
  }
  const setup = Object.hasOwn(STATES, state) ? STATES[state] : undefined;
  if (setup === undefined) throw refusal(404, 'FSS.0404', 'The provider state is not known');
  const key = JSON.stringify([state, setMembers(params, MEMBERS_OF.state)]);
  if (action === 'teardown') {
    tearDown(call.service, params, key, arranged);
    return ok({});
  }
  if (action !== 'setup') throw refusal(400, 'FSS.0400', 'action is setup or teardown');
  const answer = setup(call.service, params);
  const { function_urn: urn } = answer;
  if (typeof urn === 'string') remember(call.service, arranged, key, urn);
  return ok(answer);
}

/** States that are remembered; the one set up least recently is forgotten first. */
const MOST_REMEMBERED = 10_000;

function remember(service: Service, arranged: ArrangedFunctions, key: string, urn: string): void {
  const urns = (arranged.get(key) ?? []).filter(each => functionAt(service, each) !== undefined);
  arranged.delete(key);
  arranged.set(key, [...urns, urn]);
  const [oldest] = arranged.keys();
  if (arranged.size > MOST_REMEMBERED && oldest !== undefined) arranged.delete(oldest);
}

function functionAt({ store }: Service, text: string): StoredFunction | undefined {
  const urn = parseUrnParameter(text);
  return urn === undefined ? undefined : store.find(urn);
}

/** Removes the function that is named in the params, else the last one that the same setup made. */
function tearDown(service: Service, params: JsonObject, key: string, arranged: ArrangedFunctions): void {
  const urns = arranged.get(key) ?? [];
  const named = typeof params.function_urn === 'string' ? params.function_urn : urns.at(-1);
  if (named === undefined) return;
  arranged.set(
    key,
    urns.filter(urn => urn !== named),
  );
  const fn = functionAt(service, named);
  if (fn !== undefined) service.store.remove(fn);
}
