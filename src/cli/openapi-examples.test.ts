import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { judge, judgeBody } from '../judge/judge.ts';
import { openApiDocument } from '../page/openapi/index.ts';
import { isMalformedUrn } from '../page/urn.ts';

interface Media {
  readonly schema: { readonly $ref: string };
  readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Content {
  readonly $ref?: string;
  readonly content?: { readonly 'application/json': Media };
}

interface Described {
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Parameter {
  readonly name: string;
  readonly schema: { readonly pattern?: string };
  readonly examples?: Readonly<Record<string, { readonly value: string }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Content>>;
  };
}

const written = openApiDocument('1.0.0', { isStrict: true });
// Read as its readers do: from JSON.
const document = JSON.parse(JSON.stringify(written)) as Document;
const pages = new Ajv2020({ strict: false }).addSchema(written, 'page');

interface Operation {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly described: Described;
}

const operations: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([path, { parameters: _, ...item }]) =>
    Object.entries(item).map(([method, described]) => {
      const title = `${method.toUpperCase()} ${path}`;
      return { title, method: method.toUpperCase(), path, described };
    }),
);

function mediaOf({ $ref, content }: Content): Media | undefined {
  const name = $ref?.replace('#/components/responses/', '');
  const own = name === undefined ? content : document.components.responses[name]?.content;
  return own?.['application/json'];
}

interface Example {
  readonly status: number;
  readonly name: string;
  readonly component: string;
  readonly value: unknown;
}

function examplesIn(content: Content | undefined, status: number): readonly Example[] {
  const { schema, examples = {} } = (content && mediaOf(content)) ?? {};
  return Object.entries(examples).map(([name, { value }]) => ({
    status,
    name,
    component: schema?.$ref ?? '',
    value,
  }));
}

const sentIn = ({ described }: Operation) => examplesIn(described.requestBody, 0);

const answeredIn = ({ described }: Operation) =>
  Object.entries(described.responses).flatMap(([status, content]) => examplesIn(content, Number(status)));

const pathValue = (parameter: string) =>
  Object.values(document.components.parameters[parameter]?.examples ?? {})[0]?.value ?? '';

describe.each(operations)('$title', operation => {
  const { method, path, described } = operation;

  test('has examples of every body', () => {
    const answers = Object.entries(described.responses).filter(([status]) => status !== '204');
    for (const [status, content] of answers) expect(examplesIn(content, 0), status).not.toEqual([]);
    expect(sentIn(operation).length > 0).toBe(described.requestBody !== undefined);
  });

  test('has examples that a strict validator accepts', () => {
    for (const { component, name, value } of [...sentIn(operation), ...answeredIn(operation)]) {
      const validate = pages.getSchema(`page${component}`);
      expect(validate?.(value), `${name}: ${JSON.stringify(validate?.errors)}`).toBe(true);
    }
  });

  test('has versions that the judge holds nothing against', () => {
    const versions = answeredIn(operation).filter(({ component }) => component.endsWith('/PublishedVersion'));
    for (const { name, value } of versions) {
      const { findings } = judgeBody(JSON.stringify(value));
      expect(
        findings.filter(({ level }) => level !== 'informative'),
        name,
      ).toEqual([]);
    }
  });

  test('has answers that the judge holds nothing against', () => {
    const url = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => pathValue(parameter));
    const headers = { 'x-auth-token': 't', 'content-type': 'application/json' };
    for (const { name, status, value } of answeredIn(operation)) {
      const requests = sentIn(operation);
      const request = [name, 'published'].map(each => requests.find(one => one.name === each)).find(Boolean);
      const { findings } = judge(
        {
          request: { method, url, headers, ...(request && { body: JSON.stringify(request.value) }) },
          response: { status, headers, body: JSON.stringify(value) },
        },
        // What makes it the right answer.
        {
          ...(status === 500 ? { serviceFails: true } : {}),
          ...(status === 409 ? { requestedVersion: 'taken' } : {}),
        },
      );
      // The page's own example shows two projects, and is not of the request beside it.
      const expected = name === 'documented' ? expect.arrayContaining(['body.namespace.project']) : [];
      const required = findings.filter(({ level }) => level === 'required');
      expect(
        required.map(({ clause }) => clause),
        `${status} ${name}`,
      ).toEqual(expected);
    }
  });
});

describe('a path parameter', () => {
  const { function_urn, project_id, alias_name } = document.components.parameters;
  test.each([function_urn, project_id, alias_name])('$name has its own examples', parameter => {
    const { schema, examples = {} } = parameter ?? {};
    expect(Object.keys(examples)).not.toEqual([]);
    for (const { value } of Object.values(examples))
      expect(value).toMatch(new RegExp(schema?.pattern ?? '^$'));
  });

  test.each([
    'urn:fss:r',
    'urn:fss:r:p:function:default',
    'urn:fss:r:p:function:default:f:v:more',
    'arn:fss:r:p:function:default:f',
    'urn:fss:r:p:trigger:default:f',
    'a:b:c:d:e',
    'f',
    'default:f',
    'p:default:f',
    'p:default:f:!stable',
    'urn:fss:r:p:function:default:f:v1',
  ])('names a function as the grammar of URNs has it: %s', text => {
    expect(new RegExp(function_urn?.schema.pattern ?? '').test(text)).toBe(!isMalformedUrn(text));
  });
});
