import type { Level } from '../clause.ts';

/** A JSON Schema (2020-12) of one value, with the keywords that `createAjv` knows. */
export type ValueSchema = { readonly [keyword: string]: unknown };

/** What a member is: `there` (neither `null` nor blank), `blank` (or not there), or there with a value of a schema. */
export type Demand = 'there' | 'blank' | ValueSchema;

/** JSON Schema's `if` and `then`, for members of one object. */
export interface ConditionCase {
  /** What other members are, by their path from the object, when the demand holds. Empty: whenever the object is there. */
  readonly if: Readonly<Record<string, Demand>>;
  /** What the member must be then. A schema says nothing of a member that is not there. */
  readonly is: Demand;
  /** Values that keep a schema of which they cannot be told. */
  readonly kept?: readonly unknown[];
  /** Values that break a schema of which they cannot be told. */
  readonly broken?: readonly unknown[];
}

/**
 * What the page says of a member beside other members of the same object. From it follow the clause of
 * published versions, how requests that configure are read, what the mock server refuses, the conditions of
 * the OpenAPI document, the values that keep it and that break it, fixtures, and a fault of the mock server.
 */
export interface Condition {
  /** The object that has the members: `mount_config.func_mounts[]`; empty for the whole. */
  readonly within: string;
  /** The member that must be something, as a path from the object: `strategy_config.concurrency`. */
  readonly member: string;
  /** The last part of the id of the clause of published versions; `undefined` for what concerns requests only. */
  readonly aspect: string | undefined;
  readonly level: Level;
  readonly cases: readonly ConditionCase[];
  /**
   * What a request is that breaks it. `outside`: it is refused; `either`: services take it and refuse it;
   * `not sent`: no request has the member.
   */
  readonly request: 'outside' | 'either' | 'not sent';
  /** The clause as one sentence, when the cases do not make a readable one. */
  readonly title?: string;
  /** Which answers are evidence, when the cases do not make a readable sentence. */
  readonly when?: string;
  readonly ruling?: string;
}

/** The path of the member that must be something, from the whole: `mount_config.func_mounts[].mount_share_path`. */
export function pathOf({ within, member }: Pick<Condition, 'within' | 'member'>): string {
  return within === '' ? member : `${within}.${member}`;
}

/** `mount_config.mount_user.user_id` -> `user_id` */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** What a demand asks for, completing "code_url ...". */
export function demandInWords(demand: Demand): string {
  if (demand === 'there') return 'is there';
  if (demand === 'blank') return 'is blank';
  return `is ${documentedBy(demand)}`;
}

/** The values that a schema documents: `0 or -1`, `not obs`. */
export function documentedBy(schema: ValueSchema): string {
  if (isSchema(schema.not)) return `not ${documentedBy(schema.not)}`;
  if (Array.isArray(schema.enum)) return schema.enum.filter(isFirstOfItsKind).join(' or ');
  if ('const' in schema) return String(schema.const);
  return typeof schema.documented === 'string' ? schema.documented : JSON.stringify(schema);
}

/** 1000 and "1000" read the same. */
function isFirstOfItsKind(value: unknown, index: number, values: readonly unknown[]): boolean {
  return values.findIndex(each => String(each) === String(value)) === index;
}

function isSchema(value: unknown): value is ValueSchema {
  return typeof value === 'object' && value !== null;
}

/** When a case applies, completing "when ...". */
export function caseInWords({ if: members }: ConditionCase): string {
  return Object.entries(members)
    .map(([path, demand]) => `${lastName(path)} ${demandInWords(demand)}`)
    .join(' and ');
}
