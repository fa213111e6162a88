import { readJson } from '../judge/read-exchange.ts';
import type { Exchange, HttpRequest } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { pathOf, type Route, routeOf } from '../page/operations.ts';
import { parseUrnParameter } from '../page/urn.ts';

/**
 * Names the function that a request is about, whatever form of its URN the path has; `undefined` when it is
 * about none. The same function at two hosts has two names.
 */
export function functionKeyOf(
  request: Pick<HttpRequest, 'method' | 'url'>,
  route: Route | undefined = routeOf(request),
): string | undefined {
  const named = route ?? routeOf({ method: 'DELETE', url: functionPathIn(request.url) });
  if (named?.functionUrn === undefined) return undefined;
  const urn = parseUrnParameter(named.functionUrn);
  if (urn === undefined) return undefined;
  return keyOf(request.url, urn.projectId ?? named.projectId, urn.package, urn.name);
}

/** Names the function that a request creates. */
export function createdFunctionKeyOf({ request }: Exchange): string | undefined {
  const body = readJson(request.body, request.bodyEncoding);
  const route = routeOf(request);
  if (route === undefined || !isObject(body.value)) return undefined;
  const { func_name: name, package: pack } = body.value;
  if (typeof name !== 'string') return undefined;
  return keyOf(request.url, route.projectId, typeof pack === 'string' ? pack : undefined, name);
}

function keyOf(url: string, projectId: string, pack: string | undefined, name: string): string {
  return [originOf(url), projectId, pack || 'default', name].join(' ');
}

/** Scheme, host and port of a URL; empty for a path alone. */
export function originOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0].toLowerCase() ?? '';
}

/** `.../fgs/functions/{function_urn}/tags/create` without what follows the URN. */
function functionPathIn(url: string): string {
  return /^.*?\/fgs\/functions\/[^/]+/.exec(pathOf(url))?.[0] ?? '';
}
