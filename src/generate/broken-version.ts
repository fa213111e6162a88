import fc from 'fast-check';
import { publishedRules } from '../page/rules/published.ts';
import { flatten, type Member } from '../page/schema.ts';
import { ON_CUSTOM_RUNTIME, publishedVersionPage, type SchemaClause } from '../page/schema-clauses.ts';
import { CUSTOM_RUNTIMES, RUNTIMES } from '../page/values.ts';
import { didYouMean } from '../words/nearest.ts';
import type { AnsweredRequest } from './_internals/answered-request.ts';
import { answeredRequest } from './_internals/answered-request.ts';
import { answeredVersion } from './_internals/answered-version.ts';
import { takes } from './_internals/arguments.ts';
import type { BrokenRule } from './_internals/broken-rule.ts';
import { brokenRules } from './_internals/broken-rules.ts';
import { brokenValues } from './_internals/broken-values.ts';
import { pathBelow, replacedAt } from './_internals/replaced-at.ts';
import type { Wishes } from './_internals/schema-value.ts';
import { versionName } from './_internals/version-name.ts';

/** A 200 body that breaks one clause. */
export interface BrokenVersion {
  readonly body: unknown;
  /** The request that it answers. */
  readonly request: AnsweredRequest;
  /** The id of the clause that it breaks. */
  readonly breaks: string;
}

const members = new Map(flatten(publishedVersionPage.members).map(member => [member.schemaPath, member]));

/** A way to break each clause of the 200 body's schema, and each rule that body and request can break. */
const breaking: ReadonlyMap<string, () => BrokenRule> = new Map([
  ...publishedVersionPage.clauses.map(clause => [clause.id, () => brokenSchemaClause(clause)] as const),
  ...publishedRules.flatMap(({ id }) => {
    const rule = brokenRules[id];
    return rule === undefined ? [] : [[id, () => rule] as const];
  }),
]);

/**
 * Ids of the clauses that a single 200 body, with its request, can break: all of Table 4 and below but those
 * that also need what was uploaded or published before.
 */
export const breakableClauses: readonly string[] = [...breaking.keys()];

/**
 * Bodies of a 200 answer that are valid but for one clause.
 *
 * @param clauseId one of `breakableClauses`
 * @param request the request that the bodies answer; without it, any. In answer to a request with a version,
 * `body.version.format` takes `body.version.requested` along.
 * @throws Error when the clause is not breakable, or says nothing of an answer to this request
 *
 * @example brokenVersion('body.timeout.range') // { body: { timeout: 2, ... }, breaks: 'body.timeout.range', ... }
 */
export function brokenVersion(clauseId: string, request?: AnsweredRequest): fc.Arbitrary<BrokenVersion> {
  takes.clauseId(clauseId);
  const rule = breaking.get(clauseId)?.();
  if (rule === undefined) {
    const hint = didYouMean(clauseId, breakableClauses);
    throw new TypeError(`brokenVersion: no single body can break ${clauseId}.${hint}`);
  }
  const answered = answeredVersion(requestFor(clauseId, rule, request), { wishes: rule.wishes ?? {} });
  return fc.tuple(answered, rule.ways).map(([{ body, request }, breakIt]) => ({
    body: breakIt(body, request),
    request,
    breaks: clauseId,
  }));
}

function requestFor(
  clauseId: string,
  { asksFor, asksNotFor }: BrokenRule,
  request: AnsweredRequest | undefined,
): fc.Arbitrary<AnsweredRequest> {
  if (request === undefined) {
    if (asksNotFor !== undefined) return answeredRequest.map(({ [asksNotFor]: _, ...rest }) => rest);
    if (asksFor === undefined) return answeredRequest;
    return fc.tuple(answeredRequest, versionName).map(([any, version]) => ({ version, ...any }));
  }
  if (asksFor !== undefined && !request[asksFor]) {
    throw new Error(`brokenVersion: ${clauseId} says nothing of a request without a ${asksFor}`);
  }
  return fc.constant(request);
}

function brokenSchemaClause(clause: SchemaClause): BrokenRule {
  const path = pathBelow(clause.subject);
  const schema = schemaOf(clause);
  return {
    wishes: wishesFor(clause, members.get(clause.memberPath)),
    ways: fc.tuple(brokenValues(schema, clause.aspect), fc.nat(10)).map(
      ([value, pick]) =>
        body =>
          replacedAt(body, path, value, pick),
    ),
  };
}

function schemaOf({ id, memberPath }: SchemaClause) {
  if (memberPath === '#') return publishedVersionPage.schema;
  const member = members.get(memberPath);
  const itemSchema = members.get(memberPath.replace(/\/items$/, ''))?.schema.items;
  const schema = member?.schema ?? itemSchema;
  if (schema === undefined) throw new Error(`The page has no member for ${id}.`);
  return schema;
}

const strictRuntimes = RUNTIMES.filter(runtime => !CUSTOM_RUNTIMES.some(custom => custom === runtime));

/** What a valid body must have so that breaking the clause breaks no other. */
function wishesFor(
  { id, subject }: SchemaClause,
  member: Member | undefined,
): Pick<Wishes, 'present' | 'values'> {
  if (subject === 'body') return {};
  const page = member?.schema.page;
  const handler = page?.zeroIsUnsetWithout;
  const runtimes = id.endsWith(ON_CUSTOM_RUNTIME) ? CUSTOM_RUNTIMES : strictRuntimes;
  return {
    present: [subject, ...(handler === undefined ? [] : [`body.${handler}`])],
    values: {
      ...(page?.looserOnCustomRuntimes ? { 'body.runtime': fc.constantFrom(...runtimes) } : {}),
      // A code_url that is there at all breaks another clause on every other code type.
      ...(subject === 'body.code_url' ? { 'body.code_type': fc.constant('obs') } : {}),
    },
  };
}
