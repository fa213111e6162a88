import type { Condition, ConditionCase, Demand } from '../conditions/condition.ts';
import { ifSchema, thenSchema } from '../conditions/condition-schema.ts';
import { conditions } from '../conditions/conditions.ts';
import { clauseOf } from '../rules/published-conditions.ts';
import type { PageSchema } from '../schema.ts';
import { CUSTOM_RUNTIMES } from '../values.ts';
import { constraintsByRuntime, type JsonSchema } from './constraints.ts';

type Properties = Readonly<Record<string, PageSchema>>;

/** The conditions between members of an object, those that depend on the runtime included. */
export function conditionsOf(schema: PageSchema, direction: 'sent' | 'answered'): JsonSchema {
  const properties: Properties = schema.properties ?? {};
  const all = [
    ...conditions.filter(condition => binds(condition, direction)).flatMap(each => between(each, properties)),
    ...zeros(properties),
    ...looserOnCustomRuntimes(properties, schema.required ?? []),
  ];
  return all.length === 0 ? {} : { allOf: all };
}

function binds({ level, aspect, request }: Condition, direction: 'sent' | 'answered'): boolean {
  return level === 'required' && (direction === 'sent' ? request === 'outside' : aspect !== undefined);
}

/** A condition as JSON Schema says it, on an object that has its members. It names its clause. */
function between(condition: Condition, properties: Properties): readonly JsonSchema[] {
  const { member, cases } = condition;
  const paths = [member, ...cases.flatMap(each => Object.keys(each.if))];
  if (!paths.every(path => memberAt(properties, path) !== undefined)) return [];
  const clause = clauseOf(condition);
  return cases.map(each => ({
    ...(clause === undefined ? {} : { $comment: clause }),
    if: opened(ifSchema({ ...each, if: notBlank(each.if, properties) })),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: opened(demanded(member, each.is, properties)),
  }));
}

/** The member at a path of nested objects. */
function memberAt(properties: Properties, path: string): PageSchema | undefined {
  const [first = '', ...rest] = path.split('.');
  const own = Object.hasOwn(properties, first) ? properties[first] : undefined;
  return own === undefined || rest.length === 0 ? own : memberAt(own.properties ?? {}, rest.join('.'));
}

/** Where blanks are not taken away beforehand, a member that is there is not blank. */
function notBlank(members: ConditionCase['if'], properties: Properties): ConditionCase['if'] {
  return Object.fromEntries(
    Object.entries(members).map(([path, demand]) => [
      path,
      demand === 'there' ? set(memberAt(properties, path)) : demand,
    ]),
  );
}

/** A value of the member that is neither null nor blank, nor a 0 that counts as unset. */
function set(schema: PageSchema = {}): JsonSchema {
  const { type } = schema;
  if (type === 'string') return { type, minLength: 1 };
  return type === 'integer' ? { type, minimum: schema.minimum ?? 0 } : { not: { type: 'null' } };
}

function demanded(member: string, demand: Demand, properties: Properties): JsonSchema {
  if (demand === 'there')
    return ifSchema({ if: { [member]: set(memberAt(properties, member)) }, is: demand });
  // What is not set may be null.
  const values = demand === 'blank' ? undefined : demand.enum;
  return thenSchema(member, Array.isArray(values) ? { enum: [...values, null] } : demand);
}

/** Validators that refuse other members must not do so where only some are named. */
function opened(schema: unknown): JsonSchema {
  if (typeof schema !== 'object' || schema === null) return {};
  const inner = Object.entries(schema).map(([keyword, value]) => [keyword, openedBelow(keyword, value)]);
  return { ...Object.fromEntries(inner), ...('properties' in schema ? { unevaluatedProperties: true } : {}) };
}

function openedBelow(keyword: string, value: unknown): unknown {
  if (keyword === 'allOf' && Array.isArray(value)) return value.map(opened);
  if (keyword !== 'properties' || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, opened(member)]));
}

/** A 0 counts as unset only without the member that it belongs to. */
function zeros(properties: Properties): readonly JsonSchema[] {
  return Object.entries(properties).flatMap(([name, { page, minimum }]) => {
    const other = page?.zeroIsUnsetWithout;
    if (other === undefined) return [];
    return [
      {
        $comment: `body.${name}.range`,
        if: opened(ifSchema({ if: { [other]: set(properties[other]) }, is: 'there' })),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: opened(thenSchema(name, { minimum })),
      },
    ];
  });
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
      if: opened(ifSchema({ if: { runtime: { enum: CUSTOM_RUNTIMES } }, is: 'there' })),
      else: opened({ properties: Object.fromEntries(held) }),
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
