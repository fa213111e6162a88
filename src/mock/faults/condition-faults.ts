import { appliesTo } from '../../page/conditions/applying-members.ts';
import { brokenValues } from '../../page/conditions/broken-values.ts';
import { type Condition, type ConditionCase, pathOf } from '../../page/conditions/condition.ts';
import { conditions } from '../../page/conditions/conditions.ts';
import { isObject } from '../../page/formats.ts';
import { valueAt, withValueAt } from '../../page/paths.ts';
import { publishedMember } from '../../page/published-members.ts';
import { echoRules } from '../../page/rules/echo.ts';
import { clauseOf } from '../../page/rules/published-conditions.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault } from './fault.ts';

const echoIds = new Set(echoRules.map(({ id }) => id));

/** What is broken is not what was configured either. */
function breaks(clause: string, path: string): Fault['breaks'] {
  const [member = ''] = path.split('[]');
  const echo = `body.${member}.echo`;
  return echoIds.has(echo) ? [clause, echo] : [clause];
}

/** The object with the condition broken in it, where a case of it applies. */
function brokenIn(
  object: unknown,
  { member, cases }: Condition,
  valueIn: (each: ConditionCase) => unknown,
): unknown {
  const applying = cases.find(each => appliesTo(each, object));
  if (applying === undefined || !isObject(object)) return object;
  const value = valueIn(applying);
  if (value !== undefined) return withValueAt(object, member, value);
  return valueAt(object, member) === undefined ? object : changedAt(object, member, () => undefined);
}

function conditionFault(condition: Condition, clause: string): Fault {
  const { within } = condition;
  const path = pathOf(condition);
  const { schema } = publishedMember(`body.${path}`);
  const broken = (object: unknown) => brokenIn(object, condition, each => brokenValues(each, schema)[0]);
  return fault(clause, `the published version breaks: ${clause}`, breaks(clause, path), {
    version: version => {
      const changed = within === '' ? broken(version) : changedAt(version, within, broken);
      return isObject(changed) ? changed : version;
    },
  });
}

/** Faults of a published version in which members do not go together, each where its condition applies. */
export const conditionFaults: readonly Fault[] = conditions.flatMap(condition => {
  const clause = clauseOf(condition);
  return clause === undefined ? [] : [conditionFault(condition, clause)];
});
