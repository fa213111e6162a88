import { createAjv } from '../page/ajv.ts';
import { type Configuration, configuration } from '../page/configuration.ts';
import type { HttpResponse } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import type { Operation } from '../page/operations.ts';
import { isAbsent, valueAt } from '../page/paths.ts';
import { errorCodeIn } from '../page/rules/answers.ts';
import { isCustomRuntime } from '../page/values.ts';
import type { ConfigurationView, ExchangeView } from '../page/views.ts';
import { readJson } from './read-exchange.ts';

const { required: _mandatory, ...partial } = configuration;
const validate = createAjv().compile<Partial<Configuration>>(partial);

/** The request's body in the shape of a configuration; `undefined` for an operation that configures nothing. */
function sentBy(
  operation: Operation,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  switch (operation) {
    case 'create function':
    case 'change configuration':
    case 'change code':
      return body;
    case 'set maximum instances':
      return { strategy_config: { concurrency: body.max_instance_num } };
    case 'configure asynchronous notification':
      return { function_async_config: body };
    default:
      return undefined;
  }
}

/** Reads a request that configures a function, and its answer; `undefined` when there is nothing to hold it against. */
export function readConfiguration(
  view: ExchangeView,
  operation: Operation,
  response: HttpResponse,
): ConfigurationView | undefined {
  const { request } = view.exchange;
  const body = readJson(request.body, request.bodyEncoding);
  if (body.kind !== 'value' || !isObject(body.value)) return undefined;
  const sent = sentBy(operation, body.value);
  if (sent === undefined) return undefined;
  const present = withoutAbsent(sent);
  const outside = outsideOf(present, view.context.configuration);
  if (
    operation === 'create function' &&
    configuration.required.some(name => isAbsent(present[name]) && !outside.includes(name))
  ) {
    return undefined;
  }
  const json = readJson(response.body, response.bodyEncoding);
  const message = json.kind === 'value' ? valueAt(json.value, 'error_msg') : undefined;
  return {
    ...view,
    status: response.status,
    json,
    errorCode: json.kind === 'value' ? errorCodeIn(json.value) : undefined,
    errorMessage: typeof message === 'string' ? message.slice(0, 200) : undefined,
    sent: present,
    outside,
  };
}

/** `null` and blank members count as absent, at every depth that a configuration has. */
function withoutAbsent(object: Readonly<Record<string, unknown>>, depth = 6): Record<string, unknown> {
  const members = Object.entries(object).filter(([, value]) => !isAbsent(value));
  return Object.fromEntries(
    members.map(([name, value]) => [
      name,
      isObject(value) && depth > 0 ? withoutAbsent(value, depth - 1) : value,
    ]),
  );
}

/** Members outside what the page documents, as paths without array indices. */
function outsideOf(
  sent: Readonly<Record<string, unknown>>,
  known: Partial<Configuration> | undefined,
): readonly string[] {
  validate(sent);
  const runtime = sent.runtime ?? known?.runtime;
  const paths = (validate.errors ?? []).flatMap(error => {
    const missing: unknown = error.params.missingProperty;
    const pointer = typeof missing === 'string' ? `${error.instancePath}/${missing}` : error.instancePath;
    const path = pointer
      .slice(1)
      .replaceAll(/\/\d+(?=\/|$)/g, '[]')
      .replaceAll('/', '.');
    const isLooser =
      isCustomRuntime(runtime) && /^(?:initializer_)?handler$/.test(path) && error.keyword !== 'type';
    return isLooser ? [] : [path];
  });
  return [...new Set([...paths, ...brokenConditions(sent, known)])];
}

/** Members that are out of place beside others. */
function brokenConditions(
  sent: Readonly<Record<string, unknown>>,
  known: Partial<Configuration> | undefined,
): readonly string[] {
  const isV1 = (sent.type ?? known?.type) === 'v1';
  const concurrency = valueAt(sent, 'strategy_config.concurrency');
  const number = valueAt(sent, 'strategy_config.concurrent_num');
  const codeType = sent.code_type ?? known?.code_type;
  const broken: [string, boolean][] = [
    [
      'strategy_config.concurrency',
      isV1 && concurrency !== undefined && concurrency !== 0 && concurrency !== -1,
    ],
    ['strategy_config.concurrent_num', isV1 && number !== undefined && number !== 1],
    ['code_url', (codeType === 'obs') === isAbsent(sent.code_url) && sent.code_type !== undefined],
    ['code_filename', (sent.code_type === 'jar' || sent.code_type === 'zip') && isAbsent(sent.code_filename)],
    ['initializer_timeout', !isAbsent(sent.initializer_handler) && isAbsent(sent.initializer_timeout)],
  ];
  return broken.flatMap(([path, isBroken]) => (isBroken ? [path] : []));
}
