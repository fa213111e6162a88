import { isObject } from '../../page/formats.ts';
import type { Operation } from '../../page/operations.ts';
import type { Hooks } from '../call.ts';
import type { JsonObject } from '../json-object.ts';

/** Operations that answer with a report of one function or version, as Table 4 has it. */
const REPORTING: ReadonlySet<Operation | undefined> = new Set([
  'publish',
  'create function',
  'read configuration',
  'change configuration',
  'change code',
  'read code',
  'set maximum instances',
] as const);

/** The member of a list that has such reports. */
const LISTED: Readonly<Partial<Record<Operation, string>>> = {
  'list versions': 'versions',
  'list functions': 'functions',
};

/** Changes what is reported of functions and versions, whichever operation reports it. */
export function everyReport(change: (report: JsonObject) => JsonObject): Hooks {
  return {
    answer: (answer, { operation }) => {
      const { status, body } = answer;
      if (status !== 200 || operation === undefined || !isObject(body)) return answer;
      if (REPORTING.has(operation)) return { ...answer, body: change(body) };
      const name = LISTED[operation] ?? '';
      const entries = body[name];
      if (!Array.isArray(entries)) return answer;
      const changed = entries.map(entry => (isObject(entry) ? change(entry) : entry));
      return { ...answer, body: { ...body, [name]: changed } };
    },
  };
}
