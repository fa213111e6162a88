import fc from 'fast-check';
import { isAutomaticVersion } from '../../page/formats.ts';
import { formatUrn, parseFullUrn, withoutQualifier } from '../../page/urn.ts';
import type { AnsweredRequest } from './answered-request.ts';
import { brokenConditions } from './broken-conditions.ts';
import type { BrokenRule } from './broken-rule.ts';
import { automaticVersion } from './formats.ts';
import { LEFT_OUT } from './left-out.ts';
import { replacedAt } from './replaced-at.ts';
import { plainName, text, word } from './texts.ts';

type Body = Readonly<Record<string, unknown>>;

const ABSENT = fc.constantFrom<unknown>(LEFT_OUT, null, '');
/** Breaks a clause by what a member holds that differs from what it says now. */
function byOther(member: string, values: fc.Arbitrary<string>): BrokenRule['ways'] {
  return values.map(value => (body: Body) => ({
    ...body,
    [member]: unlike(value, body[member]),
  }));
}

/** Breaks a clause by a field of func_urn. */
function byUrn(field: 'projectId' | 'package' | 'name' | 'region' | 'qualifier'): BrokenRule['ways'] {
  return plainName(20, '-_').map(value => (body: Body) => {
    const urn = parseFullUrn(String(body.func_urn));
    if (urn === undefined) return body;
    const isSame = value === urn[field] || value === body.version || value === 'latest';
    return { ...body, func_urn: formatUrn({ ...urn, [field]: isSame ? `${value}x` : value }) };
  });
}

/** The text, changed when it is the other one. */
function unlike(text: string, other: unknown): string {
  return text === other ? `${text}x` : text;
}

const byAlias: BrokenRule['ways'] = plainName(20, '-_').map(alias => (body: Body) => ({
  ...body,
  func_urn: `${withoutQualifier(String(body.func_urn))}:!${alias}`,
}));

/** The body under another version name, func_urn included. */
function underVersion(body: Body, version: string): Body {
  return { ...body, version, func_urn: withoutQualifier(String(body.func_urn)) };
}

const noVersionName = fc.oneof(
  fc.constantFrom(
    'v20190230-101010',
    'v20191025-250000',
    'v20191025153727',
    '20191025-153727',
    'V20191025-153727',
    'Latest',
    '1',
  ),
  plainName(20, '-_.'),
);

/** Clause of `publishedRules` -> how a body breaks it. */
export const brokenRules: Readonly<Record<string, BrokenRule>> = {
  'body.func_urn.project': { ways: byUrn('projectId') },
  'body.func_urn.function': { ways: fc.oneof(byUrn('name'), byUrn('package'), byUrn('region')) },
  'body.func_urn.version': { ways: fc.oneof(byUrn('qualifier'), byAlias) },
  'body.func_name.urn': { ways: byOther('func_name', fc.oneof(plainName(20, '-_'), text())) },
  'body.package.urn': { ways: byOther('package', fc.oneof(plainName(20, '-_'), text())) },
  'body.namespace.project': { ways: byOther('namespace', fc.oneof(word(32, 32), text())) },
  'body.version.format': {
    asksNotFor: 'version',
    ways: noVersionName.map(name => (body: Body, request: AnsweredRequest) => {
      const isAllowed = name === request.version || name === 'latest' || isAutomaticVersion(name);
      return underVersion(body, isAllowed ? `${name}_` : name);
    }),
  },
  'body.version.requested': {
    asksFor: 'version',
    ways: automaticVersion.map(
      automatic => (body: Body, request: AnsweredRequest) =>
        underVersion(body, automatic === request.version ? 'v20000101-000000' : automatic),
    ),
  },
  'body.version_description.echo': {
    ways: fc
      .tuple(text(), ABSENT, fc.boolean())
      .map(([other, absent, blank]) => (body: Body, request: AnsweredRequest) => {
        const isSent = request.description !== undefined && request.description !== '';
        return replacedAt(
          body,
          'version_description',
          isSent && blank ? absent : unlike(other, request.description),
        );
      }),
  },
  ...brokenConditions,
};
