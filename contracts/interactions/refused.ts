import { malformedUrns } from '../../src/generate/index.ts';
import type { ErrorBody } from '../../src/page/tables/error-body.ts';
import { exampleError } from '../../src/page/tables/examples.ts';
import { parseFullUrn } from '../../src/page/urn.ts';
import {
  type ConsumerRequest,
  type ExpectedError,
  FORBIDDEN_TOKEN,
  FUNCTION_URN,
  type Interaction,
  type ProviderState,
  WRONG_TOKEN,
} from '../interaction.ts';

const FUNCTION_EXISTS: ProviderState = { name: 'a function exists' };

const INVALID: ErrorBody = { error_code: 'FSS.0400', error_msg: 'Invalid parameter' };
const UNAUTHENTICATED: ErrorBody = { error_code: 'FSS.0401', error_msg: 'Access denied' };
const FORBIDDEN: ErrorBody = { error_code: 'FSS.0403', error_msg: 'Forbidden' };
const FAILED: ErrorBody = { error_code: 'FSS.0500', error_msg: 'Internal server error' };

function refusal(
  description: string,
  request: ConsumerRequest,
  status: ExpectedError['status'],
  error: ErrorBody,
  states: readonly ProviderState[] = [FUNCTION_EXISTS],
): Interaction {
  return { description, states, request, response: { status, error } };
}

/** A body that the page rules out. */
function badRequest(told: string, body: unknown): Interaction {
  return refusal(`a publication with ${told}`, { body }, [400], INVALID);
}

const WRONG_TYPES = { 'a number': 1, 'a boolean': true, 'an array': ['v1'], 'an object': { name: 'v1' } };

const wrongTypes = (['digest', 'version', 'description'] as const).flatMap(member =>
  Object.entries(WRONG_TYPES).map(([told, value]) =>
    badRequest(`a ${member} that is ${told}`, { [member]: value }),
  ),
);

const NOT_OBJECTS = { 'an array': [], 'a string': 'v1', 'a number': 1, 'a boolean': true };

const notObjects = Object.entries(NOT_OBJECTS).map(([told, body]) =>
  badRequest(`${told} in place of an object`, body),
);

/** One of each sort: wrong prefix, too few fields, too many. */
const MALFORMED = ['another service', 'no name, six fields', 'nine fields'];

const malformed = malformedUrns(
  parseFullUrn(FUNCTION_URN) ?? { region: '', projectId: '', package: '', name: '' },
)
  .filter(({ title }) => MALFORMED.includes(title))
  .map(({ title, urn }) =>
    refusal(
      `a publication with a malformed URN: ${title}`,
      { functionUrn: urn, body: {} },
      [400, 404],
      INVALID,
    ),
  );

/** Requests that the page answers with an error: 400, 401, 403, 404 and 500. */
export const refused: readonly Interaction[] = [
  ...wrongTypes,
  ...notObjects,
  ...malformed,
  refusal(
    'a publication in a project that is not the token’s',
    { projectId: '0123456789abcdef0123456789abcdef', body: {} },
    [403, 400, 401, 404],
    FORBIDDEN,
  ),
  refusal('a publication without a token', { token: null, body: {} }, [401], UNAUTHENTICATED),
  refusal('a publication with a wrong token', { token: WRONG_TOKEN, body: {} }, [401], UNAUTHENTICATED),
  refusal(
    'a publication with a token without permission',
    { token: FORBIDDEN_TOKEN, body: {} },
    [403],
    FORBIDDEN,
    [FUNCTION_EXISTS, { name: 'the token has no permission' }],
  ),
  refusal('a publication of a function that does not exist', { body: {} }, [404], exampleError, [
    { name: 'the function does not exist' },
  ]),
  refusal('a publication while the service fails', { body: {} }, [500], FAILED, [
    { name: 'the service fails' },
  ]),
];
