import { type Operation, operations } from '../operations.ts';
import { exampleError, exampleRequest, exampleVersion } from '../tables/examples.ts';
import type { JsonSchema } from './constraints.ts';

type Part = JsonSchema;

/** What the document says of an operation besides its method and path. */
interface Description {
  readonly operationId: string;
  readonly tag: 'Versions' | 'Functions' | 'Aliases';
  readonly summary: string;
  readonly description?: string;
  /** The component that its body is; whether it may be left out. */
  readonly body?: { readonly component: string; readonly isMandatory: boolean; readonly example?: unknown };
  readonly isList?: true;
  readonly answer: { readonly status: 200 | 204; readonly component?: string; readonly example?: unknown };
  readonly conflict?: string;
}

function required(component: string) {
  return { component, isMandatory: true };
}

const VERSION = { status: 200, component: 'PublishedVersion' } as const;
const ALIAS = { status: 200, component: 'Alias' } as const;

const DESCRIPTIONS: Readonly<Record<Operation, Description>> = {
  publish: {
    operationId: 'publishFunctionVersion',
    tag: 'Versions',
    summary: 'Publish a function version',
    description:
      'Publishes the function as it is now under a version name: the one that is asked for, or one of the form vYYYYMMDD-HHMMSS. When nothing changed since the last publication the answer is 400 with FSS.1016.',
    body: { component: 'PublishRequest', isMandatory: false, example: exampleRequest },
    answer: { ...VERSION, example: exampleVersion },
    conflict: 'The version name that is asked for is taken (FSS.1062).',
  },
  'list versions': {
    operationId: 'listFunctionVersions',
    tag: 'Versions',
    summary: 'List the versions of a function',
    isList: true,
    answer: { status: 200, component: 'VersionList' },
  },
  'create function': {
    operationId: 'createFunction',
    tag: 'Functions',
    summary: 'Create a function',
    body: required('FunctionCreation'),
    answer: VERSION,
    conflict: 'The function exists (FSS.1061).',
  },
  'list functions': {
    operationId: 'listFunctions',
    tag: 'Functions',
    summary: 'List the functions of the project',
    isList: true,
    answer: { status: 200, component: 'FunctionList' },
  },
  'read configuration': {
    operationId: 'showFunctionConfig',
    tag: 'Functions',
    summary: 'Read the configuration of a function',
    answer: VERSION,
  },
  'change configuration': {
    operationId: 'updateFunctionConfig',
    tag: 'Functions',
    summary: 'Change the configuration of a function',
    body: required('FunctionConfiguration'),
    answer: VERSION,
  },
  'change code': {
    operationId: 'updateFunctionCode',
    tag: 'Functions',
    summary: 'Change the code of a function',
    body: required('FunctionCode'),
    answer: { status: 200 },
    conflict: 'The very same code is there already.',
  },
  'set maximum instances': {
    operationId: 'updateFunctionMaxInstances',
    tag: 'Functions',
    summary: 'Set the most instances of a function',
    body: required('MaximumInstances'),
    answer: { status: 200 },
  },
  'configure asynchronous notification': {
    operationId: 'updateFunctionAsyncInvokeConfig',
    tag: 'Functions',
    summary: 'Configure asynchronous execution notification',
    description: 'Its own page gives other ranges: a validity of 1 to 86400 seconds, and 0 to 3 attempts.',
    body: required('AsyncNotification'),
    answer: { status: 200 },
  },
  delete: {
    operationId: 'deleteFunction',
    tag: 'Functions',
    summary: 'Delete a function or one of its versions',
    description:
      'Without a version in the URN the whole function goes. The version latest cannot be deleted alone.',
    answer: { status: 204 },
  },
  'read code': {
    operationId: 'showFunctionCode',
    tag: 'Functions',
    summary: 'Read the code of a function',
    answer: VERSION,
  },
  'read asynchronous notification': {
    operationId: 'showFunctionAsyncInvokeConfig',
    tag: 'Functions',
    summary: 'Read the settings of asynchronous execution notification',
    answer: { status: 200 },
  },
  'delete asynchronous notification': {
    operationId: 'deleteFunctionAsyncInvokeConfig',
    tag: 'Functions',
    summary: 'Delete the settings of asynchronous execution notification',
    answer: { status: 204 },
  },
  'create alias': {
    operationId: 'createVersionAlias',
    tag: 'Aliases',
    summary: 'Give a version an alias',
    body: required('Alias'),
    answer: ALIAS,
    conflict: 'The alias exists.',
  },
  'list aliases': {
    operationId: 'listVersionAliases',
    tag: 'Aliases',
    summary: 'List the aliases of a function',
    answer: { status: 200, component: 'AliasList' },
  },
  'read alias': {
    operationId: 'showVersionAlias',
    tag: 'Aliases',
    summary: 'Read an alias',
    answer: ALIAS,
  },
  'change alias': {
    operationId: 'updateVersionAlias',
    tag: 'Aliases',
    summary: 'Let an alias stand for another version',
    body: required('Alias'),
    answer: ALIAS,
  },
  'delete alias': {
    operationId: 'deleteVersionAlias',
    tag: 'Aliases',
    summary: 'Delete an alias',
    answer: { status: 204 },
  },
};

