import fc from 'fast-check';
import { isAutomaticVersion } from '../../page/formats.ts';
import { formatUrn, parseFullUrn, withoutQualifier } from '../../page/urn.ts';
import type { AnsweredRequest } from '../published-version.ts';
import { automaticVersion } from './formats.ts';
import { LEFT_OUT } from './left-out.ts';
import { replacedAt } from './replaced-at.ts';
import type { Wishes } from './schema-value.ts';
import { plainName, text, word } from './texts.ts';

type Body = Readonly<Record<string, unknown>>;

/** A way to break one clause that spans members, or the body and its request. */
export interface BrokenRule {
  /** What a body must have for the clause to apply. */
  readonly wishes?: Pick<Wishes, 'present' | 'values'>;
  /** The member of the request without which the clause says nothing. */
  readonly asksFor?: 'version';
  /** The member of the request that makes another clause apply, which breaks as well. */
  readonly asksNotFor?: 'version';
  /** Ways to break the clause in such a body. */
  readonly ways: fc.Arbitrary<(body: Body, request: AnsweredRequest) => unknown>;
}

const ABSENT = fc.constantFrom<unknown>(LEFT_OUT, null, '');
const ABSENT_INTEGER = fc.constantFrom<unknown>(LEFT_OUT, null);

/** Breaks a clause by what a member holds. */
function by(
  path: string,
  values: fc.Arbitrary<unknown>,
  pick: fc.Arbitrary<number> = fc.constant(0),
): BrokenRule['ways'] {
  return fc.tuple(values, pick).map(
    ([value, index]) =>
      (body: Body) =>
        replacedAt(body, path, value, index),
  );
}

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

/** A cpu that is neither of the two documented ones. */
function outOfProportion(memory: number, more: number): number {
  const share = (memory / 128) * 100;
  return more === 200 ? share + 201 : share + more;
}

const constant = (value: unknown) => fc.constant(value);
const code = { obs: constant('obs'), other: fc.constantFrom('inline', 'zip', 'jar', 'Custom-Image-Swr') };

/** A destination of an outcome, and a param that does not name the target. */
function withoutTarget(outcome: 'on_success' | 'on_failure'): BrokenRule {
  const path = `function_async_config.destination_config.${outcome}`;
  const params = fc.constantFrom<readonly [string, string]>(
    ['SMN', '{}'],
    ['SMN', '{"topic_urn":""}'],
    ['SMN', '{"func_urn":"urn:fss:r:p:function:default:f"}'],
    ['FunctionGraph', '{"topic_urn":"urn:smn:r:p:t"}'],
    ['FunctionGraph', '{"func_urn":7}'],
    ['OBS', '{"prefix":"logs/"}'],
    ['OBS', '{"bucket":null}'],
    ['OBS', '{"bucket":"b","expires":366}'],
    ['OBS', '{"bucket":"b","expires":-1}'],
    ['OBS', '{"bucket":"b","expires":1.5}'],
  );
  return {
    wishes: { present: [`body.${path}`] },
    ways: params.map(
      ([destination, param]) =>
        (body: Body) =>
          replacedAt(replacedAt(body, `${path}.destination`, destination), `${path}.param`, param),
    ),
  };
}

function reserved(member: 'user_id' | 'user_group_id'): BrokenRule {
  const path = `mount_config.mount_user.${member}`;
  return {
    wishes: { present: [`body.${path}`] },
    ways: by(path, fc.constantFrom(1000, 1002, '1000', '1002')),
  };
}

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
  'body.cpu.proportion': {
    ways: fc
      .oneof(fc.constantFrom(1, -1, 100, 199, 201, -50), fc.integer({ min: 1, max: 10_000 }))
      .map(more => (body: Body) => ({ ...body, cpu: outOfProportion(Number(body.memory_size), more) })),
  },
  'body.code_url.when-obs': {
    wishes: { values: { 'body.code_type': code.obs } },
    ways: by('code_url', ABSENT),
  },
  'body.code_url.blank': {
    wishes: { values: { 'body.code_type': code.other } },
    ways: by('code_url', text()),
  },
  'body.code_filename.when-package': {
    wishes: { values: { 'body.code_type': fc.constantFrom('jar', 'zip') } },
    ways: by('code_filename', ABSENT),
  },
  'body.initializer_timeout.with-handler': {
    wishes: { present: ['body.initializer_handler'] },
    ways: by('initializer_timeout', ABSENT_INTEGER),
  },
  'body.strategy_config.concurrency.v1': {
    wishes: { present: ['body.strategy_config.concurrency'], values: { 'body.type': constant('v1') } },
    ways: by(
      'strategy_config.concurrency',
      fc.oneof(fc.constantFrom(1, 1000), fc.integer({ min: 1, max: 1000 })),
    ),
  },
  'body.strategy_config.concurrent_num.v1': {
    wishes: { present: ['body.strategy_config'], values: { 'body.type': constant('v1') } },
    ways: by(
      'strategy_config.concurrent_num',
      fc.oneof(fc.constantFrom(2, 1000), fc.integer({ min: 2, max: 1000 })),
    ),
  },
  'body.mount_config.func_mounts[].mount_share_path.when-ecs': {
    wishes: { values: { 'body.mount_config.func_mounts[].mount_type': constant('ecs') } },
    ways: by('mount_config.func_mounts[].mount_share_path', ABSENT, fc.nat(10)),
  },
  'body.mount_config.mount_user.user_id.reserved': reserved('user_id'),
  'body.mount_config.mount_user.user_group_id.reserved': reserved('user_group_id'),
  'body.function_async_config.destination_config.on_success.param.target': withoutTarget('on_success'),
  'body.function_async_config.destination_config.on_failure.param.target': withoutTarget('on_failure'),
};
