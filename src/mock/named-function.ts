import { type FunctionUrn, parseUrnParameter } from '../page/urn.ts';
import type { Call } from './call.ts';
import { type StoredFunction, type Version, versionOf } from './functions.ts';
import { refusal } from './refusals.ts';

/** What the URN in the path of a call names. */
export interface Named {
  readonly fn: StoredFunction;
  /** The version; `undefined` for `latest`. */
  readonly version: Version | undefined;
  /** Whether the URN has an eighth field. */
  readonly isQualified: boolean;
}

/**
 * The function that a call names, and the version, by whatever form of its URN. Both must exist.
 *
 * @throws a refusal: 400 for a malformed URN, 404 for what does not exist
 */
export function namedIn({ functionUrn, service }: Pick<Call, 'functionUrn' | 'service'>): Named {
  const urn = parseUrnParameter(functionUrn);
  if (urn === undefined) throw refusal(400, 'FSS.1309', 'The function URN is malformed');
  const fn = service.store.find(urn);
  if (fn === undefined) throw refusal(404, 'FSS.1051', 'Not found the function');
  const { qualifier } = urn;
  return { fn, version: qualifiedVersion(fn, qualifier), isQualified: qualifier !== undefined };
}

function qualifiedVersion(fn: StoredFunction, qualifier: FunctionUrn['qualifier']): Version | undefined {
  if (qualifier === undefined || qualifier === 'latest') return undefined;
  const name = qualifier.startsWith('!') ? aliasOf(fn, qualifier.slice(1)).version : qualifier;
  return name === 'latest' ? undefined : existingVersion(fn, name);
}

/** The alias with this name. @throws a refusal: 404 when there is none */
export function aliasOf(fn: StoredFunction, name: string): StoredFunction['aliases'][number] {
  const alias = fn.aliases.find(each => each.name === name);
  if (alias === undefined) throw refusal(404, 'FSS.1053', 'Not found the alias');
  return alias;
}

/** The version with this name. @throws a refusal: 404 when there is none */
export function existingVersion(fn: StoredFunction, name: string): Version {
  const version = versionOf(fn, name);
  if (version === undefined) throw refusal(404, 'FSS.1052', 'Not found the function version');
  return version;
}
