import { readFileSync } from 'node:fs';

/** The package itself: two folders up from the sources, three from the build. */
const depth = import.meta.url.endsWith('.js') ? '../../../' : '../../';
const manifest: unknown = JSON.parse(readFileSync(new URL(`${depth}package.json`, import.meta.url), 'utf8'));

/** Name and version of the suite, as a report says them. */
export const tool = { name: 'fgs-conformance', version: versionIn(manifest) } as const;

function versionIn(value: unknown): string {
  return typeof value === 'object' && value !== null && 'version' in value ? String(value.version) : '0.0.0';
}
