import type { HttpRequest } from './exchange.ts';

/** Operations of the API that the suite meets, by method and the last segments of the path. */
const OPERATIONS = {
  publish: 'POST /v2/{project_id}/fgs/functions/{function_urn}/versions',
  'list versions': 'GET /v2/{project_id}/fgs/functions/{function_urn}/versions',
  'create function': 'POST /v2/{project_id}/fgs/functions',
  'list functions': 'GET /v2/{project_id}/fgs/functions',
  'read configuration': 'GET /v2/{project_id}/fgs/functions/{function_urn}/config',
  'change configuration': 'PUT /v2/{project_id}/fgs/functions/{function_urn}/config',
  'change code': 'PUT /v2/{project_id}/fgs/functions/{function_urn}/code',
  'set maximum instances': 'PUT /v2/{project_id}/fgs/functions/{function_urn}/config-max-instance',
  'configure asynchronous notification':
    'PUT /v2/{project_id}/fgs/functions/{function_urn}/async-invoke-config',
  delete: 'DELETE /v2/{project_id}/fgs/functions/{function_urn}',
  'read code': 'GET /v2/{project_id}/fgs/functions/{function_urn}/code',
  'read asynchronous notification': 'GET /v2/{project_id}/fgs/functions/{function_urn}/async-invoke-config',
  'delete asynchronous notification':
    'DELETE /v2/{project_id}/fgs/functions/{function_urn}/async-invoke-config',
  'create alias': 'POST /v2/{project_id}/fgs/functions/{function_urn}/aliases',
  'list aliases': 'GET /v2/{project_id}/fgs/functions/{function_urn}/aliases',
  'read alias': 'GET /v2/{project_id}/fgs/functions/{function_urn}/aliases/{alias_name}',
  'change alias': 'PUT /v2/{project_id}/fgs/functions/{function_urn}/aliases/{alias_name}',
  'delete alias': 'DELETE /v2/{project_id}/fgs/functions/{function_urn}/aliases/{alias_name}',
} as const;

export type Operation = keyof typeof OPERATIONS;

/** Method and URI template of each operation. */
export const operations: Readonly<Record<Operation, string>> = OPERATIONS;

/** What method and path of a request say. */
export interface Route {
  /** `undefined` for a method that the path does not know. */
  readonly operation: Operation | undefined;
  readonly projectId: string;
  /** As in the path, percent-decoded; absent on the collection. */
  readonly functionUrn?: string;
  /** Likewise; only where the path names one. */
  readonly aliasName?: string;
  /** Whether the path is the one that versions are published at, whatever the method. */
  readonly publishesAt: boolean;
}

const RESOURCES = 'versions|config|code|config-max-instance|async-invoke-config|aliases';

const PATH = new RegExp(
  `^/v2/([^/]*)/fgs/functions(?:/([^/]+)(?:/(${RESOURCES})(?:(?<=/aliases)/([^/]+))?)?)?$`,
);

/** Reads method and path; `undefined` for a path that is none of this API's. A prefix before `/v2/` is fine. */
export function routeOf(request: Pick<HttpRequest, 'method' | 'url'>): Route | undefined {
  const path = pathOf(request.url);
  const start = path.indexOf('/v2/');
  const match = start === -1 ? null : PATH.exec(path.slice(start));
  if (match === null) return undefined;
  const [, projectId = '', functionUrn, resource, alias] = match;
  const place = functionUrn === undefined ? COLLECTION : alias === undefined ? (resource ?? FUNCTION) : ALIAS;
  const operation = BY_PLACE.get(place)?.get(request.method.toUpperCase());
  const publishesAt = resource === 'versions';
  if (functionUrn === undefined) return { operation, projectId: decode(projectId), publishesAt };
  const route = { operation, projectId: decode(projectId), publishesAt, functionUrn: decode(functionUrn) };
  return alias === undefined ? route : { ...route, aliasName: decode(alias) };
}

/** Places that have no resource of a function at their end, named as no resource is. */
const [COLLECTION, FUNCTION, ALIAS] = ['functions', '{function_urn}', '{alias_name}'];

const OF_THIS_API = /\/v2\/[^/]+\/fgs(?:\/|$)/;

/** Whether a path is one of this API's, be it of an operation above or another one. */
export function isPathOfThisApi(path: string): boolean {
  return OF_THIS_API.test(path);
}

/** The operations at each place, by method. */
const BY_PLACE = new Map<string, Map<string, Operation>>();

for (const [name, template] of Object.entries(OPERATIONS)) {
  const [method = '', path = ''] = template.split(' ');
  const place = path.slice(path.lastIndexOf('/') + 1);
  const byMethod = BY_PLACE.get(place) ?? new Map<string, Operation>();
  BY_PLACE.set(place, byMethod.set(method, name as Operation));
}

/** The path of an absolute URL or of a path, without query and fragment. */
export function pathOf(url: string): string {
  if (url.startsWith('/') && !/[?#]/.test(url)) return url;
  const afterHost = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return afterHost.replace(/[?#].*$/s, '');
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
