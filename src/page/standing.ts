/** Where a configuration stands to what the page documents: inside, outside, or where services differ. */

import type { ErrorObject } from 'ajv/dist/2020.js';
import { applyingMembers } from './conditions/applying-members.ts';
import type { Condition } from './conditions/condition.ts';
import { requestConditions } from './conditions/conditions.ts';
import { readRequestConditions } from './conditions/read-conditions.ts';
import { configuration } from './configuration.ts';
import { type ConfiguringOperation, configuringOperation } from './configuring.ts';
import type { Operation } from './operations.ts';
import { isAbsent, pathOfPointer, pointerOfError, valueAt, valueAtPointer } from './paths.ts';
import { flatten, membersOf, type PageSchema } from './schema.ts';
import { isPartOfConfiguration } from './validators.ts';
import { isCustomRuntime } from './values.ts';

type Members = Readonly<Record<string, unknown>>;

/** A member of a configuration that is not inside what is documented. */
export interface Misfit {
  /** Without array indices: `mount_config.func_mounts[].mount_type`. */
  readonly path: string;
  readonly pointer: string;
  /** `outside` is to be refused; with `either`, services take it and refuse it. */
  readonly standing: 'outside' | 'either';
  /** The keyword of JSON Schema that it breaks; `condition` and `settable` are our own. */
  readonly keyword: string;
  readonly value: unknown;
  /** What is wrong beside what, for a condition. */
  readonly message?: string;
}

/** What else is known of a request that configures. */
export interface Request {
  readonly operation?: Operation;
  /** What is known of the function's configuration before it. */
  readonly known?: Members | undefined;
}

const schemas = new Map<string, PageSchema>(
  flatten(membersOf(configuration, 'config')).map(({ subject, schema }) => [
    subject.slice('config.'.length),
    schema,
  ]),
);

/** The schema of a member of a configuration by its path: `mount_config.func_mounts[].mount_type`. */
export function settableMember(path: string): PageSchema | undefined {
  return schemas.get(path);
}

/**
 * What of a configuration is not inside what is documented: by its own schema, beside other members, or for
 * being left out.
 *
 * @param sent what is configured, as `setMembers` gives it
 * @param request how it is sent; without an operation, it is looked at by itself
 *
 * @example misfitsOf({ timeout: 2 }) // [{ path: 'timeout', standing: 'outside', keyword: 'minimum', ... }]
 */
export function misfitsOf(sent: Members, { operation, known }: Request = {}): readonly Misfit[] {
  const request = configuringOperation(operation);
  const runtime = sent.runtime ?? known?.runtime;
  const isWhole = operation === undefined || operation === 'create function';
  const isRuntimeKnown = isWhole || runtime !== undefined;
  const found = [
    ...schemaMisfits(sent, isRuntimeKnown ? isCustomRuntime(runtime) : true),
    ...beyondSettable(sent),
    ...leftOut(sent, request),
    ...conditionMisfits(sent, request, isWhole ? undefined : (known ?? {})),
  ];
  // A member that is outside by itself says nothing of how it stands beside others.
  const first = new Map<string, Misfit>();
  for (const misfit of found) {
    if (!first.has(misfit.pointer)) first.set(misfit.pointer, misfit);
  }
  return [...first.values()];
}

function schemaMisfits(sent: Members, mayBeCustom: boolean): readonly Misfit[] {
  if (isPartOfConfiguration(sent)) return [];
  return (isPartOfConfiguration.errors ?? []).map(error => {
    const pointer = pointerOfError(error);
    const path = pathOfPointer(pointer);
    const value = valueAtPointer(sent, pointer);
    return {
      path,
      pointer,
      keyword: error.keyword,
      value,
      standing: standingOf(error, path, value, mayBeCustom),
    };
  });
}

function standingOf(
  { keyword }: ErrorObject,
  path: string,
  value: unknown,
  mayBeCustom: boolean,
): Misfit['standing'] {
  const page = schemas.get(path)?.page;
  const isLooser = mayBeCustom && page?.looserOnCustomRuntimes === true && keyword !== 'type';
  if (isLooser) return 'either';
  const isOfRange = keyword === 'minimum' || keyword === 'maximum';
  return isOfRange && page?.settable !== undefined && isWithin(page.settable, value) ? 'either' : 'outside';
}

/** Values of this page that the page which sets the member does not document. */
function beyondSettable(sent: Members): readonly Misfit[] {
  return [...schemas].flatMap(([path, { page, type }]) => {
    const value = page?.settable === undefined ? undefined : valueAt(sent, path);
    if (page?.settable === undefined || typeof value !== 'number' || type !== 'integer') return [];
    if (isWithin(page.settable, value)) return [];
    const pointer = `/${path.replaceAll('.', '/')}`;
    return [{ path, pointer, keyword: 'settable', value, standing: 'either' as const }];
  });
}

function isWithin({ minimum, maximum }: Pick<PageSchema, 'minimum' | 'maximum'>, value: unknown): boolean {
  return (
    Number(value) >= (minimum ?? Number.NEGATIVE_INFINITY) &&
    Number(value) <= (maximum ?? Number.POSITIVE_INFINITY)
  );
}

function leftOut(sent: Members, request: ConfiguringOperation | undefined): readonly Misfit[] {
  if (request === undefined) return [];
  return request.mandatory
    .filter(name => isAbsent(sent[name]))
    .map(name => ({
      path: name,
      pointer: `/${name}`,
      keyword: 'required',
      value: undefined,
      standing: request.withoutMandatory,
    }));
}

/**
 * Conditions that do not hold. What a change leaves out is kept or unset, and nobody knows which: broken
 * either way it is outside, broken one way it may be.
 */
function conditionMisfits(
  sent: Members,
  request: ConfiguringOperation | undefined,
  before: Members | undefined,
): readonly Misfit[] {
  const known = before ?? {};
  const carries: readonly string[] = request?.carries ?? Object.keys(configuration.properties);
  const isAbout = ({ within, member }: Condition) => {
    const top = /^[^.[]+/.exec(within === '' ? member : within)?.[0] ?? '';
    return carries.includes(top) || Object.hasOwn(sent, top);
  };
  const brokenIn = (members: Members) =>
    readRequestConditions(members).broken.filter(({ condition }) => isAbout(condition));
  const fixed = Object.fromEntries(Object.entries(known).filter(([name]) => !carries.includes(name)));
  const unset = brokenIn({ ...fixed, ...sent });
  const kept = brokenIn({ ...known, ...sent });
  const isCertain = (pointer: string) =>
    [unset, kept].every(all => all.some(each => each.pointer === pointer));
  const imagined =
    before === undefined || before.package !== undefined
      ? []
      : imagine({ ...known, ...sent }).flatMap(brokenIn);
  return [...unset, ...kept, ...imagined].map(({ condition, pointer, message }) => ({
    path: pathOfPointer(pointer),
    pointer,
    keyword: 'condition',
    value: valueAtPointer(sent, pointer),
    message,
    standing: condition.request === 'outside' && isCertain(pointer) ? 'outside' : 'either',
  }));
}

/** What a function whose creation was not seen may be, as far as conditions ask. */
function imagine(members: Members): readonly Members[] {
  return requestConditions
    .filter(({ within }) => within === '')
    .flatMap(({ cases }) => cases)
    .map(each => ({ ...applyingMembers(each), ...members }));
}
