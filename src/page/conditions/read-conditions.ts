import { createAjv } from '../ajv.ts';
import { pointerOfError, valueAtPointer } from '../paths.ts';
import { inWords } from '../words.ts';
import { type Condition, type ConditionCase, caseInWords, documentedBy, lastName } from './condition.ts';
import { having, ifSchema, thenSchema } from './condition-schema.ts';

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
 * Makes a reader of conditions, which ajv checks. It takes objects whose blank members are left out (or
 * `undefined`).
 */
export function createConditionReader(
  conditions: readonly Condition[],
): (object: Readonly<Record<string, unknown>>) => ConditionReading {
  const all = conditions.flatMap(condition => condition.cases.map(each => ({ condition, case: each })));
  const ajv = createAjv({ strictTypes: false, passContext: true });
  ajv.addKeyword({ keyword: 'appliesHere', schemaType: 'number', validate: noteApplied });
  const validate = ajv.compile({
    allOf: all.map(({ condition, case: each }, index) =>
      having(condition.within, {
        if: ifSchema(each),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { appliesHere: index, ...thenSchema(condition.member, each.is) },
      }),
    ),
  });
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

function noteApplied(this: { readonly note: (index: number) => void }, index: number): boolean {
  this.note(index);
  return true;
}

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
