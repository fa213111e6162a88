import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  breakableClauses,
  brokenErrorBody,
  brokenVersion,
  configuration,
  errorBody,
  publishedVersion,
  publishRequest,
} from '../generate/index.ts';
import { clauseById } from '../page/catalogue.ts';
import { BEYOND_JSON_SCHEMA } from '../page/openapi/beyond-json-schema.test.support.ts';
import { openApiDocument } from '../page/openapi/index.ts';
import { operations } from '../page/operations.ts';
import { exampleError, exampleRequest, exampleVersion } from '../page/tables/examples.ts';
import { tool } from '../run/tool.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const document = openApiDocument('1.0.0', { isStrict: true });
const pages = new Ajv2020({ strict: false }).addSchema(document, 'page');

/** Validates as a tool does that knows nothing of this project. */
function isValid(component: string, value: unknown): boolean {
  const validate = pages.getSchema(`page#/components/schemas/${component}`);
  if (validate === undefined) throw new Error(`There is no component ${component}.`);
  return validate(value) === true;
}

function printed(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, 'openapi', ...args], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  test('is printed as JSON, and as YAML that says the same', () => {
    const json: unknown = JSON.parse(printed());
    expect(json).toMatchObject({ openapi: '3.1.1', info: { title: expect.stringContaining('Publishing') } });
    expect(parse(printed('--format', 'yaml'))).toEqual(json);
    // Readers of YAML 1.1 must not take a date for something else than a text.
    expect(parse(printed('--format', 'yaml'), { version: '1.1' })).toEqual(json);
    expect(json).toEqual(JSON.parse(JSON.stringify(openApiDocument(tool.version))));
    expect(JSON.parse(printed('--strict'))).toEqual(
      JSON.parse(JSON.stringify(openApiDocument(tool.version, { isStrict: true }))),
    );
  });

  test('has every operation, and every error answer of a publication', () => {
    const { paths } = document as { paths: Record<string, Record<string, { responses?: object }>> };
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).flatMap(method =>
        method === 'parameters' ? [] : [`${method.toUpperCase()} ${path}`],
      ),
    );
    expect(described.sort()).toEqual(Object.values(operations).sort());
    const { post } = paths['/v2/{project_id}/fgs/functions/{function_urn}/versions'] ?? {};
    expect(Object.keys(post?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '409', '500']);
  });

  test('holds none of our own keywords', () => {
    const text = JSON.stringify(document);
    for (const keyword of ['page', 'maxUtf8Bytes', 'maxJsonMembers', 'format']) {
      expect(text).not.toContain(`"${keyword}":`);
    }
  });
});

test('the documented examples are valid', () => {
  expect(isValid('PublishRequest', exampleRequest)).toBe(true);
  expect(isValid('PublishedVersion', exampleVersion)).toBe(true);
  expect(isValid('Error', exampleError)).toBe(true);
});

test.each([
  ['PublishedVersion', publishedVersion()],
  ['Error', errorBody()],
  ['PublishRequest', publishRequest()],
] as const)('what conforms to the page is a valid %s', (component, arbitrary) => {
  fc.assert(
    fc.property<[unknown]>(arbitrary, value => isValid(component, value)),
    { seed: 1, numRuns: 200 },
  );
});

test('a documented configuration can be created', () => {
  fc.assert(
    fc.property(configuration(), ({ strategy_config: _, function_async_config: __, ...created }) =>
      isValid('FunctionCreation', created),
    ),
    { seed: 1, numRuns: 200 },
  );
});

const required = breakableClauses.filter(id => clauseById(id)?.level === 'required');

describe('a version that breaks a required clause is not valid', () => {
  test.each(required.filter(id => !BEYOND_JSON_SCHEMA.test(id)))('%s', id => {
    fc.assert(
      fc.property(brokenVersion(id), ({ body }) => !isValid('PublishedVersion', body)),
      { seed: 1, numRuns: 20 },
    );
  });
});

test.each(['error.error_code.present', 'error.error_msg.type', 'error.body.type'])(
  'an error body that breaks %s is not valid',
  id => {
    fc.assert(
      fc.property(brokenErrorBody(id), ({ body }) => !isValid('Error', body)),
      { seed: 1, numRuns: 20 },
    );
  },
);