/** Errors of the status code table, each with an example. */
const ERRORS: Readonly<Record<string, { name: string; description: string; example: unknown }>> = {
  '400': {
    name: 'BadRequest',
    description: 'Bad request.',
    example: { error_code: 'FSS.0400', error_msg: 'Invalid parameter' },
  },
  '401': {
    name: 'Unauthorized',
    description: 'Unauthorized: the token is missing, wrong or expired.',
    example: { error_code: 'FSS.0401', error_msg: 'Access denied' },
  },
  '403': {
    name: 'Forbidden',
    description: 'Forbidden: the user has no permission.',
    example: { error_code: 'FSS.0403', error_msg: 'Forbidden' },
  },
  '404': { name: 'NotFound', description: 'Not found.', example: exampleError },
  '500': {
    name: 'InternalServerError',
    description: 'Internal server error.',
    example: { error_code: 'FSS.0500', error_msg: 'Internal server error' },
  },
};

function json(component: string, example?: unknown): Part {
  const schema = { $ref: `#/components/schemas/${component}` };
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}

/** The error answers, by name. */
export const responses: Readonly<Record<string, Part>> = Object.fromEntries(
  Object.values(ERRORS).map(({ name, description, example }) => [
    name,
    { description, content: json('Error', example) },
  ]),
);

function answersOf({ answer, conflict }: Description): Part {
  const { status, component, example } = answer;
  return {
    [status]: {
      description: status === 204 ? 'Deleted.' : 'OK',
      ...(component === undefined ? {} : { content: json(component, example) }),
    },
    ...Object.fromEntries(
      Object.entries(ERRORS).map(([error, { name }]) => [error, { $ref: `#/components/responses/${name}` }]),
    ),
    ...(conflict === undefined ? {} : { 409: { description: conflict, content: json('Error') } }),
  };
}

function operationPart(description: Description): Part {
  const { operationId, tag, summary, body, isList = false } = description;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description.description === undefined ? {} : { description: description.description }),
    ...(isList
      ? {
          parameters: [
            { $ref: '#/components/parameters/marker' },
            { $ref: '#/components/parameters/maxitems' },
          ],
        }
      : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: body.isMandatory, content: json(body.component, body.example) } }),
    responses: answersOf(description),
  };
}

/** The operations by path, the publication first. */
export function paths(): Readonly<Record<string, Part>> {
  const items = new Map<string, Part>();
  for (const [name, template] of Object.entries(operations)) {
    const [method = '', path = ''] = template.split(' ');
    // The keys of `operations` are those of DESCRIPTIONS; Object.entries forgets it.
    const operation = operationPart(DESCRIPTIONS[name as Operation]);
    const item = items.get(path) ?? { parameters: pathParameters(path) };
    items.set(path, { ...item, [method.toLowerCase()]: operation });
  }
  return Object.fromEntries(items);
}

function pathParameters(path: string): readonly Part[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.map(name => ({ $ref: `#/components/parameters/${name}` }));
}
