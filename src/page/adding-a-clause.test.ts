/** What CONTRIBUTING.md promises: declared once, everything else follows. Tried in a copy of the sources. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['src', 'contracts', 'properties', 'fixtures', 'package.json', 'tsconfig.json'];

/** A member for every shape of keywords, in the table of the 200 body. */
const MEMBERS = `
    new_enum: { type: 'string', enum: ['a', 'b'], page: { says: 'One of two.' } },
    new_minimum: { type: 'integer', minimum: 3, page: { says: 'At least 3.' } },
    new_maximum: { type: 'integer', maximum: 9, page: { says: 'At most 9.' } },
    new_min_length: { type: 'string', minLength: 3, page: { says: 'At least 3 characters.' } },
    new_max_length: { type: 'string', maxLength: 9, page: { says: 'At most 9 characters.' } },
    new_length: { type: 'string', minLength: 1, maxLength: 256, page: { says: '1 to 256 characters.' } },
    new_pattern: { type: 'string', pattern: '^[a-f]{4}$', page: { says: 'Four of a to f.', documented: 'four of a to f', example: 'abcd' } },
    function_async_config: functionAsyncConfig,`;

const NESTED = `
    new_nested: { type: 'string', maxLength: 9, page: { says: 'At most 9 characters.' } },
    dep_id:`;

const CONDITION = `
  {
    ...REQUIRED,
    member: 'new_min_length',
    aspect: 'with-a',
    cases: [{ if: { new_enum: { const: 'a' } }, is: 'there' }],
    request: 'not sent',
  },
  proportion,`;

const RULE = `
  {
    id: 'body.new_minimum.odd',
    subject: 'body.new_minimum',
    level: 'required',
    title: 'new_minimum is odd',
    source: { table: 'Table 4', row: 'new_minimum' },
    when: 'every 200 answer',
    check: ({ body }) => {
      if (body.new_minimum === undefined) return null;
      return body.new_minimum % 2 === 1 ? held : broken('new_minimum is even', '/new_minimum');
    },
  },
  {
    id: 'body.digest.code',`;

const REQUEST_FAULT = `
  fault('request.description.shouting', {
    title: 'a description in capitals is answered with 200 or 400',
    source: { table: 'Table 3', row: 'description' },
    when: 'a publish request whose description is SHOUTING',
    isIn: request => bodyOf(request).description === 'SHOUTING',
    answers: oneOf(200, 400),
    answered: '200 or 400',
  }),
  fault('request.body.too-large', {`;

/** What nothing can be derived from: a request that has the fault, and what breaks a rule of one's own. */
const INVALID_REQUEST = `
  ...bodies('request.description.shouting', { 'a description in capitals': '{"description":"SHOUTING"}' }),
  ...oversize,
];`;

const MOCK_FAULT = `
  of('body.new_minimum.odd', 'new_minimum is even', version => ({ ...version, new_minimum: 4 })),
  of('body.digest.code',`;

const FIXTURES = `
  alone(conforming, 'body.new_minimum.odd', 'new_minimum 3 is odd', { new_minimum: 3 }),
  alone(broken, 'body.new_minimum.odd', 'new_minimum 4 is even', { new_minimum: 4 }),
  alone(broken, 'body.func_name.urn',`;

/** Where each is declared: one file for a member or a condition, two for a request fault, three for a rule. */
const EDITS: readonly (readonly [file: string, before: string, after: string])[] = [
  ['src/page/tables/published-version.ts', '\n    function_async_config: functionAsyncConfig,', MEMBERS],
  ['src/page/tables/dependency.ts', '\n    dep_id:', NESTED],
  ['src/page/conditions/conditions.ts', '\n  proportion,', CONDITION],
  ['src/page/rules/published-code.ts', "\n  {\n    id: 'body.digest.code',", RULE],
  ['src/page/rules/request-faults.ts', "\n  fault('request.body.too-large', {", REQUEST_FAULT],
  ['src/generate/invalid-publish-requests.ts', '\n  ...oversize,\n];', INVALID_REQUEST],
  ['src/mock/faults/version-faults.ts', "\n  of('body.digest.code',", MOCK_FAULT],
  ['fixtures/generator/body-rules.ts', "\n  alone(broken, 'body.func_name.urn',", FIXTURES],
];

let copy: string;

function run(script: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: copy,
    encoding: 'utf8',
  });
}

