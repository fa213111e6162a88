import type { ConditionCase, Demand, ValueSchema } from './condition.ts';

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
