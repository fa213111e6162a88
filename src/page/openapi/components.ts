import { isDeepStrictEqual } from 'node:util';
import { configuration } from '../configuration.ts';
import type { PageSchema } from '../schema.ts';
import { dependency } from '../tables/dependency.ts';
import { errorBody } from '../tables/error-body.ts';
import { funcVpc } from '../tables/func-vpc.ts';
import { asyncDestinationConfig, functionAsyncConfig } from '../tables/function-async-config.ts';
import { funcMount, mountConfig, mountUser } from '../tables/mount-config.ts';
import { publishRequest } from '../tables/publish-request.ts';
import { publishedVersion } from '../tables/published-version.ts';
import { strategyConfig } from '../tables/strategy-config.ts';
import { DESCRIPTION_MAX_LENGTH } from '../values.ts';
import type { JsonSchema } from './constraints.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { componentExamples } from './paths.ts';

/** Objects that the page describes in a table of their own, under the names that it gives them. */
const TABLES: Readonly<Record<string, PageSchema>> = {
  FuncVpc: funcVpc,
  MountConfig: mountConfig,
  MountUser: mountUser,
  FuncMount: funcMount,
  StrategyConfig: strategyConfig,
  Dependency: dependency,
  FunctionAsyncConfig: functionAsyncConfig,
  FuncAsyncDestinationConfig: asyncDestinationConfig,
  FuncDestinationConfig: asyncDestinationConfig.properties.on_success,
};

const {
  strategy_config: _strategy,
  function_async_config: notification,
  dependencies: _dependencies,
  ...created
} = configuration.properties;

const {
  package: _package,
  type: _type,
  code_type,
  code_url,
  code_filename,
  func_code,
  depend_version_list,
  ...kept
} = created;

/** Bodies of requests that configure a function, as far as the page's ranges reach. */
const REQUESTS: Readonly<Record<string, PageSchema>> = {
  FunctionCreation: { type: 'object', required: configuration.required, properties: created },
  FunctionConfiguration: {
    type: 'object',
    required: configuration.required.filter(name => name !== 'package'),
    properties: { ...kept, strategy_config: strategyConfig },
  },
  FunctionCode: {
    type: 'object',
    required: ['code_type', 'func_code'],
    properties: { code_type, code_url, code_filename, func_code, depend_version_list },
  },
  MaximumInstances: {
    type: 'object',
    properties: { max_instance_num: strategyConfig.properties.concurrency },
  },
  AsyncNotification: notification,
};

/** What an object is called when it stands elsewhere: its members decide, since texts differ by place. */
function nameOf({ properties }: PageSchema): string | undefined {
  if (properties === undefined) return undefined;
  return Object.keys(TABLES).find(name => isDeepStrictEqual(TABLES[name]?.properties, properties));
}

function answered(schema: PageSchema, isStrict: boolean): JsonSchema {
  const componentOf = (other: PageSchema) => (other === schema ? undefined : nameOf(other));
  return jsonSchemaOf(schema, { direction: 'answered', isMandatory: true, isStrict }, componentOf);
}

function sent(schema: PageSchema, isStrict: boolean): JsonSchema {
  return jsonSchemaOf(schema, { direction: 'sent', isMandatory: true, isStrict }, () => undefined);
}

function mapValues<Value>(
  object: Readonly<Record<string, Value>>,
  change: (value: Value) => JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

/** A page of a list. */
function listOf(member: string): JsonSchema {
  return {
    type: 'object',
    properties: {
      [member]: { type: 'array', items: { $ref: '#/components/schemas/PublishedVersion' } },
      next_marker: { type: ['integer', 'null'], description: 'Where the next page begins.' },
      count: { type: 'integer', description: 'How many entries the list has in all.' },
    },
  };
}

/** A name for a version, which can be made to stand for another one. */
const alias: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'The alias, which cannot change.' },
    version: { type: 'string', description: 'The version that it stands for.' },
    description: { type: 'string' },
    alias_urn: { type: 'string', readOnly: true },
    last_modified: { type: 'string', readOnly: true },
  },
};

const { description, ...publishRequestMembers } = publishRequest.properties;

/**
 * Every schema that the operations name.
 *
 * @param isStrict whether what must hold between members is said as well
 */
export function componentSchemas(isStrict: boolean): Readonly<Record<string, JsonSchema>> {
  const answer = (schema: PageSchema) => answered(schema, isStrict);
  const request = (schema: PageSchema) => sent(schema, isStrict);
  const schemas: Readonly<Record<string, JsonSchema>> = {
    PublishRequest: request({
      ...publishRequest,
      properties: {
        ...publishRequestMembers,
        description: { ...description, maxLength: DESCRIPTION_MAX_LENGTH },
      },
    }),
    PublishedVersion: answer(publishedVersion),
    ...mapValues(TABLES, answer),
    Error: answer(errorBody),
    ...mapValues(REQUESTS, request),
    VersionList: listOf('versions'),
    FunctionList: listOf('functions'),
    Alias: alias,
    AliasList: { type: 'array', items: { $ref: '#/components/schemas/Alias' } },
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const example = componentExamples.get(name);
      return [name, example === undefined ? schema : { ...schema, example }];
    }),
  );
}