/** What an expression over the built copy says, as JSON. */
function inCopy<Value>(imports: Readonly<Record<string, string>>, expression: string): Value {
  const lines = Object.entries(imports).map(
    ([names, file]) => `import { ${names} } from '${pathToFileURL(path.join(copy, 'dist', file))}';`,
  );
  return JSON.parse(run(`${lines.join('\n')}\nconsole.log(JSON.stringify(await (${expression})));`));
}

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'clause-'));
  for (const each of SOURCES) {
    cpSync(path.join(ROOT, each), path.join(copy, each), {
      recursive: true,
      filter: from => !from.endsWith('.test.ts'),
    });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  for (const [file, before, after] of EDITS) {
    const text = readFileSync(path.join(copy, file), 'utf8');
    expect(text).toContain(before);
    writeFileSync(
      path.join(copy, file),
      text.replace(before, () => after),
    );
  }
  execFileSync(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc')], { cwd: copy });
  execFileSync(process.execPath, ['dist/fixtures/write.js'], { cwd: copy });
}, 300_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }), 60_000);

const NEW = [
  'body.new_enum.values',
  'body.new_minimum.range',
  'body.new_maximum.range',
  'body.new_min_length.length',
  'body.new_max_length.length',
  'body.new_length.length',
  'body.new_pattern.format',
  'body.dependencies[].new_nested.length',
  'body.new_min_length.with-a',
  'body.new_minimum.odd',
  'request.description.shouting',
];

describe('what is declared once', () => {
  test('is in the catalogue, in words that say it', () => {
    const titles = inCopy<Record<string, string>>(
      { clauses: 'src/page/catalogue.js' },
      'Object.fromEntries(clauses.map(({ id, title }) => [id, title]))',
    );
    expect(NEW.filter(id => titles[id] === undefined)).toEqual([]);
    expect(titles['body.new_maximum.range']).toBe('new_maximum is at most 9');
    expect(titles['body.new_min_length.length']).toBe('new_min_length has 3 or more characters');
    expect(titles['body.new_length.length']).toBe('new_length has 1..256 characters');
    expect(titles['body.new_min_length.with-a']).toBe('new_min_length is there when new_enum is a');
  });

  test('is broken by the generator, and judged', () => {
    const wrong = inCopy<readonly string[]>(
      {
        'brokenVersion, breakableClauses, publishedVersion': 'src/generate/index.js',
        judgeBody: 'src/judge/judge.js',
      },
      `(async () => {
        const { default: fc } = await import('fast-check');
        const fails = body => judgeBody(JSON.stringify(body)).findings.filter(({ level }) => level !== 'informative').map(({ clause }) => clause);
        // Nothing in one body tells the generator of a rule by hand.
        const ids = ${JSON.stringify(NEW)}.filter(id => breakableClauses.includes(id));
        return ids.filter(id => fc.sample(brokenVersion(id), { seed: 1, numRuns: 20 }).some(({ body }) => !fails(body).includes(id)));
      })()`,
    );
    expect(wrong).toEqual([]);
  });

  test('is reported by the mock server, and broken by a fault of it', () => {
    const missed = inCopy<readonly string[]>(
      { faults: 'src/mock/faults/index.js' },
      `${JSON.stringify(NEW)}.filter(id => !faults.some(({ breaks }) => breaks[0] === id))`,
    );
    expect(missed).toEqual([]);
  });

  test('is in the OpenAPI document', () => {
    const properties = inCopy<Record<string, unknown>>(
      { openApiDocument: 'src/page/openapi/index.js' },
      "openApiDocument('1').components.schemas.PublishedVersion.properties",
    );
    expect(properties.new_max_length).toMatchObject({ maxLength: 9 });
    expect(properties.new_pattern).toMatchObject({ pattern: expect.stringContaining('[a-f]{4}') });
    const strict = inCopy<unknown>(
      { openApiDocument: 'src/page/openapi/index.js' },
      "openApiDocument('1', { isStrict: true }).components.schemas.PublishedVersion.allOf",
    );
    expect(JSON.stringify(strict)).toContain('body.new_min_length.with-a');
  });

  test('has fixtures, and examples for clauses <id>', () => {
    const without = inCopy<readonly string[]>(
      { examplesOf: 'src/cli/clause-examples.js' },
      `${JSON.stringify(NEW)}.filter(id => examplesOf(id).fails === undefined || examplesOf(id).passes === undefined)`,
    );
    expect(without).toEqual([]);
  });

  test('is exercised by a run against the mock server', () => {
    const out = path.join(copy, 'report');
    execFileSync(process.execPath, ['dist/src/cli/main.js', 'run', '--seed', '1', '--out', out], {
      cwd: copy,
    });
    const report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'));
    const verdicts: Record<string, string> = Object.fromEntries(
      report.clauses.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
    );
    expect(NEW.filter(id => verdicts[id] !== 'pass')).toEqual([]);
  }, 120_000);
});
