import fc from 'fast-check';
import { publishRequest as schema } from '../page/tables/publish-request.ts';
import { DESCRIPTION_MAX_LENGTH } from '../page/values.ts';
import { brokenValues } from './_internals/broken-values.ts';
import { isPlainVersionName } from './_internals/version-name.ts';
import { type InvalidPublishRequest, invalidPublishRequests } from './invalid-publish-requests.ts';
import { publishRequest } from './publish-request.ts';

const MEMBERS = ['digest', 'version', 'description'] as const;

/** Valid members beside the one that is wrong; what it is about comes last, as a reader expects. */
function beside(
  member: string,
  values: fc.Arbitrary<unknown>,
  title: string,
  clause: string,
): fc.Arbitrary<InvalidPublishRequest> {
  return fc.tuple(publishRequest(), values).map(([valid, value]) => ({
    title,
    clause,
    body: JSON.stringify(Object.fromEntries([...Object.entries(valid), [member, value]])),
  }));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A valid body, cut off or with a character too many. */
const malformed: fc.Arbitrary<InvalidPublishRequest> = fc
  .tuple(publishRequest(), fc.nat(1000), fc.constantFrom('', '}', '"', ',', ':', "'", '\0', '\\', 'x'))
  .map(([valid, position, inserted]) => {
    const json = JSON.stringify(valid);
    const at = position % json.length;
    return inserted === '' ? json.slice(0, at) : json.slice(0, at) + inserted + json.slice(at);
  })
  .filter(body => body.trim() !== '' && !isJson(body))
  .map(body => ({ title: 'malformed JSON', clause: 'request.body.malformed', body }));

const nonObject: fc.Arbitrary<InvalidPublishRequest> = brokenValues(schema, 'type').map(value => ({
  title: 'a body that is no object',
  clause: 'request.body.not-object',
  body: JSON.stringify(value),
}));

const known: readonly string[] = MEMBERS;
const unknownName = fc.string({ minLength: 1, maxLength: 20 }).filter(name => !known.includes(name));

const unknownMember: fc.Arbitrary<InvalidPublishRequest> = unknownName.chain(name =>
  beside(name, fc.jsonValue({ maxDepth: 3 }), 'an unknown member', 'request.body.unknown-members'),
);

const tooLong = fc
  .tuple(
    fc.constantFrom('x', 'é', '\u{1f600}', '"', '\n'),
    fc.integer({ min: DESCRIPTION_MAX_LENGTH + 1, max: 3000 }),
  )
  .map(([character, length]) => character.repeat(length));

const oddName = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 60 }),
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  )
  .filter(name => !isPlainVersionName(name));

/** Bodies of a megabyte are sent once, from the list. */
const listed = invalidPublishRequests.filter(({ clause }) => clause !== 'request.body.too-large');

/**
 * Publish requests with one fault each: those of `invalidPublishRequests` but the over-large ones, and others
 * in which the fault is found at random.
 */
export function invalidPublishRequest(): fc.Arbitrary<InvalidPublishRequest> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...listed) },
    malformed,
    nonObject,
    ...MEMBERS.map(member =>
      beside(
        member,
        brokenValues(schema.properties[member], 'type'),
        `another type than string for ${member}`,
        `request.${member}.type`,
      ),
    ),
    unknownMember,
    beside('description', tooLong, 'a description that is too long', 'request.description.length'),
    beside('version', oddName, 'an unusual version', 'request.version.grammar'),
  );
}
