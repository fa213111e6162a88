/** Named examples of every request and answer. A request and an answer of the same name belong together. */

import { configuration } from '../configuration.ts';
import { errorsOfStatus } from '../error-codes.ts';
import { exampleOf, withExamples } from '../example-value.ts';
import type { Operation } from '../operations.ts';
import { exampleRequest, exampleVersion } from '../tables/examples.ts';
import { functionAsyncConfig } from '../tables/function-async-config.ts';
import { publishedVersion } from '../tables/published-version.ts';
import { strategyConfig } from '../tables/strategy-config.ts';
import { parseFullUrn, urnForms } from '../urn.ts';

/** What stands under `examples`, by name. */
export type Examples = Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;

/** What an operation is sent and what it answers; nothing where there is no body. */
export interface OperationExamples {
  readonly sent?: Examples;
  readonly answered?: Examples;
}

const urn = exampleVersion.func_urn;
const parsedUrn = parseFullUrn(urn);
const projectId = parsedUrn?.projectId ?? '';

/** The page's example shows two projects: a version has the one of its URN. */
const latest = { ...exampleVersion, namespace: projectId };

const published = {
  ...latest,
  version: exampleRequest.version,
  version_description: exampleRequest.description,
};

const { code_url: _onlyWithObs, ...everyMember } = withExamples(latest, publishedVersion);

/** Published without a name: the system gives one, of the time. */
const named = {
  ...everyMember,
  version: `v${latest.last_modified.replaceAll(/[-:]/g, '').replace(' ', '-')}`,
  strategy_config: withExamples(latest.strategy_config, strategyConfig),
};

/** Other operations than publishing say which version it is in the URN as well. */
const qualified = <Version extends { readonly version: string }>(version: Version) => ({
  ...version,
  func_urn: `${urn}:${version.version}`,
});

const alias = {
  name: 'stable',
  version: published.version,
  description: 'What is in production',
  alias_urn: `${urn}:!stable`,
  last_modified: latest.last_modified,
};

const { func_code: code, func_name, ...settable } = configuration.properties;
const func_code = { file: exampleOf(code.properties.file) };

/** What of the example a client may send, so far as these members reach. */
function sentOf(members: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(latest).filter(([name]) => Object.hasOwn(members, name)));
}

const { package: _package, code_type: _type, code_filename: _filename, ...changeable } = settable;
const { created_time: _created, last_modified: _modified, ...asyncSettings } = functionAsyncConfig.properties;

function one(summary: string, value: unknown): Examples {
  return { example: { summary, value } };
}

const asLatest = { answered: one('The function as it is now.', qualified(latest)) };
const withCode = { answered: one('The function with its code.', { ...qualified(latest), func_code }) };
const asAlias = { answered: one('The alias.', alias) };
const settings = one(
  'The settings.',
  withExamples({ func_urn: qualified(latest).func_urn }, functionAsyncConfig),
);

function pageOf(member: string, entries: readonly unknown[]): OperationExamples {
  return {
    answered: one('The whole list.', {
      [member]: entries,
      next_marker: entries.length,
      count: entries.length,
    }),
  };
}

const EXAMPLES: Readonly<Record<Operation, OperationExamples>> = {
  publish: {
    sent: {
      published: { summary: 'With a name and a description.', value: exampleRequest },
      named: {
        summary: 'The system gives the name.',
        value: { description: everyMember.version_description },
      },
    },
    answered: {
      published: { summary: 'The version that was asked for.', value: published },
      named: { summary: 'A version that the system named, with every member.', value: named },
      documented: { summary: 'The example of the page.', value: exampleVersion },
    },
  },
  'list versions': pageOf('versions', [qualified(latest), qualified(published)]),
  'create function': {
    sent: one('A function with inline code.', {
      ...sentOf(configuration.properties),
      func_code,
    }),
    ...asLatest,
  },
  'list functions': pageOf('functions', [qualified(latest)]),
  'read configuration': asLatest,
  'change configuration': {
    sent: one('The configuration as it is.', sentOf({ func_name, ...changeable })),
    ...asLatest,
  },
  'change code': {
    sent: one('Inline code.', {
      code_type: latest.code_type,
      code_filename: latest.code_filename,
      func_code,
    }),
    ...withCode,
  },
  'set maximum instances': {
    sent: one('No more than the function has.', { max_instance_num: latest.strategy_config.concurrency }),
    ...asLatest,
  },
  'configure asynchronous notification': {
    sent: one('The settings.', withExamples({}, { properties: asyncSettings })),
    answered: settings,
  },
  delete: {},
  'read code': withCode,
  'read asynchronous notification': { answered: settings },
  'delete asynchronous notification': {},
  'create alias': {
    sent: one('An alias of a version.', {
      name: alias.name,
      version: alias.version,
      description: alias.description,
    }),
    ...asAlias,
  },
  'list aliases': { answered: one('The whole list.', [alias]) },
  'read alias': asAlias,
  'change alias': {
    sent: one('The version that it stands for.', { version: alias.version, description: alias.description }),
    ...asAlias,
  },
  'delete alias': {},
};

/** What an operation is sent and what it answers when it succeeds. */
export function examplesOf(operation: Operation): OperationExamples {
  return EXAMPLES[operation];
}

/** The error bodies that the error code table gives for a status, by code. */
export function errorExamplesOf(status: number, onlyCode?: string): Examples {
  const errors = errorsOfStatus(status).filter(({ error_code }) =>
    [error_code, undefined].includes(onlyCode),
  );
  return Object.fromEntries(
    errors.map(error => [error.error_code, { summary: error.error_msg, value: error }]),
  );
}

/** The values of the path in every example. */
export const pathExamples: Readonly<Record<'project_id' | 'function_urn' | 'alias_name', Examples>> = {
  project_id: one('The project of the example.', projectId),
  function_urn: Object.fromEntries(
    Object.entries(parsedUrn === undefined ? {} : urnForms(parsedUrn)).map(([form, value]) => [
      form,
      { summary: `In the form ${form}`, value },
    ]),
  ),
  alias_name: one('The alias of the example.', alias.name),
};
