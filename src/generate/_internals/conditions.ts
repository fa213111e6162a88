import fc from 'fast-check';
import { namedValues } from '../../page/conditions/applying-members.ts';
import type { Condition, Demand } from '../../page/conditions/condition.ts';
import { pathOf } from '../../page/conditions/condition.ts';
import {
  type BrokenCondition,
  readRequestConditions,
  readVersionConditions,
} from '../../page/conditions/read-conditions.ts';
import { configuration } from '../../page/configuration.ts';
import { jsonObjectIn } from '../../page/formats.ts';
import { isAbsent, tokensOf, valueAtPointer } from '../../page/paths.ts';
import { publishedMember } from '../../page/published-members.ts';
import { setMembers } from '../../page/set-members.ts';
import { publishedVersion } from '../../page/tables/published-version.ts';
import { LEFT_OUT } from './left-out.ts';
import { replacedAt } from './replaced-at.ts';
import { text } from './texts.ts';

type Body = Readonly<Record<string, unknown>>;

/** What the conditions choose from when a member has to be changed. */
export interface Choice {
  /** How a String that must be blank is not there. */
  readonly unset: unknown;
  /** Whether a timeout without its handler is 0. */
  readonly zero: boolean;
  /** Which of several values is taken, counted modulo how many there are. */
  readonly pick: number;
  /** What a String that must be there holds. */
  readonly text: string;
}

/** Everything that the conditions choose from. */
export const choice: fc.Arbitrary<Choice> = fc.record({
  unset: fc.constantFrom(LEFT_OUT, null, ''),
  zero: fc.boolean(),
  pick: fc.nat(300),
  text: text(),
});

/** The body with every condition met. */
export function meetConditions(body: Body, chosen: Choice): Body {
  const { broken } = readVersionConditions(setMembers(body, publishedVersion));
  return broken.reduce((changed, each) => mended(changed, each, chosen), withZeros(body, chosen));
}

/** The configuration with every condition met. */
export function meetConfigurationConditions<Sent extends Body>(sent: Sent, chosen: Choice): Sent {
  const { broken } = readRequestConditions(setMembers(sent, configuration));
  const mend = (changed: Body, each: BrokenCondition) =>
    mended(changed, each, { ...chosen, unset: LEFT_OUT });
  // What is put in is a value of the member's own schema.
  return broken.reduce(mend, sent) as Sent;
}

function mended(body: Body, { condition, case: each, pointer }: BrokenCondition, chosen: Choice): Body {
  const value = valueFor(condition, each.is, valueAtPointer(body, pointer), chosen, each.kept);
  return replacedAtPointer(body, pointer, value);
}

function valueFor(
  condition: Condition,
  demand: Demand,
  value: unknown,
  { unset, pick, text }: Choice,
  kept: readonly unknown[] = namedValues(demand),
): unknown {
  if (demand === 'blank') return unset;
  if (demand === 'there') return anyValueOf(condition, { pick, text });
  const chosen = kept[pick % kept.length];
  // What else a text of JSON holds stays in it.
  if (typeof value !== 'string' || typeof chosen !== 'string' || !('jsonContent' in demand)) return chosen;
  return JSON.stringify({ ...jsonObjectIn(value), ...jsonObjectIn(chosen) });
}

/** Any value of the member that must be there. */
function anyValueOf(condition: Condition, { pick, text }: Pick<Choice, 'pick' | 'text'>): unknown {
  const {
    enum: values,
    minimum = 0,
    maximum = minimum,
  } = publishedMember(`body.${pathOf(condition)}`).schema;
  if (values !== undefined) return values[pick % values.length];
  const isInteger = publishedMember(`body.${pathOf(condition)}`).schema.type === 'integer';
  return isInteger ? minimum + (pick % (maximum - minimum + 1)) : text;
}

function replacedAtPointer(body: Body, pointer: string, value: unknown): Body {
  const [first = '', ...rest] = tokensOf(pointer);
  const index = rest.findIndex(token => /^\d+$/.test(token));
  if (index === -1) return replacedAt(body, [first, ...rest].join('.'), value) as Body;
  const array = [first, ...rest.slice(0, index)].join('.');
  const path = `${array}[].${rest.slice(index + 1).join('.')}`;
  return replacedAt(body, path, value, Number(rest[index])) as Body;
}

/** Timeouts without their handlers may be 0. */
function withZeros(body: Body, { zero }: Choice): Body {
  const zeros = Object.entries(publishedVersion.properties).flatMap(([name, schema]) => {
    const needed = 'zeroIsUnsetWithout' in schema.page ? schema.page.zeroIsUnsetWithout : undefined;
    return zero && needed !== undefined && isAbsent(body[needed]) ? [[name, 0]] : [];
  });
  return { ...body, ...Object.fromEntries(zeros) };
}
