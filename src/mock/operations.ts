import { isObject } from '../page/formats.ts';
import type { Operation } from '../page/operations.ts';
import { authenticate, authorize } from './authentication.ts';
import { type Answer, answerOf, type Call, type JsonObject, ok } from './call.ts';
import { checked, checkedAsyncSettings, demand, MEMBERS_OF, merged, setMembers } from './configuration.ts';
import { type StoredFunction, versionOf } from './functions.ts';
import { around } from './hooks.ts';
import { listFunctions, listVersions } from './lists.ts';
import { functionOf, urnOf } from './named-function.ts';
import { publish } from './publish.ts';
import { refusal } from './refusals.ts';
import { objectIn } from './request-body.ts';

/** What each operation does. Every one may throw a refusal. */
const OPERATIONS: Readonly<Record<Operation, (call: Call) => Answer>> = {
  publish,
  'list versions': listVersions,
  'create function': createFunction,
  'list functions': listFunctions,
  'read configuration': readConfiguration,
  'change configuration': changeConfiguration,
  'change code': changeCode,
  'set maximum instances': setMaximumInstances,
  'configure asynchronous notification': configureAsynchronousNotification,
  delete: deleteFunction,
};

/** Does an operation for whoever may have it done. */
export function perform(call: Call, operation: Operation): Answer {
  const { credentials, hooks } = call.service;
  return around(hooks, call, inner =>
    answerOf(() => {
      authenticate(inner, credentials);
      authorize(inner, credentials);
      return OPERATIONS[operation](inner);
    }),
  );
}

/** What is reported of a function outside of publishing: Table 4 with `:latest` in the URN. */
function latestOf(fn: StoredFunction): JsonObject {
  return { ...fn.reported, func_urn: `${fn.urn}:latest` };
}

function createFunction(call: Call): Answer {
  const { store, hooks } = call.service;
  const configuration = checked(setMembers(objectIn(call), MEMBERS_OF.create), hooks);
  return ok(latestOf(store.create(configuration)));
}

function readConfiguration(call: Call): Answer {
  const fn = functionOf(call);
  const { qualifier } = urnOf(call);
  const version = qualifier === undefined ? undefined : versionOf(fn, qualifier);
  return ok(
    version === undefined ? latestOf(fn) : { ...version.reported, func_urn: `${fn.urn}:${version.name}` },
  );
}

const MANDATORY_IN_CHANGE = ['func_name', 'runtime', 'timeout', 'handler', 'memory_size'];

function changeConfiguration(call: Call): Answer {
  const request = objectIn(call);
  const fn = functionOf(call);
  demand(request, MANDATORY_IN_CHANGE);
  if (request.func_name !== fn.configuration.func_name) {
    throw refusal(400, 'FSS.1002', 'func_name is not the name of the function');
  }
  const { package: _package, ...rest } = request;
  change(call, fn, merged(fn.configuration, rest, MEMBERS_OF.change));
  return ok(latestOf(fn));
}

function change(call: Call, fn: StoredFunction, whole: JsonObject): void {
  call.service.store.change(fn, checked(whole, call.service.hooks));
}

function changeCode(call: Call): Answer {
  const request = objectIn(call);
  const fn = functionOf(call);
  demand(request, ['code_type']);
  const sent = setMembers(request, MEMBERS_OF['change code']);
  const hasBytes = ['inline', 'zip', 'jar'].some(type => type === sent.code_type);
  if (hasBytes && sent.func_code === undefined) {
    throw refusal(400, 'FSS.1012', 'func_code is missing; it is mandatory');
  }
  const { code_url, code_filename, ...kept } = fn.configuration;
  change(call, fn, { ...kept, ...sent });
  return ok(latestOf(fn));
}

function setMaximumInstances(call: Call): Answer {
  const { max_instance_num } = objectIn(call);
  const fn = functionOf(call);
  if (max_instance_num === undefined) {
    throw refusal(400, 'FSS.1026', 'max_instance_num is missing; it is mandatory');
  }
  const strategy_config = { ...fn.configuration.strategy_config, concurrency: max_instance_num };
  change(call, fn, { ...fn.configuration, strategy_config });
  return ok(latestOf(fn));
}

function configureAsynchronousNotification(call: Call): Answer {
  const request = objectIn(call);
  const fn = functionOf(call);
  const settings = checkedAsyncSettings(request, call.service.hooks);
  call.service.store.change(fn, { ...fn.configuration, function_async_config: settings });
  const reported = fn.reported.function_async_config;
  return ok({ func_urn: `${fn.urn}:latest`, ...(isObject(reported) ? reported : {}) });
}

function deleteFunction(call: Call): Answer {
  const fn = functionOf(call);
  const { qualifier } = urnOf(call);
  if (qualifier === undefined) {
    call.service.store.remove(fn);
  } else if (qualifier === 'latest') {
    throw refusal(400, 'FSS.1015', 'latest cannot be deleted; without a version in the URN the function is');
  } else {
    fn.versions = fn.versions.filter(version => version.name !== qualifier);
  }
  return { status: 204, body: undefined };
}
