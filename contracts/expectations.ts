/** What a consumer relies on in an answer: an example, and the matchers by which a provider's answer is held against it. */

import { isObject } from '../src/page/formats.ts';
import { errorBody } from '../src/page/tables/error-body.ts';
import { exampleVersion } from '../src/page/tables/examples.ts';
import { type PublishedVersion, publishedVersion } from '../src/page/tables/published-version.ts';
import { AUTOMATIC_VERSION } from './format-expressions.ts';
import {
  type ConsumerRequest,
  type ExpectedError,
  type ExpectedVersion,
  FUNCTION_URN,
  PROJECT_ID,
} from './interaction.ts';
import { escaped, matcherOf, regex } from './matchers.ts';

const MILLICORES_A_SIZE = 128;

/** The version that the consumer's own test is answered with. It is conforming, as a whole. */
export function exampleOf(request: ConsumerRequest, response: ExpectedVersion): PublishedVersion {
  const { strategy_config: _strategy, code_filename: _file, ...every } = exampleVersion;
  const { description } = membersOf(request.body);
  const memory = response.members.memory_size ?? every.memory_size;
  return {
    ...every,
    func_urn: FUNCTION_URN,
    namespace: PROJECT_ID,
    ...response.members,
    cpu: (memory / MILLICORES_A_SIZE) * 100 + 200,
    ...(typeof description === 'string' ? { version_description: description } : {}),
  };
}

/** The body of a 200 as Pact takes it: examples, wrapped in the matchers of the page. */
export function expectedVersion(request: ConsumerRequest, response: ExpectedVersion): unknown {
  const example = exampleOf(request, response);
  const { version_description: described, ...members } = example;
  const matched = matcherOf(publishedVersion, members);
  if (!isObject(matched)) throw new Error('A version is an object.');
  return {
    ...matched,
    version: regex(versionExpression(membersOf(request.body).version), example.version),
    // Echoed as it was sent, so there is nothing to match loosely.
    ...(described === undefined ? {} : { version_description: described }),
  };
}

/** A name that the request asked for, one of the service's own, or `latest` as in the documented example. */
function versionExpression(requested: unknown): string {
  const names = [...(typeof requested === 'string' ? [escaped(requested)] : []), 'latest', AUTOMATIC_VERSION];
  return `^(?:${names.join('|')})$`;
}

/** The body of an error as Pact takes it. */
export function expectedError({ error }: ExpectedError): unknown {
  return matcherOf(errorBody, error);
}

/** The content type of every answer. */
export const JSON_TYPE = regex(`^${anyCase('application/json')}[ \\t]*(?:;[\\s\\S]*)?$`, 'application/json');

function anyCase(text: string): string {
  return text.replaceAll(/[a-z]/g, letter => `[${letter.toUpperCase()}${letter}]`);
}

function membersOf(body: unknown): Readonly<Record<string, unknown>> {
  return isObject(body) ? body : {};
}
