import fc from 'fast-check';
import { isObject } from '../../page/formats.ts';
import { publishedVersionPage } from '../../page/schema-clauses.ts';
import { formatUrn } from '../../page/urn.ts';
import { isCustomRuntime } from '../../page/values.ts';
import type { AnsweredRequest } from './answered-request.ts';
import { choice, meetConditions } from './conditions.ts';
import { automaticVersion } from './formats.ts';
import { LEFT_OUT } from './left-out.ts';
import { schemaValue, type Wishes } from './schema-value.ts';

/** A request, and the body of a valid 200 answer to it. */
export interface AnsweredVersion {
  readonly request: AnsweredRequest;
  readonly body: Readonly<Record<string, unknown>>;
}

interface AnsweredVersionConstraints {
  readonly undocumentedMembers?: boolean;
  readonly customHandlers?: boolean;
  /** Members that are there, and what some of them hold. Members that repeat the request cannot be wished for. */
  readonly wishes?: Pick<Wishes, 'present' | 'values'>;
}

/** Requests with valid answers: what `publishedVersion` is made of. */
export function answeredVersion(
  request: fc.Arbitrary<AnsweredRequest>,
  { undocumentedMembers = false, customHandlers = false, wishes = {} }: AnsweredVersionConstraints,
): fc.Arbitrary<AnsweredVersion> {
  return fc
    .record({
      schemaBody: schemaValue(publishedVersionPage.schema, 'body', { ...wishes, unset: 'any way' }),
      chosen: choice,
      identity: identityChoice,
      request,
      customHandler: fc.constantFrom('-', 'bootstrap', LEFT_OUT),
      undocumented: undocumentedMembers ? undocumented : fc.constant({}),
    })
    .map(({ schemaBody, chosen, identity, request, customHandler, undocumented }) => {
      // The schema of the page is an object's.
      const members = isObject(schemaBody) ? schemaBody : {};
      const body = meetConditions({ ...undocumented, ...members, ...identityOf(request, identity) }, chosen);
      const isLooser = customHandlers && customHandler !== LEFT_OUT && isCustomRuntime(body.runtime);
      return { request, body: isLooser ? { ...body, handler: customHandler } : body };
    });
}

const identityChoice = fc.record({
  automatic: automaticVersion,
  /** Which of the names that are allowed is reported. */
  version: fc.constantFrom('own', 'latest'),
  /** What func_urn ends in. */
  qualifier: fc.constantFrom('none', 'version', 'latest'),
  /** How a version_description that must be blank is not there. */
  unset: fc.constantFrom(LEFT_OUT, null, ''),
});

type IdentityChoice = typeof identityChoice extends fc.Arbitrary<infer Chosen> ? Chosen : never;

/** The members that repeat the request, those that it leaves blank included. */
function identityOf(request: AnsweredRequest, chosen: IdentityChoice): Record<string, unknown> {
  const { region, projectId, package: pack, name } = request.urn;
  const version = chosen.version === 'latest' ? 'latest' : request.version || chosen.automatic;
  const seven = formatUrn({ region, projectId, package: pack, name });
  const qualifiers = { none: '', version: `:${version}`, latest: ':latest' } as const;
  return {
    func_urn: `${seven}${qualifiers[chosen.qualifier]}`,
    func_name: name,
    package: pack,
    namespace: request.projectId,
    version,
    version_description: request.description || chosen.unset,
  };
}

const documented = new Set(publishedVersionPage.members.map(member => member.name));

const undocumented = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 12 }).filter(name => !documented.has(name) && name !== '__proto__'),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 3, noNullPrototype: true },
);
