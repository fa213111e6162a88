import { publishedVersion } from '../tables/published-version.ts';

/** How an unset member is shown. */
export type UnsetForm = 'left out' | 'null' | 'blank';

/** Optional texts of Table 4; a secret may be blanked for being one. */
const OPTIONAL_TEXTS = Object.entries(publishedVersion.properties)
  .filter(([name, { type }]) => type === 'string' && !isMandatory(name) && name !== 'encrypted_user_data')
  .map(([name]) => name);

function isMandatory(name: string): boolean {
  return publishedVersion.required.some(each => each === name);
}

/** How most of the optional texts are shown that a version has unset; `undefined` when it has all of them. */
export function unsetFormOf(version: Readonly<Record<string, unknown>>): UnsetForm | undefined {
  let [leftOut, isNull, isBlank] = [0, 0, 0];
  for (const name of OPTIONAL_TEXTS) {
    const value = version[name];
    if (value === undefined) leftOut++;
    else if (value === null) isNull++;
    else if (value === '') isBlank++;
  }
  const most = Math.max(leftOut, isNull, isBlank);
  if (most === 0) return undefined;
  if (most === leftOut) return 'left out';
  return most === isNull ? 'null' : 'blank';
}
