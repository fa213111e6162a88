import { describe, expect, test } from 'vitest';
import { judge, judgeBody } from '../../judge/judge.ts';
import { exchangeOf, FUNCTION_PATH, published, said, version } from '../../judge/said.test.support.ts';
import type { Context } from '../context.ts';

const DATE = 'v20240229-235959';

/** What a version with these members says of a clause; `undefined` when it says nothing. */
function of(clause: string, members: object, sent: unknown = {}, context: Context = {}): string | undefined {
  return said(published(members, sent), new RegExp(`^${clause.replaceAll('.', '\\.')}$`), context)[clause];
}

describe('the name of a version', () => {
  const DOCUMENTED = 'documented: vYYYYMMDD-HHMMSS, a real date and time';

  test.each<[string | null, object, string | undefined]>([
    [DATE, {}, 'held'],
    ['latest', {}, 'held'],
    ['v1', { version: 'v1' }, 'held'],
    ['v1', {}, `version is v1; ${DOCUMENTED}`],
    ['v20230229-235959', {}, `version is v20230229-235959; ${DOCUMENTED}`],
    [null, {}, undefined],
  ])('%j in answer to %j', (reported, sent, expected) => {
    expect(of('body.version.format', { version: reported }, sent)).toBe(expected);
  });

  test('in a body alone may have been asked for, but for a date that is none', () => {
    const judged = (name: string) => judgeBody(JSON.stringify({ ...version, version: name }));
    expect(judged('v1').exercised).not.toContain('body.version.format');
    expect(judged('v20230229-235959').findings.map(({ clause }) => clause)).toContain('body.version.format');
  });

  test.each<[string | null, object, string | undefined]>([
    ['v1', { version: 'v1' }, 'held'],
    ['latest', { version: 'v1' }, 'held'],
    [DATE, { version: 'v1' }, `version is ${DATE}; the request asked for v1`],
    ['v20230229-235959', { version: 'v1' }, undefined],
    [null, { version: 'v1' }, undefined],
    [DATE, {}, undefined],
    [DATE, { version: '' }, undefined],
  ])('%j when %j is asked for', (reported, sent, expected) => {
    expect(of('body.version.requested', { version: reported }, sent)).toBe(expected);
  });

  test.each<[string | null, readonly string[], string | undefined]>([
    [DATE, ['v1'], 'held'],
    ['v1', ['v0', 'v1'], 'version is "v1", which an earlier publication has'],
    ['latest', ['latest'], undefined],
    ['v20230229-235959', ['v20230229-235959'], undefined],
    [null, ['v1'], undefined],
  ])('%j after %j', (reported, names, expected) => {
    const before = names.map(name => ({ ...version, version: name }));
    expect(of('state.unique-version.fresh', { version: reported }, {}, { published: before })).toBe(expected);
  });

  test('that is taken is pointed at, as is a code that is another one', () => {
    const earlier = { published: [{ ...version, version: 'v1' }] };
    const taken = judge(published({ version: 'v1' }, { version: 'v1' }), earlier);
    expect(taken.findings).toMatchObject([{ clause: 'state.unique-version.fresh', pointer: '/version' }]);
    const refusal = { error_code: 'FSS.1052', error_msg: 'no' };
    const absent = judge(exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 404, refusal), {
      function: 'absent',
    });
    expect(absent.findings).toMatchObject([
      { clause: 'request.function_urn.absent-code', pointer: '/error_code' },
    ]);
  });
});

describe('the description of a version', () => {
  const BLANK = 'version_description is absent; the request had "d"';

  test.each<[unknown, object, Context, string | undefined]>([
    ['d', { description: 'd' }, {}, 'held'],
    [null, {}, {}, 'held'],
    ['', { description: '' }, {}, 'held'],
    ['d', {}, {}, 'version_description is "d"; the request had none'],
    [undefined, { description: 'd' }, {}, BLANK],
    ['e', { description: 'd' }, {}, 'version_description is "e"; the request had "d"'],
    [7, { description: 'd' }, {}, undefined],
    [undefined, { description: 'd' }, { form: { title: 'a form', standing: 'equal' } }, BLANK],
    [undefined, { description: 'd' }, { form: { title: 'a form', standing: 'doubtful' } }, undefined],
  ])('%j in answer to %j, when %j is known', (reported, sent, context, expected) => {
    const members = { version_description: reported };
    expect(of('body.version_description.echo', members, sent, context)).toBe(expected);
  });

  test('in a body alone is compared with nothing', () => {
    const { exercised } = judgeBody(JSON.stringify({ ...version, version_description: 'd' }));
    expect(exercised).not.toContain('body.version_description.echo');
  });
});

