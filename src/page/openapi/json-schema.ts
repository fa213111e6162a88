/** Schemas of the page as plain JSON Schema (2020-12), for tools that do not know our keywords. */

import type { PageSchema } from '../schema.ts';
import { conditionsOf } from './conditions.ts';
import { constraintsOf, type JsonSchema } from './constraints.ts';

/** What a value is to the message that holds it. */
export interface Standing {
  /**
   * `sent`: a client sets it. `answered`: a service reports it, and `null` or `""` may stand for a member that
   * is not set.
   */
  readonly direction: 'sent' | 'answered';
  /** Whether it is always there; items of arrays are. */
  readonly isMandatory: boolean;
  /** Whether what must hold between members is said as well, which generators of code and samples often cannot read. */
  readonly isStrict: boolean;
}

/** Says which component stands for an object of the page, if one does. */
export type ComponentOf = (schema: PageSchema) => string | undefined;

/** Writes a schema of the page as JSON Schema. */
export function jsonSchemaOf(schema: PageSchema, standing: Standing, componentOf: ComponentOf): JsonSchema {
  const description = descriptionOf(schema);
  const component = componentOf(schema);
  if (component !== undefined) return reference(component, description, standing);
  const { required, recommended } = constraintsOf(schema);
  return {
    ...asUnion({
      ...typeOf(schema, standing),
      ...enumerationOf(schema, standing),
      ...unsettable(required, schema, standing),
    }),
    ...description,
    ...(Object.keys(recommended).length === 0 ? {} : { 'x-recommended': recommended }),
    ...(schema.required === undefined ? {} : { required: schema.required }),
    ...membersOf(schema, standing, componentOf),
    ...(standing.isStrict ? conditionsOf(schema, standing.direction) : {}),
  };
}

function reference(component: string, description: JsonSchema, standing: Standing): JsonSchema {
  const $ref = `#/components/schemas/${component}`;
  return mayBeUnset(standing)
    ? { anyOf: [{ $ref }, { type: 'null' }], ...description }
    : { $ref, ...description };
}

function mayBeUnset({ direction, isMandatory }: Standing): boolean {
  return direction === 'answered' && !isMandatory;
}

function typeOf({ type = [] }: PageSchema, standing: Standing): JsonSchema {
  const types: readonly string[] = [...[type].flat(), ...(mayBeUnset(standing) ? ['null'] : [])];
  return { type: types.length === 1 ? types[0] : types };
}

const OF_NUMBERS: readonly string[] = ['minimum', 'maximum', 'not'];

/** Several types as one schema each: generators of code lose lists of types, and enumerations with null. */
function asUnion(schema: JsonSchema): JsonSchema {
  const { type, enum: values, ...constraints } = schema;
  if (!Array.isArray(type) || (type.length === 2 && type.includes('null') && values === undefined)) {
    return schema;
  }
  const parts = type.map(each => {
    if (each === 'null') return { type: each };
    const own = Object.entries(constraints).filter(
      ([keyword]) => OF_NUMBERS.includes(keyword) === (each === 'integer'),
    );
    const enumeration = Array.isArray(values) ? { enum: values.filter(value => value !== null) } : {};
    return { type: each, ...enumeration, ...Object.fromEntries(own) };
  });
  return { anyOf: parts };
}

function isText({ type = [] }: PageSchema): boolean {
  return [type].flat().includes('string');
}

function enumerationOf(schema: PageSchema, standing: Standing): JsonSchema {
  if (schema.enum === undefined) return {};
  const unset = mayBeUnset(standing) ? [...(isText(schema) ? [''] : []), null] : [];
  return { enum: [...schema.enum, ...unset] };
}

/** Constraints that also let through what stands for a member that is not set, and nothing blank elsewhere. */
function unsettable(constraints: JsonSchema, schema: PageSchema, standing: Standing): JsonSchema {
  const { pattern, minimum } = constraints;
  if (mayBeUnset(standing)) {
    return {
      ...constraints,
      ...(typeof pattern === 'string' ? { pattern: `^$|${pattern}` } : {}),
      ...(typeof minimum === 'number' && schema.page?.zeroIsUnsetWithout !== undefined ? { minimum: 0 } : {}),
    };
  }
  const isFree = isText(schema) && schema.enum === undefined && pattern === undefined;
  return standing.direction === 'answered' && isFree ? { minLength: 1, ...constraints } : constraints;
}

function membersOf(
  schema: PageSchema,
  { direction, isStrict }: Standing,
  componentOf: ComponentOf,
): JsonSchema {
  const { properties, items, required = [] } = schema;
  return {
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, member]) => [
              name,
              jsonSchemaOf(
                member,
                { direction, isStrict, isMandatory: required.includes(name) },
                componentOf,
              ),
            ]),
          ),
        }),
    ...(items === undefined
      ? {}
      : { items: jsonSchemaOf(items, { direction, isStrict, isMandatory: true }, componentOf) }),
  };
}

function descriptionOf({ page = {} }: PageSchema): JsonSchema {
  const { says, ruling } = page;
  const sentences = [says, ruling].filter(sentence => sentence !== undefined);
  return sentences.length === 0 ? {} : { description: sentences.join(' ') };
}
