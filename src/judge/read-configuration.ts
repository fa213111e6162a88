import { configuration } from '../page/configuration.ts';
import { configuringOperation } from '../page/configuring.ts';
import type { HttpResponse } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import type { Operation } from '../page/operations.ts';
import { errorCodeIn } from '../page/rules/answers.ts';
import { bodyOf } from '../page/rules/request-faults.ts';
import { setMembers } from '../page/set-members.ts';
import { misfitsOf } from '../page/standing.ts';
import { namesVersion } from '../page/urn.ts';
import type { ConfigurationView, ExchangeView } from '../page/views.ts';
import { readJson } from './read-exchange.ts';

/** The longest piece of a refusal's words that is looked at. */
const MESSAGE_LENGTH = 200;

/** Reads a request that configures a function, and its answer; `undefined` when there is nothing to hold it against. */
export function readConfiguration(
  view: ExchangeView,
  operation: Operation,
  response: HttpResponse,
): ConfigurationView | undefined {
  const configuring = configuringOperation(operation);
  // Nothing requires a service to let a version be changed.
  if (configuring === undefined || namesVersion(view.route?.functionUrn)) return undefined;
  const { request } = view.exchange;
  const body = readJson(request.body, request.bodyEncoding);
  if (!isObject(body.value)) return undefined;
  const sent = setMembers(configuring.configurationIn(body.value), configuration);
  const misfits = misfitsOf(sent, { operation, known: view.context.configuration });
  const json = readJson(response.body, response.bodyEncoding);
  const { error_msg: message } = bodyOf({ json });
  return {
    ...view,
    status: response.status,
    json,
    errorCode: errorCodeIn(json),
    errorMessage: typeof message === 'string' ? message.slice(0, MESSAGE_LENGTH) : '',
    sent,
    outside: pathsOf(misfits, 'outside'),
    either: pathsOf(misfits, 'either'),
  };
}

function pathsOf(misfits: ReturnType<typeof misfitsOf>, standing: 'outside' | 'either'): readonly string[] {
  return [...new Set(misfits.filter(each => each.standing === standing).map(({ path }) => path))];
}
