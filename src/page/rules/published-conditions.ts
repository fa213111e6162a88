import { type Rule, subjectOf } from '../clause.ts';
import { type Condition, caseInWords, demandInWords, pathOf } from '../conditions/condition.ts';
import { conditions } from '../conditions/conditions.ts';
import { publishedMember } from '../published-members.ts';
import type { PublishedView } from '../views.ts';

/** The id of the clause of published versions that a condition makes; `undefined` for one of requests only. */
export function clauseOf(condition: Condition): string | undefined {
  return condition.aspect === undefined ? undefined : `body.${pathOf(condition)}.${condition.aspect}`;
}

function ruleOf(condition: Condition, id: string): Rule<PublishedView> {
  const { table, name } = publishedMember(subjectOf(id));
  const whens = condition.cases.map(caseInWords);
  const [first] = condition.cases;
  const says = first === undefined ? '' : demandInWords(first.is);
  return {
    id,
    subject: subjectOf(id),
    level: condition.level,
    title: condition.title ?? `${pathOf(condition)} ${says} when ${whens.join(', or ')}`,
    source: { table, row: name },
    when: condition.when ?? `every 200 answer in which ${whens.join(', or ')}`,
    ...(condition.ruling === undefined ? {} : { ruling: condition.ruling }),
    check: ({ conditions: { applied, broken }, isFlawed }) => {
      if (!applied.has(condition)) return null;
      return broken.filter(each => each.condition === condition && !isFlawed(each.pointer));
    },
  };
}

/** Clauses of members that depend on each other. */
export const conditionRules: readonly Rule<PublishedView>[] = conditions.flatMap(condition => {
  const id = clauseOf(condition);
  return id === undefined ? [] : [ruleOf(condition, id)];
});
