import { applyingMembers } from '../page/conditions/applying-members.ts';
import { brokenValues } from '../page/conditions/broken-values.ts';
import { type Condition, type ConditionCase, caseInWords, pathOf } from '../page/conditions/condition.ts';
import { conditions } from '../page/conditions/conditions.ts';
import { configuration } from '../page/configuration.ts';
import { refusablePaths } from '../page/rules/configurations.ts';
import { flatten, membersOf, type PageSchema } from '../page/schema.ts';
import { setMembers } from '../page/set-members.ts';
import { misfitsOf, settableMember } from '../page/standing.ts';
import { siblingsOf } from './_internals/siblings.ts';
import { wrongValues } from './_internals/wrong-values.ts';
import { configurationWith } from './configuration-with.ts';
import type { OutsideValue } from './outside-value.ts';
import { plainConfiguration } from './plain-configuration.ts';

type Unread = Omit<OutsideValue, 'standing'>;

function schemaOf(path: string): PageSchema {
  const schema = settableMember(path);
  if (schema === undefined) throw new Error(`No member of a configuration is named ${path}.`);
  return schema;
}

function outsideBySchema(path: string): readonly Unread[] {
  const beside = siblingsOf(path);
  return wrongValues(schemaOf(path)).map(([words, value]) => ({
    path,
    value,
    title: `${path} ${words}`,
    beside,
  }));
}

/** Each case of a condition, broken in each way. */
function outsideByCondition(condition: Condition): readonly Unread[] {
  const path = pathOf(condition);
  return condition.cases.flatMap(each =>
    brokenValues(each, schemaOf(path)).map(value => {
      const words = value === undefined ? 'left out' : JSON.stringify(value);
      const when = caseInWords({ ...each, if: othersOf(each, condition.member) });
      return {
        path,
        value,
        title: `${path} ${words}${when === '' ? '' : `, ${when}`}`,
        beside: { ...siblingsOf(path), ...besideOf(condition, each) },
      };
    }),
  );
}

function othersOf({ if: members }: ConditionCase, member: string): ConditionCase['if'] {
  return Object.fromEntries(Object.entries(members).filter(([path]) => path !== member));
}

/** The members by which the case applies, as paths from the configuration. */
function besideOf({ within, member }: Condition, each: ConditionCase): Readonly<Record<string, unknown>> {
  const others = othersOf(each, member);
  const values = applyingMembers({ ...each, if: others });
  return Object.fromEntries(
    Object.keys(others)
      .filter(path => Object.hasOwn(values, path))
      .map(path => [pathOf({ within, member: path }), values[path]]),
  );
}

/** Mandatory members, left out. */
const leftOut: readonly Unread[] = flatten(membersOf(configuration, 'config'))
  .filter(({ mandatory, subject }) => mandatory && refusablePaths.includes(subject.slice('config.'.length)))
  .map(({ subject }) => {
    const path = subject.slice('config.'.length);
    return { path, value: undefined, title: `${path} left out`, beside: siblingsOf(path) };
  });

/** Where a plain function with the value stands. */
function withStanding(value: Unread): OutsideValue {
  const sent = setMembers(configurationWith(plainConfiguration('test', 'nonce'), value), configuration);
  const misfits = misfitsOf(sent, { operation: 'create function' });
  return {
    ...value,
    standing: misfits.some(({ standing }) => standing === 'outside') ? 'outside' : 'either',
  };
}

/**
 * The values that are sent as "outside": one step beyond each documented bound, wrong types, members that are
 * left out, and what does not go together. A service newer than the page is not called wrong for them, and
 * some of them services may take: what they then report is held against the page.
 */
export const outsideValues: readonly OutsideValue[] = [
  ...refusablePaths.flatMap(outsideBySchema),
  ...leftOut,
  ...conditions.filter(({ request }) => request !== 'not sent').flatMap(outsideByCondition),
].map(withStanding);
