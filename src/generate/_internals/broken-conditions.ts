import fc from 'fast-check';
import { appliesTo, excludedValues, namedValues } from '../../page/conditions/applying-members.ts';
import { type Condition, type ConditionCase, type Demand, pathOf } from '../../page/conditions/condition.ts';
import { conditions } from '../../page/conditions/conditions.ts';
import { publishedMember } from '../../page/published-members.ts';
import { clauseOf } from '../../page/rules/published-conditions.ts';
import type { PageSchema } from '../../page/schema.ts';
import { isInRange } from './bounds.ts';
import type { BrokenRule } from './broken-rule.ts';
import { LEFT_OUT } from './left-out.ts';
import { replacedAt, valueAtPick } from './replaced-at.ts';
import type { Wishes } from './schema-value.ts';
import { text } from './texts.ts';

/** The schema of a member of the object that a condition is within. */
function schemaOf({ within }: Condition, path: string): PageSchema {
  return publishedMember(`body.${pathOf({ within, member: path })}`).schema;
}

/** Values of a member with which a demand holds. */
function valuesFor(demand: Demand, { enum: values = [] }: PageSchema): readonly unknown[] {
  const named = namedValues(demand);
  const excluded = excludedValues(demand);
  return named.length > 0 ? named : values.filter(value => !excluded.includes(value));
}

/** What a body must have for any of the cases to apply. */
function wishesFor(condition: Condition): Pick<Wishes, 'present' | 'values'> {
  const subject = (path: string) => `body.${pathOf({ ...condition, member: path })}`;
  const demands = condition.cases.flatMap(each => Object.entries(each.if));
  const paths = [...new Set(demands.map(([path]) => path))];
  const values = paths.flatMap(path => {
    const all = demands
      .filter(([other]) => other === path)
      .flatMap(([, demand]) =>
        typeof demand === 'string' ? [] : valuesFor(demand, schemaOf(condition, path)),
      );
    return all.length === 0 ? [] : [[subject(path), fc.constantFrom(...new Set(all))] as const];
  });
  return { present: paths.map(subject), values: Object.fromEntries(values) };
}

/** Values of a member that break what a case demands of it. */
function breakingValues({ is, broken }: ConditionCase, schema: PageSchema): fc.Arbitrary<unknown> {
  if (broken !== undefined) return fc.constantFrom(...broken);
  const isText = schema.type === 'string';
  if (is === 'there') return fc.constantFrom<unknown>(LEFT_OUT, null, ...(isText ? [''] : []));
  if (is === 'blank') return text();
  const named = namedValues(is);
  if (named.length === 0) return fc.constantFrom(...excludedValues(is));
  const near = named.flatMap(value => [Number(value) - 1, Number(value) + 1, Number(value) + 100]);
  return fc
    .oneof(fc.constantFrom(...near), fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 10_000 }))
    .filter(value => isInRange(schema, value) && !named.includes(value));
}

function brokenCondition(condition: Condition): BrokenRule {
  const path = pathOf(condition);
  const schema = schemaOf(condition, condition.member);
  const ways = fc.tuple(fc.nat(10), ...condition.cases.map(each => breakingValues(each, schema)));
  return {
    wishes: wishesFor(condition),
    ways: ways.map(([pick, ...values]) => body => {
      const object = valueAtPick(body, condition.within, pick);
      const index = condition.cases.findIndex(each => appliesTo(each, object));
      return replacedAt(body, path, values[index], pick);
    }),
  };
}

/** Clause of a condition -> how a body breaks it. */
export const brokenConditions: Readonly<Record<string, BrokenRule>> = Object.fromEntries(
  conditions.flatMap(condition => {
    const clause = clauseOf(condition);
    return clause === undefined ? [] : [[clause, brokenCondition(condition)]];
  }),
);
