import type { Condition, ConditionCase, Demand, ValueSchema } from './condition.ts';

/** An object in which the member at the path, if there is one, is what the schema says; `[]` is each item of an array. */
export function having(path: string, schema: ValueSchema): ValueSchema {
  if (path === '') return schema;
  return path
    .replaceAll('[]', '.[]')
    .split('.')
    .reduceRight<ValueSchema>(
      (inner, name) => (name === '[]' ? { items: inner } : { properties: { [name]: inner } }),
      schema,
    );
}

/** An object that has the member at the path, as the schema says it. */
function requiring(path: string, schema: ValueSchema = {}): ValueSchema {
  return path
    .split('.')
    .reduceRight<ValueSchema>((inner, name) => ({ required: [name], properties: { [name]: inner } }), schema);
}

/** Which objects a case applies to. */
export function ifSchema({ if: members }: ConditionCase): ValueSchema {
  const all = Object.entries(members).map(([path, demand]) =>
    demand === 'blank' ? { not: requiring(path) } : requiring(path, demand === 'there' ? {} : demand),
  );
  return { type: 'object', ...(all.length === 0 ? {} : { allOf: all }) };
}

/** What such an object must be. Blank members are taken as left out. */
export function thenSchema(member: string, demand: Demand): ValueSchema {
  if (demand === 'there') return requiring(member);
  return having(member, demand === 'blank' ? { maxLength: 0 } : demand);
}

/** A condition, and one of its cases. */
export interface CaseOfCondition {
  readonly condition: Condition;
  readonly case: ConditionCase;
}

/** Every case of the conditions, in the order in which `conditionsSchema` has them. */
export function casesOf(conditions: readonly Condition[]): readonly CaseOfCondition[] {
  return conditions.flatMap(condition => condition.cases.map(each => ({ condition, case: each })));
}

/** A schema that notes which cases apply (`appliesHere`) and has an error for each that does not hold. */
export function conditionsSchema(conditions: readonly Condition[]): ValueSchema {
  return {
    allOf: casesOf(conditions).map(({ condition, case: each }, index) =>
      having(condition.within, {
        if: ifSchema(each),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { appliesHere: index, ...thenSchema(condition.member, each.is) },
      }),
    ),
  };
}
