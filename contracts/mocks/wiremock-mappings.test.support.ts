/** What WireMock, which reads no OpenAPI, is told instead: a mapping for each operation of the document. */

interface Media {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Content {
  readonly $ref?: string;
  readonly required?: boolean;
  readonly content?: { readonly 'application/json': Media };
}

interface Described {
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** What is read of the document. */
export interface MockedDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, { readonly schema: { readonly pattern: string } }>>;
    readonly responses: Readonly<Record<string, Content>>;
    readonly schemas: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

/** The mappings of a document: who keeps to it gets the first example, who does not a refusal. */
export function mappingsOf({ paths, components }: MockedDocument): readonly unknown[] {
  const patternOf = (parameter: string) =>
    components.parameters[parameter]?.schema.pattern.replaceAll(/^\^|\$$/g, '') ?? '[^/]+';
  const answerOf = (status: string, { $ref, content }: Content) => {
    const named = components.responses[$ref?.split('/').at(-1) ?? ''];
    const [example] = Object.values((content ?? named?.content)?.['application/json'].examples ?? {});
    const headers = { 'Content-Type': 'application/json' };
    return { status: Number(status), ...(example && { headers, jsonBody: example.value }) };
  };
  const anything = { method: 'ANY', urlPathPattern: '/.*' };
  const nothing = {
    priority: 9,
    request: anything,
    response: answerOf('404', components.responses.NotFound ?? {}),
  };
  const mappings = Object.entries(paths).flatMap(([path, { parameters: _, ...item }]) =>
    Object.entries(item).flatMap(([method, { requestBody, responses }]) => {
      const urlPathPattern = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?:${patternOf(name)})`);
      const request = { method: method.toUpperCase(), urlPathPattern };
      const token = { 'X-Auth-Token': { matches: '.+' } };
      const { $ref = '' } = (requestBody?.content?.['application/json'].schema ?? {}) as { $ref?: string };
      const schema = components.schemas[$ref.split('/').at(-1) ?? ''];
      const bodyPatterns = schema === undefined ? [] : [{ matchesJsonSchema: JSON.stringify(schema) }];
      const { 400: refused = {}, 401: unknown = {}, ...others } = responses;
      const [success = ['200', {}] as const] = Object.entries(others);
      return [
        {
          priority: 1,
          request: { ...request, headers: token, bodyPatterns },
          response: answerOf(...success),
        },
        { priority: 2, request: { ...request, headers: token }, response: answerOf('400', refused) },
        { priority: 3, request, response: answerOf('401', unknown) },
      ];
    }),
  );
  return [...mappings, nothing];
}
