import type { ValidateFunction } from 'ajv/dist/2020.js';
import { pointerOfError, valueAtPointer } from '../paths.ts';
import { keepsRequestConditions, keepsVersionConditions } from '../validators.ts';
import { inWords } from '../words.ts';
import { type Condition, type ConditionCase, caseInWords, documentedBy, lastName } from './condition.ts';
import { casesOf } from './condition-schema.ts';
import { requestConditions, versionConditions } from './conditions.ts';

/** A condition that does not hold in an object. */
export interface BrokenCondition {
  readonly condition: Condition;
  /** The case of it that does not hold. */
  readonly case: ConditionCase;
  /** JSON pointer to the member that must be something. */
  readonly pointer: string;
  /** In a person's words: the offending value, and beside what. */
  readonly message: string;
}

/** What an object says of conditions between its members. */
export interface ConditionReading {
  /** Those that say something of the object. */
  readonly applied: ReadonlySet<Condition>;
  readonly broken: readonly BrokenCondition[];
}

/**
 * Reads an object whose blank members are left out (or `undefined`).
 */
type ConditionReader = (object: Readonly<Record<string, unknown>>) => ConditionReading;

function readerOf(conditions: readonly Condition[], validate: ValidateFunction<unknown>): ConditionReader {
  const all = casesOf(conditions);
  return object => {
    const applied = new Set<Condition>();
    const holds = validate.call(
      {
        note: (index: number) => {
          const condition = all[index]?.condition;
          if (condition !== undefined) applied.add(condition);
        },
      },
      object,
    );
    if (holds) return { applied, broken: [] };
    const broken = new Map<string, BrokenCondition>();
    for (const error of validate.errors ?? []) {
      const at = all[Number(/^#\/allOf\/(\d+)\//.exec(error.schemaPath)?.[1])];
      if (at === undefined || error.keyword === 'if') continue;
      const pointer = pointerOfError(error);
      const key = `${at.condition.aspect} ${pointer}`;
      if (!broken.has(key)) broken.set(key, { ...at, pointer, message: messageOf(at, object, pointer) });
    }
    return { applied, broken: [...broken.values()] };
  };
}

/** What a published version says of the conditions. */
export const readVersionConditions = readerOf(versionConditions, keepsVersionConditions);

/** What a request that configures says of the conditions. */
export const readRequestConditions = readerOf(requestConditions, keepsRequestConditions);

function messageOf(
  { condition: { member }, case: each }: Pick<BrokenCondition, 'condition' | 'case'>,
  object: unknown,
  pointer: string,
): string {
  const others = Object.fromEntries(Object.entries(each.if).filter(([path]) => path !== member));
  const beside = caseInWords({ ...each, if: others });
  const documented = typeof each.is === 'string' ? '' : `; documented: ${documentedBy(each.is)}`;
  const what = `${lastName(member)} is ${inWords(valueAtPointer(object, pointer))}`;
  return `${what}${beside === '' ? '' : `, but ${beside}`}${documented}`;
}
