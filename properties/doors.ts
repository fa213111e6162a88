/** Through which of the requests that can set it a value outside what is documented is sent. */

import { type OutsideValue, outsideValues } from '../src/generate/index.ts';
import { configuringOperation } from '../src/page/configuring.ts';
import type { Operation } from '../src/page/operations.ts';
import { settableMember } from '../src/page/standing.ts';

/** The requests that set members of a configuration, each in a place of its own in a service. */
const DOORS = [
  'create function',
  'change configuration',
  'change code',
  'set maximum instances',
  'configure asynchronous notification',
] as const satisfies readonly Operation[];
export type Door = (typeof DOORS)[number];

/** A value, and the request that sets it. */
export interface Attempt {
  readonly outside: OutsideValue;
  readonly door: Door;
}

function topOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? '';
}

/** The requests that can carry the value with what it needs beside it. */
function doorsOf({ path, beside, value }: OutsideValue): readonly Door[] {
  const needed = [path, ...Object.keys(beside)].map(topOf);
  return DOORS.filter(door => {
    if (door === 'set maximum instances')
      return path === 'strategy_config.concurrency' && value !== undefined;
    const carries: readonly string[] = configuringOperation(door)?.carries ?? [];
    return needed.every(name => carries.includes(name));
  });
}

/** Each value through every request that can set it. */
export const everyDoor: readonly Attempt[] = creationsFirst(
  outsideValues.flatMap(outside => doorsOf(outside).map(door => ({ outside, door }))),
);

/** What is tried together on creations alone needs no function to be changed. */
function creationsFirst(attempts: readonly Attempt[]): readonly Attempt[] {
  const isCreation = ({ door }: Attempt): boolean => door === 'create function';
  return [...attempts.filter(isCreation), ...attempts.filter(each => !isCreation(each))];
}

/** `strategy_config.concurrency` -> `['integer']` */
function typesOf(path: string): readonly string[] {
  return [settableMember(path)?.type ?? []].flat();
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Of the right type, or left out. */
function isOfType({ path, value }: OutsideValue): boolean {
  return value === undefined || typesOf(path).includes(kindOf(value));
}

/** Of a wrong type that lax services take: a number as a text, a text as a number. */
function isNearlyOfType({ path, value }: OutsideValue): boolean {
  const types = typesOf(path);
  if (types.includes('integer')) return kindOf(value) === 'string';
  return types.includes('string') && kindOf(value) === 'integer';
}

/** Values of a member that go through every door: the first ones are just outside. */
const THROUGH_EVERY_DOOR = 2;

/** Members that are read in the same way as another: what is outside both takes turns at the two. */
const TWINS: readonly (readonly [string, string])[] = [
  ['mount_config.mount_user.user_id', 'mount_config.mount_user.user_group_id'],
  [
    'function_async_config.destination_config.on_success.param',
    'function_async_config.destination_config.on_failure.param',
  ],
];

function isTurnOfTwin(path: string, number: number): boolean {
  const twins = TWINS.find(each => each.includes(path));
  return twins === undefined || twins[number % 2] === path;
}

/** The doors of one value, beside the other values of its member. */
function chosenFor(outside: OutsideValue, siblings: readonly OutsideValue[]): readonly Door[] {
  const doors = doorsOf(outside);
  const number = siblings.indexOf(outside);
  const isRight = isOfType(outside);
  const isNearly = isNearlyOfType(outside);
  if (isNearly ? siblings.find(isNearlyOfType) === outside : isRight && number < THROUGH_EVERY_DOOR)
    return doors;
  if ((isRight || isNearly) && !isTurnOfTwin(outside.path, number)) return [];
  return doors.slice(number % doors.length).slice(0, 1);
}

/** Some values through every door; the others take turns, so that each door sees values of each kind. */
export const chosenDoors: readonly Attempt[] = creationsFirst(
  outsideValues.flatMap(outside => {
    const siblings = outsideValues.filter(({ path }) => path === outside.path);
    return chosenFor(outside, siblings).map(door => ({ outside, door }));
  }),
);
