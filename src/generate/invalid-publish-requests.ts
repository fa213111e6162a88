import { BODY_LIMIT_BYTES, DESCRIPTION_MAX_LENGTH } from '../page/values.ts';
import { VERSION_NAME_LENGTH } from './_internals/version-name.ts';

/** A publish request with one fault. */
export interface InvalidPublishRequest {
  readonly title: string;
  /** The id of the clause that says how it is answered, one of `requestFaults`. */
  readonly clause: string;
  /** The body; left out: none is sent. */
  readonly body?: string;
  /** The Content-Type; `null`: no such header is sent. Left out: `application/json`. */
  readonly contentType?: string | null;
}

/** Requests of one clause, by what is wrong with their bodies. */
function bodies(clause: string, byTitle: Readonly<Record<string, string>>): readonly InvalidPublishRequest[] {
  return Object.entries(byTitle).map(([title, body]) => ({ title, clause, body }));
}

const malformed = bodies('request.body.malformed', {
  'a truncated object': '{"description":"v1"',
  'a truncated string': '{"description":"v1',
  'a truncated escape': '{"description":"\\u00"}',
  'a trailing comma': '{"description":"v1",}',
  'a missing comma': '{"description":"v1" "version":"v1"}',
  'a missing value': '{"description":}',
  'single quotes': "{'description':'v1'}",
  'an unquoted name': '{description:"v1"}',
  'a bare word': 'description',
  'a form instead of JSON': 'version=v1&description=v1',
  'XML instead of JSON': '<version>v1</version>',
  'a comment': '{/* none */}',
  'NaN for a value': '{"description":NaN}',
  'undefined for a value': '{"description":undefined}',
  'a number with a leading zero': '{"version":01}',
  'a NUL': '\0',
  'a NUL in a string': '{"description":"a\0b"}',
  'a line break in a string': '{"description":"a\nb"}',
  'two documents': '{}{}',
  'two documents on two lines': '{}\n{}',
  'a closing bracket too many': '{}]',
  'ten thousand opening brackets': '['.repeat(10_000),
});

const nonObjects = bodies('request.body.not-object', {
  'an array of requests': '[{"description":"v1"}]',
  'a string': '"v1"',
  'a number': '1',
  'a fraction': '1.5',
  true: 'true',
  null: 'null',
  'an empty array': '[]',
  'an empty string': '""',
  'a string that holds a request': '"{\\"description\\":\\"v1\\"}"',
  zero: '0',
  false: 'false',
  'a number beyond every range': '1e999',
  'arrays in arrays, 10,000 deep': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
});

/** One of each JSON kind first: a short run sends only those. */
const WRONG_TYPES = {
  'a number': '1',
  'a fraction': '1.5',
  true: 'true',
  'an array of strings': '["v1"]',
  'an object': '{"value":"v1"}',
  zero: '0',
  false: 'false',
  'an empty array': '[]',
  'an empty object': '{}',
  'a number of 400 digits': '9'.repeat(400),
  'a number beyond every range': '1e999',
} as const;

const wrongTypes = (['digest', 'version', 'description'] as const).flatMap(member =>
  bodies(
    `request.${member}.type`,
    Object.fromEntries([
      ...Object.entries(WRONG_TYPES).map(([what, value]) => [
        `${what} for ${member}`,
        `{"${member}":${value}}`,
      ]),
      [`${member} twice, neither a string`, `{"${member}":1,"${member}":2}`],
    ]),
  ),
);

const unknownMembers = bodies('request.body.unknown-members', {
  'an unknown member': '{"novelty":"v1"}',
  'an unknown member beside a description': '{"description":"v1","novelty":1}',
  'an unknown member twice': '{"novelty":1,"novelty":2}',
  'a member of the function': '{"memory_size":4096}',
  'a description with a capital': '{"Description":"v1"}',
  'a member with an empty name': '{"":"v1"}',
  'a __proto__ member': '{"__proto__":{"description":"v1"}}',
  'a constructor member': '{"constructor":{"prototype":{"description":"v1"}}}',
  'a thousand unknown members': `{${Array.from({ length: 1000 }, (_, index) => `"n${index}":1`).join()}}`,
  'an unknown member, 5,000 deep': `{"novelty":${'['.repeat(5000)}${']'.repeat(5000)}}`,
});

