/** Unknown input at the door: what is asked of it, or an error that names the place. */

import { isObject } from '../page/formats.ts';

/** A value of a recording that was not looked at yet, and where it stands: `log.entries[3].request`. */
export interface Unread {
  readonly value: unknown;
  readonly place: string;
}

/** A member of an object; absent members are `undefined`, `null` too. */
export function memberOf(object: Unread, name: string): Unread {
  const members = objectFrom(object);
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return { value: value ?? undefined, place: object.place === '' ? name : `${object.place}.${name}` };
}

export function isPresent({ value }: Unread): boolean {
  return value !== undefined && value !== null;
}

/** The items of an array. */
export function itemsOf(unread: Unread): readonly Unread[] {
  return arrayFrom(unread).map((value, index) => ({ value, place: `${unread.place}[${index}]` }));
}

export function arrayFrom({ value, place }: Unread): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${place} must be an array.`);
  return value;
}

export function objectFrom({ value, place }: Unread): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new Error(`${place === '' ? 'it' : place} must be an object.`);
  return value;
}

export function textFrom({ value, place }: Unread): string {
  if (typeof value !== 'string') throw new Error(`${place} must be a text.`);
  return value;
}

/** A text, or `undefined` when there is none. */
export function optionalTextFrom(unread: Unread): string | undefined {
  return unread.value === undefined ? undefined : textFrom(unread);
}

/** A whole number within bounds, both included. */
export function wholeNumberFrom({ value, place }: Unread, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${place} must be a whole number from ${min} to ${max}.`);
  }
  return value;
}

/** A number of milliseconds; anything else is unknown. */
export function millisecondsFrom({ value }: Unread): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