describe('the function that was asked for', () => {
  const URN = (project: string, pack: string, name: string) =>
    `urn:fss:r:${project}:function:${pack}:${name}`;

  test.each<[string, object, string | undefined]>([
    ['body.func_urn.project', {}, 'held'],
    [
      'body.func_urn.project',
      { func_urn: URN('q', 'default', 'f') },
      'func_urn is in project "q"; the request was for project p',
    ],
    ['body.func_urn.project', { func_urn: null }, undefined],
    [
      'body.func_urn.function',
      { func_urn: URN('p', 'other', 'f') },
      `func_urn is "${URN('p', 'other', 'f')}"; the request was for ${URN('p', 'default', 'f')}`,
    ],
    [
      'body.func_urn.version',
      { func_urn: `${URN('p', 'default', 'f')}:v1`, version: DATE },
      `func_urn ends in "v1"; version is "${DATE}"`,
    ],
    ['body.func_urn.version', { func_urn: `${URN('p', 'default', 'f')}:${DATE}`, version: DATE }, 'held'],
    ['body.func_urn.version', { func_urn: `${URN('p', 'default', 'f')}:latest`, version: DATE }, 'held'],
    ['body.func_urn.version', { func_urn: `${URN('p', 'default', 'f')}:v1`, version: null }, undefined],
    ['body.func_name.urn', { func_name: 'g' }, 'func_name is "g"; the URN says "f"'],
    ['body.func_name.urn', { func_name: 'g', func_urn: URN('p', 'default', 'g') }, 'held'],
    ['body.package.urn', { package: 'other' }, 'package is "other"; the URN says "default"'],
    ['body.package.urn', { package: 'other', func_urn: URN('p', 'other', 'f') }, 'held'],
    ['body.package.urn', { package: null }, undefined],
    ['body.namespace.project', { namespace: 'q' }, 'namespace is "q"; the request was for project p'],
  ])('%s with %j', (clause, members, expected) => {
    expect(of(clause, members)).toBe(expected);
  });

  test.each<[string, string, object, string]>([
    ['body.package.urn', 'f', { func_urn: null }, 'held'],
    [
      'body.package.urn',
      'f',
      { func_urn: null, package: 'other' },
      'package is "other"; the URN says "default"',
    ],
    ['body.package.urn', 'other:f', { func_urn: null, package: 'other' }, 'held'],
    ['body.func_name.urn', 'g', { func_urn: null }, 'func_name is "f"; the URN says "g"'],
    ['body.func_urn.function', 'f', {}, 'held'],
    [
      'body.func_urn.function',
      'other:f',
      {},
      `func_urn is "${URN('p', 'default', 'f')}"; the request was for other:f`,
    ],
  ])('%s of %s with %j', (clause, path, members, expected) => {
    const line = `POST /v2/p/fgs/functions/${path}/versions`;
    expect(said(exchangeOf(line, {}, 200, { ...version, ...members }), /^body/)[clause]).toBe(expected);
  });

  test('in a body alone is the one that its URN names', () => {
    const judged = judgeBody(JSON.stringify({ ...version, package: 'other' }));
    expect(judged.findings).toMatchObject([
      { clause: 'body.package.urn', message: 'package is "other"; the URN says "default"' },
    ]);
    expect(judged.exercised).not.toContain('body.namespace.project');
  });
});

describe('the code that was uploaded', () => {
  const configuration = { func_code: { file: Buffer.from('code').toString('base64') } };

  test.each<[string, object, RegExp | undefined]>([
    ['body.code_size.code', { code_size: 4 }, /^held$/],
    ['body.code_size.code', { code_size: 5 }, /^code_size is 5; the code has 4 bytes$/],
    ['body.code_size.code', { code_size: null }, undefined],
    ['body.digest.code', { digest: 'ab'.repeat(64) }, /^digest is "abab.*"; the code has [0-9a-f]{128}$/],
    ['body.digest.code', { digest: null }, undefined],
  ])('%s with %j', (clause, members, expected) => {
    const found = of(clause, members, {}, { configuration });
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(expected);
    expect(of(clause, members)).toBeUndefined();
  });
});

describe('members beside each other', () => {
  test.each<[string, object, string | undefined]>([
    ['body.code_url.when-obs', { code_type: 'obs' }, 'code_url is absent, but code_type is obs'],
    ['body.code_url.when-obs', { code_type: 'obs', code_url: 'https://b/c.zip' }, 'held'],
    ['body.code_url.when-obs', {}, undefined],
    ['body.code_url.when-obs', { code_type: 'obs', code_url: 7 }, 'held'],
    [
      'body.code_filename.when-package',
      { code_type: 'jar', code_filename: '' },
      'code_filename is absent, but code_type is jar or zip',
    ],
  ])('%s with %j', (clause, members, expected) => {
    expect(of(clause, members)).toBe(expected);
  });
});