const nullMembers = bodies('request.body.null-members', {
  'null for digest': '{"digest":null}',
  'null for version': '{"version":null}',
  'null for description': '{"description":null}',
  'null for every member': '{"digest":null,"version":null,"description":null}',
});

const oddVersions = bodies(
  'request.version.grammar',
  Object.fromEntries(
    Object.entries({
      'an empty version': '',
      'the version latest': 'latest',
      [`a version of ${VERSION_NAME_LENGTH + 1} characters`]: 'v'.repeat(VERSION_NAME_LENGTH + 1),
      'a version of 1,000 characters': 'v'.repeat(1000),
      'a version of spaces': '   ',
      'a version with a space': 'v 1',
      'a version with a slash': 'v/1',
      'a version that climbs directories': '../../v1',
      'a version with a colon': 'v:1',
      'a version with an exclamation mark': '!v1',
      'a version with a percent sign': 'v%2F1',
      'a version with a quote': 'v"1',
      'a version with a line break': 'v\n1',
      'a version with a NUL': 'v\u00001',
      'a version that starts with a period': '.v1',
      'a version that ends with a dash': 'v1-',
      'a version beyond ASCII': 'véé',
      'a version of an emoji': '\u{1f600}',
    }).map(([title, version]) => [title, JSON.stringify({ version })]),
  ),
);

const longDescriptions = bodies(
  'request.description.length',
  Object.fromEntries(
    Object.entries({
      [`a description of ${DESCRIPTION_MAX_LENGTH + 1} characters`]: 'x'.repeat(DESCRIPTION_MAX_LENGTH + 1),
      [`a description of ${DESCRIPTION_MAX_LENGTH + 1} characters beyond ASCII`]: 'é'.repeat(
        DESCRIPTION_MAX_LENGTH + 1,
      ),
      [`a description of ${DESCRIPTION_MAX_LENGTH + 1} emoji`]: '\u{1f600}'.repeat(
        DESCRIPTION_MAX_LENGTH + 1,
      ),
      'a description of 5,000 characters': 'x'.repeat(5000),
      'a description of 100,000 characters': 'x'.repeat(100_000),
    }).map(([title, description]) => [title, JSON.stringify({ description })]),
  ),
);

const wrongDigests = bodies('request.digest.wrong', {
  'the MD5 of other code': '{"digest":"00000000000000000000000000000000"}',
  'a digest that is no MD5': '{"digest":"md5"}',
  'an empty digest': '{"digest":""}',
  'a SHA-512 for a digest': JSON.stringify({ digest: '0'.repeat(128) }),
});

const BODY = '{"description":"v1"}';

const mediaTypes: readonly InvalidPublishRequest[] = [
  ...[
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'json',
    '*/*',
  ].map(contentType => ({
    title: `the media type ${contentType}`,
    clause: 'request.content-type.other',
    body: BODY,
    contentType,
  })),
  { title: 'no Content-Type', clause: 'request.content-type.missing', body: BODY, contentType: null },
  {
    title: 'no Content-Type, no member',
    clause: 'request.content-type.missing',
    body: '{}',
    contentType: null,
  },
];

const blank: readonly InvalidPublishRequest[] = [
  { title: 'no body', clause: 'request.body.absent' },
  { title: 'no body and no Content-Type', clause: 'request.body.absent', contentType: null },
  { title: 'an empty body', clause: 'request.body.absent', body: '' },
];

const oversize = bodies('request.body.too-large', {
  'a body of 1 MiB and a byte': `{}${' '.repeat(BODY_LIMIT_BYTES - 1)}`,
  'a body of 2 MiB': `${BODY}${' '.repeat(2 * BODY_LIMIT_BYTES - BODY.length)}`,
});

/** Publish requests with one fault each, for a function that exists and with valid credentials. */
export const invalidPublishRequests: readonly InvalidPublishRequest[] = [
  ...malformed,
  ...nonObjects,
  ...wrongTypes,
  ...unknownMembers,
  ...nullMembers,
  ...oddVersions,
  ...longDescriptions,
  ...wrongDigests,
  ...mediaTypes,
  ...blank,
  ...oversize,
];
