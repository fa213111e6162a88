import type { Configuration } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import type { Operation } from '../page/operations.ts';
import { isAbsent } from '../page/paths.ts';
import { changeAlias, createAlias, deleteAlias, listAliases, readAlias } from './aliases.ts';
import { type Answer, answerOf, ok } from './answer.ts';
import { authenticate, authorize } from './authentication.ts';
import type { Call } from './call.ts';
import { checked, checkedAsyncSettings, demand, MEMBERS_OF, merged, setMembers } from './configure.ts';
import { stateOf } from './functions.ts';
import { around } from './hooks.ts';
import type { JsonObject } from './json-object.ts';
import { listFunctions, listVersions } from './lists.ts';
import { withNamedCode } from './named-code.ts';
import { type Named, namedIn } from './named-function.ts';
import { publish } from './publish.ts';
import { refusal } from './refusals.ts';
import { objectIn } from './request-body.ts';
import { changeVersion, deleteVersion } from './versions.ts';

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
  'read code': readCode,
  'read asynchronous notification': readAsynchronousNotification,
  'delete asynchronous notification': deleteAsynchronousNotification,
  'create alias': createAlias,
  'list aliases': listAliases,
  'read alias': readAlias,
  'change alias': changeAlias,
  'delete alias': deleteAlias,
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

/** What is reported outside of publishing: Table 4 with the version in the URN. */
function reportOf({ fn, version }: Pick<Named, 'fn' | 'version'>): JsonObject {
  const { reported } = version ?? fn;
  return { ...reported, func_urn: `${fn.urn}:${version?.name ?? 'latest'}` };
}

function createFunction(call: Call): Answer {
  const { store, hooks } = call.service;
  const sent = setMembers(objectIn(call), MEMBERS_OF.create);
  const fn = store.create(checked(withNamedCode(sent, sent.runtime, hooks), hooks));
  return ok(reportOf({ fn, version: undefined }));
}

function readConfiguration(call: Call): Answer {
  return ok(reportOf(namedIn(call)));
}

const MANDATORY_IN_CHANGE = ['runtime', 'timeout', 'handler', 'memory_size'];

function changeConfiguration(call: Call): Answer {
  const request = objectIn(call);
  const { fn, version } = namedIn(call);
  demand(request, MANDATORY_IN_CHANGE);
  const { package: _package, func_name: name, ...rest } = request;
  if (!isAbsent(name) && name !== fn.configuration.func_name) {
    throw refusal(400, 'FSS.1002', 'func_name is not the name of the function');
  }
  return ok(reportOf(change(call, { fn, version }, before => merged(before, rest, MEMBERS_OF.change))));
}

/** Configures `latest` or a version anew; answers what the call names now. */
function change(
  { service }: Call,
  { fn, version }: Pick<Named, 'fn' | 'version'>,
  next: (before: Configuration) => JsonObject,
): Pick<Named, 'fn' | 'version'> {
  const { configuration } = version ?? fn;
  const whole = checked(next(configuration), service.hooks);
  if (version !== undefined) return { fn, version: changeVersion(service, fn, version, whole) };
  service.store.change(fn, whole);
  return { fn, version };
}

/** What is reported of a function with its code: the uploaded file, or where the code is. */
function reportWithCode(named: Named): JsonObject {
  const { file, link, size, digest } = (named.version ?? named.fn).code;
  const isElsewhere = file === undefined && size > 0;
  const kept = isElsewhere ? `https://code.obs.example.com/${digest}` : link;
  return { ...reportOf(named), func_code: { file: file ?? '', link: kept ?? '' } };
}

function readCode(call: Call): Answer {
  return ok(reportWithCode(namedIn(call)));
}

function changeCode(call: Call): Answer {
  const request = objectIn(call);
  const named = namedIn(call);
  const { fn, version } = named;
  if (version !== undefined) {
    throw refusal(400, 'FSS.1015', 'The code of a published version cannot change');
  }
  demand(request, ['code_type']);
  const { store, hooks } = call.service;
  const sent = withNamedCode(setMembers(request, MEMBERS_OF['change code']), fn.configuration.runtime, hooks);
  const hasBytes = ['inline', 'zip', 'jar'].some(type => type === sent.code_type);
  if (hasBytes && sent.func_code === undefined) {
    throw refusal(400, 'FSS.1012', 'func_code is missing; it is mandatory');
  }
  const { code_url, code_filename, ...kept } = fn.configuration;
  const whole = checked({ ...kept, ...sent }, hooks);
  const next = store.configured(fn, fn, whole);
  const isUpload = whole.func_code?.file !== undefined;
  if (isUpload && stateOf(next) === fn.state) throw refusal(409, 'FSS.0409', 'The code is the very same');
  store.adopt(fn, next);
  return ok(reportWithCode(named));
}

/** A request without a number leaves the maximum unset. */
function setMaximumInstances(call: Call): Answer {
  const { max_instance_num } = objectIn(call);
  const named = change(call, namedIn(call), before => {
    const strategy_config = { ...before.strategy_config, concurrency: max_instance_num };
    return merged(before, { strategy_config }, MEMBERS_OF.change);
  });
  return ok(reportOf(named));
}

function configureAsynchronousNotification(call: Call): Answer {
  const request = objectIn(call);
  const named = namedIn(call);
  const settings = checkedAsyncSettings(request, call.service.hooks);
  return ok(asyncSettingsOf(withAsyncSettings(call, named, settings)));
}

function readAsynchronousNotification(call: Call): Answer {
  return ok(asyncSettingsOf(namedIn(call)));
}

function deleteAsynchronousNotification(call: Call): Answer {
  const named = namedIn(call);
  asyncSettingsOf(named);
  withAsyncSettings(call, named, undefined);
  return { status: 204, body: undefined };
}

function withAsyncSettings(
  { service }: Call,
  { fn, version }: Named,
  settings: Configuration['function_async_config'],
): Pick<Named, 'fn' | 'version'> {
  const { function_async_config: _before, ...rest } = (version ?? fn).configuration;
  const whole = settings === undefined ? rest : { ...rest, function_async_config: settings };
  if (version !== undefined) return { fn, version: changeVersion(service, fn, version, whole) };
  service.store.change(fn, whole);
  return { fn, version };
}

/** What is reported of the asynchronous settings. @throws a refusal: 404 when there are none */
function asyncSettingsOf(named: Pick<Named, 'fn' | 'version'>): JsonObject {
  const { func_urn, function_async_config: settings } = reportOf(named);
  if (!isObject(settings)) {
    throw refusal(404, 'FSS.0404', 'Asynchronous notification is not configured');
  }
  return { func_urn, ...settings };
}

function deleteFunction(call: Call): Answer {
  const { fn, version, isQualified } = namedIn(call);
  if (!isQualified) {
    call.service.store.remove(fn);
  } else if (version === undefined) {
    throw refusal(400, 'FSS.1015', 'latest cannot be deleted; without a version in the URN the function is');
  } else {
    deleteVersion(fn, version);
  }
  return { status: 204, body: undefined };
}
