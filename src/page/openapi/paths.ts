import { type Operation, operations } from '../operations.ts';
import type { JsonSchema } from './constraints.ts';
import { type Examples, errorExamplesOf, examplesOf } from './examples.ts';

type Part = JsonSchema;

/** What the document says of an operation besides its method and path. */
interface Description {
  readonly operationId: string;
  readonly tag: 'Versions' | 'Functions' | 'Aliases';
  readonly summary: string;
  readonly description?: string;
  /** The component that its body is; whether it may be left out. */
  readonly body?: { readonly component: string; readonly isMandatory: boolean };
  readonly isList?: true;
  readonly answer: { readonly status: 200; readonly component: string } | { readonly status: 204 };
  /** When it answers 409, and with which code. */
  readonly conflict?: readonly [code: string, when: string];
}

function required(component: string) {
  return { component, isMandatory: true };
}

const DELETED = { status: 204 } as const;
const SETTINGS = { status: 200, component: 'FunctionAsyncConfig' } as const;
const VERSION = { status: 200, component: 'PublishedVersion' } as const;
const ALIAS = { status: 200, component: 'Alias' } as const;

const DESCRIPTIONS: Readonly<Record<Operation, Description>> = {
  publish: {
    operationId: 'publishFunctionVersion',
    tag: 'Versions',
    summary: 'Publish a function version',
    description:
      'Publishes the function as it is now under a version name: the one that is asked for, or one of the form vYYYYMMDD-HHMMSS. When nothing changed since the last publication the answer is 400 with FSS.1016.',
    body: { component: 'PublishRequest', isMandatory: false },
    answer: VERSION,
    conflict: ['FSS.1062', 'The version name that is asked for is taken.'],
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
    conflict: ['FSS.1061', 'The function exists.'],
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
    answer: VERSION,
    conflict: ['FSS.0409', 'The very same code is there already.'],
  },
  'set maximum instances': {
    operationId: 'updateFunctionMaxInstances',
    tag: 'Functions',
    summary: 'Set the most instances of a function',
    body: required('MaximumInstances'),
    answer: VERSION,
  },
  'configure asynchronous notification': {
    operationId: 'updateFunctionAsyncInvokeConfig',
    tag: 'Functions',
    summary: 'Configure asynchronous execution notification',
    description: 'Its own page gives other ranges: a validity of 1 to 86400 seconds, and 0 to 3 attempts.',
    body: required('AsyncNotification'),
    answer: SETTINGS,
  },
  delete: {
    operationId: 'deleteFunction',
    tag: 'Functions',
    summary: 'Delete a function or one of its versions',
    description:
      'Without a version in the URN the whole function goes. The version latest cannot be deleted alone.',
    answer: DELETED,
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
    answer: SETTINGS,
  },
  'delete asynchronous notification': {
    operationId: 'deleteFunctionAsyncInvokeConfig',
    tag: 'Functions',
    summary: 'Delete the settings of asynchronous execution notification',
    answer: DELETED,
  },
  'create alias': {
    operationId: 'createVersionAlias',
    tag: 'Aliases',
    summary: 'Give a version an alias',
    body: required('Alias'),
    answer: ALIAS,
    conflict: ['FSS.0409', 'The alias exists.'],
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
    answer: DELETED,
  },
};

/** Errors of the status code table. */
const ERRORS: Readonly<Record<string, { name: string; description: string }>> = {
  '400': { name: 'BadRequest', description: 'Bad request.' },
  '401': { name: 'Unauthorized', description: 'Unauthorized: the token is missing, wrong or expired.' },
  '403': { name: 'Forbidden', description: 'Forbidden: the user has no permission.' },
  '404': { name: 'NotFound', description: 'Not found.' },
  '500': { name: 'InternalServerError', description: 'Internal server error.' },
};

function json(component: string, examples: Examples = {}): Part {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${component}` }, examples } };
}

/** The error answers, by name. */
export const responses: Readonly<Record<string, Part>> = Object.fromEntries(
  Object.entries(ERRORS).map(([status, { name, description }]) => [
    name,
    { description, content: json('Error', errorExamplesOf(Number(status))) },
  ]),
);

function answersOf(operation: Operation): Part {
  const { answer, conflict } = DESCRIPTIONS[operation];
  return {
    [answer.status]:
      answer.status === 204
        ? { description: 'Deleted.' }
        : { description: 'OK', content: json(answer.component, examplesOf(operation).answered) },
    ...Object.fromEntries(
      Object.entries(ERRORS).map(([error, { name }]) => [error, { $ref: `#/components/responses/${name}` }]),
    ),
    ...(conflict === undefined ? {} : { 409: conflictOf(...conflict) }),
  };
}

function conflictOf(code: string, when: string): Part {
  return { description: `${when} (${code})`, content: json('Error', errorExamplesOf(409, code)) };
}

function operationPart(operation: Operation): Part {
  const description = DESCRIPTIONS[operation];
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
      : {
          requestBody: {
            required: body.isMandatory,
            content: json(body.component, examplesOf(operation).sent),
          },
        }),
    responses: answersOf(operation),
  };
}

/** An example of each component that is answered, where mock servers look for one that read schemas alone. */
export const componentExamples: ReadonlyMap<string, unknown> = new Map(
  Object.entries(DESCRIPTIONS)
    .toReversed()
    .flatMap(([name, { answer }]) => {
      const [first] = Object.values(examplesOf(name as Operation).answered ?? {});
      return answer.status === 200 && first !== undefined ? [[answer.component, first.value] as const] : [];
    }),
);

/** The operations by path, the publication first. */
export function paths(): Readonly<Record<string, Part>> {
  const items = new Map<string, Part>();
  for (const [name, template] of Object.entries(operations)) {
    const [method = '', path = ''] = template.split(' ');
    // The keys of both are operations; Object.entries forgets it.
    const operation = operationPart(name as Operation);
    const item = items.get(path) ?? { parameters: pathParameters(path) };
    items.set(path, { ...item, [method.toLowerCase()]: operation });
  }
  return Object.fromEntries(items);
}

function pathParameters(path: string): readonly Part[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.map(name => ({ $ref: `#/components/parameters/${name}` }));
}
