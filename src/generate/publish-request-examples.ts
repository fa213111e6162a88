import type { PublishRequest } from '../page/tables/publish-request.ts';
import { DESCRIPTION_MAX_LENGTH } from '../page/values.ts';
import { takes } from './_internals/arguments.ts';
import { TEXTS_THAT_BREAK } from './_internals/texts-that-break.ts';
import { VERSION_NAME_LENGTH } from './_internals/version-name.ts';

/** A valid publish request that every run sends. */
export interface PublishRequestExample {
  readonly title: string;
  readonly body: PublishRequest;
}

/**
 * The valid publish requests that every run sends: the eight subsets of the members, and the ends of what a
 * version name and a description may be.
 *
 * @param md5 the MD5 of the function's code, in hexadecimal
 * @param uniqueName makes a version name of exactly so many letters and digits that the function does not have
 */
export function publishRequestExamples(
  md5: string,
  uniqueName: (length: number) => string,
): readonly PublishRequestExample[] {
  takes.md5(md5);
  if (typeof uniqueName !== 'function')
    throw new TypeError('publishRequestExamples: uniqueName must be a function that makes version names.');
  const digest = md5;
  const description = 'Published by the conformance suite';
  const named = (title: string, version: string) => ({ title, body: { version } });
  const described = (title: string, text: string) => ({ title, body: { description: text } });
  return [
    { title: 'no member', body: {} },
    { title: 'digest', body: { digest } },
    { title: 'version', body: { version: uniqueName(8) } },
    { title: 'description', body: { description } },
    { title: 'digest and version', body: { digest, version: uniqueName(8) } },
    { title: 'digest and description', body: { digest, description } },
    { title: 'version and description', body: { version: uniqueName(8), description } },
    { title: 'digest, version and description', body: { digest, version: uniqueName(8), description } },
    named('a version of 1 character', uniqueName(1)),
    named(`a version of ${VERSION_NAME_LENGTH} characters`, uniqueName(VERSION_NAME_LENGTH)),
    named('a version with periods, dashes and underscores', `1.0-rc_1.${uniqueName(8)}`),
    described('an empty description', ''),
    described('a description of 201 characters', 'x'.repeat(201)),
    described(`a description of ${DESCRIPTION_MAX_LENGTH} characters`, 'x'.repeat(DESCRIPTION_MAX_LENGTH)),
    described(
      `a description of ${DESCRIPTION_MAX_LENGTH} characters in twice as many bytes`,
      'é'.repeat(DESCRIPTION_MAX_LENGTH),
    ),
    described(
      `a description of ${DESCRIPTION_MAX_LENGTH} characters beyond the basic plane`,
      '\u{1f600}'.repeat(DESCRIPTION_MAX_LENGTH),
    ),
    described('a description with white space at both ends', '  white  space '),
    ...Object.entries(TEXTS_THAT_BREAK).map(([title, text]) =>
      described(`a description with ${title}`, text),
    ),
    described('a description that looks like JSON', '{"version":"other","description":null}'),
    described('a description of several lines with quotes', 'first "line"\nsecond \'line\'\r\n\tand \\ more'),
  ];
}
