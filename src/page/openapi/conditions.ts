import type { PageSchema } from '../schema.ts';
import { CUSTOM_RUNTIMES } from '../values.ts';
import { constraintsByRuntime, type JsonSchema } from './constraints.ts';

/** A member that is there and not blank. */
const SET = { type: 'string', minLength: 1 } as const;

/** Members that a condition is about. Validators that refuse other members must not do so here. */
function having(members: JsonSchema): JsonSchema {
  return { properties: members, unevaluatedProperties: true };
}

function when(members: JsonSchema): JsonSchema {
  return { ...having(members), required: Object.keys(members) };
}

interface Condition {
  readonly clause: string;
  /** An object that has them all has the condition. */
  readonly members: readonly string[];
  readonly schema: JsonSchema;
}

/** Presence that depends on other members, as JSON Schema says it. Each names its clause. */
const CONDITIONS: readonly Condition[] = [
  {
    clause: 'body.code_url.when-obs',
    members: ['code_type', 'code_url'],
    schema: {
      if: when({ code_type: { const: 'obs' } }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: when({ code_url: SET }),
    },
  },
  {
    clause: 'body.code_url.blank',
    members: ['code_type', 'code_url'],
    schema: {
      if: when({ code_type: { not: { const: 'obs' } } }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: having({ code_url: { maxLength: 0 } }),
    },
  },
  {
    clause: 'body.code_filename.when-package',
    members: ['code_type', 'code_filename'],
    schema: {
      if: when({ code_type: { enum: ['jar', 'zip'] } }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: when({ code_filename: SET }),
    },
  },
  {
    clause: 'body.initializer_timeout.with-handler',
    members: ['initializer_handler', 'initializer_timeout'],
    schema: {
      if: when({ initializer_handler: SET }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: when({ initializer_timeout: { type: 'integer', minimum: 1 } }),
    },
  },
  {
    clause: 'body.pre_stop_timeout.range',
    members: ['pre_stop_handler', 'pre_stop_timeout'],
    schema: {
      if: when({ pre_stop_handler: SET }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: having({ pre_stop_timeout: { minimum: 1 } }),
    },
  },
  {
    clause: 'body.strategy_config.concurrency.v1',
    members: ['type', 'strategy_config'],
    schema: {
      if: when({ type: { const: 'v1' } }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: having({ strategy_config: having({ concurrency: { enum: [-1, 0, null] } }) }),
    },
  },
  {
    clause: 'body.mount_config.func_mounts[].mount_share_path.when-ecs',
    members: ['mount_type', 'mount_share_path'],
    schema: {
      if: when({ mount_type: { const: 'ecs' } }),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: when({ mount_share_path: SET }),
    },
  },
];

/** The conditions between members of an object, those that depend on the runtime included. */
export function conditionsOf(schema: PageSchema): JsonSchema {
  const properties: Readonly<Record<string, PageSchema>> = schema.properties ?? {};
  const own = CONDITIONS.filter(({ members }) => members.every(name => Object.hasOwn(properties, name)));
  const all = [
    ...own.map(condition => ({ $comment: condition.clause, ...condition.schema })),
    ...looserOnCustomRuntimes(properties, schema.required ?? []),
  ];
  return all.length === 0 ? {} : { allOf: all };
}

/** Handlers are only held to their form on runtimes that are not custom. */
function looserOnCustomRuntimes(
  properties: Readonly<Record<string, PageSchema>>,
  required: readonly string[],
): readonly JsonSchema[] {
  const looser = Object.entries(properties).filter(([, { page }]) => page?.looserOnCustomRuntimes === true);
  if (looser.length === 0 || !Object.hasOwn(properties, 'runtime')) return [];
  const held = looser.map(([name, schema]) => [
    name,
    withBlank(constraintsByRuntime(schema), required.includes(name)),
  ]);
  return [
    {
      $comment: looser.map(([name]) => `body.${name}.format`).join(', '),
      if: when({ runtime: { enum: CUSTOM_RUNTIMES } }),
      else: having(Object.fromEntries(held)),
    },
  ];
}

/** A member that is not mandatory may be blank. */
function withBlank(constraints: JsonSchema, isMandatory: boolean): JsonSchema {
  const { pattern } = constraints;
  return isMandatory || typeof pattern !== 'string'
    ? constraints
    : { ...constraints, pattern: `^$|${pattern}` };
}
