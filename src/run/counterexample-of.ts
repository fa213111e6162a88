import { isObject, jsonObjectIn } from '../page/formats.ts';
import { routeOf } from '../page/operations.ts';
import { publishRequest } from '../page/tables/publish-request.ts';
import type { Members } from '../target/index.ts';
import type { Reproduction, Step } from '../verdict/reproduction.ts';

/**
 * The input that shows a finding, with the names and bytes of the requests that reproduce it: what was
 * generated is not always what was sent.
 *
 * @param input what was generated
 */
export function counterexampleOf(input: unknown, { steps }: Reproduction): unknown {
  const shown = steps.at(-1);
  // What abused the protocol comes before what had to survive it.
  const wire = steps.find(({ request }) => request.wire !== undefined)?.request.wire;
  const isHistory = Array.isArray(input) || steps.filter(({ isEvidence }) => isEvidence).length > 1;
  if (isHistory) return steps.map(({ does }) => does);
  if (!isObject(input) || shown === undefined) return input;
  if (wire !== undefined) return { ...input, sent: wire };
  if ('func_name' in input) return configurationAfter(steps);
  if ('function_urn' in input) return { ...input, function_urn: routeOf(shown.request)?.functionUrn };
  const isRequest = Object.keys(input).every(name => Object.hasOwn(publishRequest.properties, name));
  return isRequest ? (jsonObjectIn(shown.request.body ?? '') ?? input) : input;
}

/** The configuration that a function has after these steps. */
export function configurationAfter(steps: readonly Step[]): Members {
  const configuration: Record<string, unknown> = {};
  for (const { request } of steps) {
    const members = jsonObjectIn(request.body ?? '') ?? {};
    const operation = routeOf(request)?.operation;
    if (operation === 'create function' || operation === 'change configuration') {
      Object.assign(configuration, members);
    }
    if (operation === 'configure asynchronous notification') configuration.function_async_config = members;
  }
  return configuration;
}
