import { createHash } from 'node:crypto';
import { exampleRequest } from '../../src/page/tables/examples.ts';
import { DESCRIPTION_MAX_LENGTH } from '../../src/page/values.ts';
import type { ExpectedVersion, Interaction, ProviderState } from '../interaction.ts';

const SOME_FUNCTION: ProviderState = { name: 'a function exists' };

const CODE = Buffer.from("exports.handler = async () => 'ok';\n");

/** A function whose code is known byte for byte, so that a request can carry its digest. */
const FUNCTION_WITH_CODE: ProviderState = {
  name: 'a function exists',
  params: {
    code_type: 'inline',
    code_filename: 'index.js',
    func_code: { file: CODE.toString('base64') },
  },
};

const VERSION_WITH_CODE: ExpectedVersion = {
  status: 200,
  members: { code_filename: 'index.js', code_size: CODE.length, digest: digestOf('sha512') },
};

function digestOf(algorithm: 'md5' | 'sha512'): string {
  return createHash(algorithm).update(CODE).digest('hex');
}

const OPTIONAL_MEMBERS = { digest: digestOf('md5'), ...exampleRequest };
type OptionalMember = keyof typeof OPTIONAL_MEMBERS;

/** A request with these of the three optional members. */
function published(...names: readonly OptionalMember[]): Interaction {
  const body = Object.fromEntries(names.map(name => [name, OPTIONAL_MEMBERS[name]]));
  const told = names.length === 0 ? 'no member' : names.join(' and ');
  const known = { description: `a publication with ${told}`, request: { body } };
  // Only a digest needs code that is known; whatever function is there does for the others.
  if (names.includes('digest')) {
    return { ...known, states: [FUNCTION_WITH_CODE], response: VERSION_WITH_CODE };
  }
  return { ...known, states: [SOME_FUNCTION], response: { status: 200, members: {} } };
}

/** Every subset of the optional members, on plain functions: 200. */
export const accepted: readonly Interaction[] = [
  published(),
  published('digest'),
  published('version'),
  published('description'),
  published('digest', 'version'),
  published('digest', 'description'),
  published('version', 'description'),
  published('digest', 'version', 'description'),
  {
    description: `a publication with a description of ${DESCRIPTION_MAX_LENGTH} characters`,
    states: [SOME_FUNCTION],
    // The last one has two bytes of UTF-8: characters count, not bytes.
    request: { body: { description: 'é'.padStart(DESCRIPTION_MAX_LENGTH, 'v') } },
    response: { status: 200, members: {} },
  },
  {
    description: 'a publication of changes that were made since the last one',
    states: [{ name: 'a function exists with unpublished changes', params: {} }],
    request: { body: { description: 'changed' } },
    response: { status: 200, members: {} },
  },
];
