/** What hangs below a function in the paths of the API. */
export type FunctionResource = 'versions' | 'config' | 'code' | 'config-max-instance' | 'async-invoke-config';

/** The path of all functions of a project. */
export function functionsPath(projectId: string): string {
  return `/v2/${pathSegment(projectId)}/fgs/functions`;
}

/**
 * The path of a function or of something below it. Colons stay as they are.
 *
 * @example functionPath('p', 'urn:fss:r:p:function:default:f', 'versions')
 * // '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions'
 */
export function functionPath(projectId: string, urn: string, resource?: FunctionResource): string {
  const path = `${functionsPath(projectId)}/${pathSegment(urn)}`;
  return resource === undefined ? path : `${path}/${resource}`;
}

/** Text as one segment of a path: everything unsafe percent-encoded, colons raw. */
export function pathSegment(text: string): string {
  // Lone surrogates, which a target may answer, have no encoding.
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replaceAll('%3A', ':');
}
