/** What the generators take, for those who call them from JavaScript. */

import { resourcesSchema } from '../../page/resources.ts';
import { expectArgument } from '../../words/arguments.ts';

const text = { type: 'string' } as const;
const object = { type: 'object' } as const;

/** Constraints with these members and no others. */
function constraintsOf(call: string, properties: Readonly<Record<string, object>>, example: string) {
  return expectArgument({
    call,
    name: 'constraints',
    example: `constraints such as ${example}`,
    schema: { type: 'object', properties, additionalProperties: false },
  });
}

function textOf(call: string, name: string, example: string) {
  return expectArgument({ call, name, example, schema: text });
}

const urn = {
  ...object,
  required: ['region', 'projectId', 'package', 'name'],
  properties: { region: text, projectId: text, package: text, name: text },
} as const;

export const takes = {
  configuration: constraintsOf(
    'configuration',
    { name: {}, nonce: text, runtimes: { type: 'array' }, meets: { type: 'array' } },
    "{ nonce: 'run7' }",
  ),
  errorBody: constraintsOf('errorBody', { status: { type: 'integer' } }, '{ status: 404 }'),
  publishRequest: constraintsOf('publishRequest', { md5: text }, "{ md5: '...' }"),
  publishedVersion: constraintsOf(
    'publishedVersion',
    {
      request: { ...object, required: ['projectId', 'urn'], properties: { projectId: text, urn } },
      undocumentedMembers: { type: 'boolean' },
      customHandlers: { type: 'boolean' },
    },
    '{ undocumentedMembers: true }',
  ),
  urn: expectArgument({
    call: 'malformedUrns',
    name: 'urn',
    example: 'a URN in parts { region, projectId, package, name }',
    schema: urn,
  }),
  clauseId: textOf('brokenVersion', 'clauseId', 'the id of a clause, one of breakableClauses'),
  errorClauseId: textOf('brokenErrorBody', 'clauseId', 'the id of a clause, one of breakableErrorClauses'),
  md5: textOf(
    'publishRequestExamples',
    'md5',
    'the MD5 of the code, and a function that makes version names',
  ),
  coveringNonce: textOf(
    'coveringConfigurations',
    'nonce',
    'letters and digits that make the code unlike any other',
  ),
  name: textOf('plainConfiguration', 'name', 'the name of a function, and a nonce'),
  nonce: textOf('plainConfiguration', 'nonce', 'letters and digits that make the code unlike any other'),
  resources: expectArgument({
    call: 'coveringConfigurations',
    name: 'resources',
    example: 'what exists, such as { agency: "functions" }',
    schema: resourcesSchema,
  }),
  besideExisting: expectArgument({
    call: 'besideExisting',
    name: 'outside',
    example: 'one of outsideValues, and resources',
    schema: { ...object, required: ['path', 'beside'], properties: { path: text, beside: object } },
  }),
  outside: expectArgument({
    call: 'configurationWith',
    name: 'outside',
    example: 'a configuration and one of outsideValues',
    schema: { ...object, required: ['path', 'beside'], properties: { path: text, beside: object } },
  }),
} as const;
