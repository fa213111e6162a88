/** The page as an OpenAPI 3.1 document, derived from its schemas and operations. */

import { expectArgument } from '../../words/arguments.ts';
import { page } from '../title.ts';
import { componentSchemas } from './components.ts';
import { SEGMENT, URN_PARAMETER } from './constraints.ts';
import { pathExamples } from './examples.ts';
import { paths, responses } from './paths.ts';

const PARAMETERS = {
  project_id: {
    name: 'project_id',
    in: 'path',
    required: true,
    description: 'The project of the credentials.',
    schema: { type: 'string', pattern: SEGMENT },
    examples: pathExamples.project_id,
  },
  function_urn: {
    name: 'function_urn',
    in: 'path',
    required: true,
    description:
      'The URN of the function: urn:fss:<region>:<project_id>:function:<package>:<name>, optionally with :<version> or :!<alias>. Short forms are accepted too: <name>, <package>:<name>, <project_id>:<package>:<name>, and that with a version or alias.',
    schema: { type: 'string', pattern: URN_PARAMETER },
    examples: pathExamples.function_urn,
  },
  alias_name: {
    name: 'alias_name',
    in: 'path',
    required: true,
    description: 'The name of the alias.',
    schema: { type: 'string', pattern: SEGMENT },
    examples: pathExamples.alias_name,
  },
  marker: {
    name: 'marker',
    in: 'query',
    description: 'Where the page of the list begins: next_marker of the page before it.',
    schema: { type: 'string' },
  },
  maxitems: {
    name: 'maxitems',
    in: 'query',
    description: 'How many entries the page has at most.',
    schema: { type: 'integer', minimum: 1 },
  },
} as const;

const SECURITY_SCHEMES = {
  token: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Auth-Token',
    description: 'A user token: X-Subject-Token of the answer of IAM’s POST /v3/auth/tokens.',
  },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description:
      'Instead of a token: the request signed with an access key (SDK-HMAC-SHA256), beside the header X-Sdk-Date.',
  },
} as const;

const checkVersion = expectArgument({
  call: 'openApiDocument',
  name: 'version',
  example: "the version of the document, such as '1.0.0'",
  schema: { type: 'string' },
});

/**
 * Makes the document: publishing with everything that the page says of it, and the operations around it as
 * far as the page’s ranges reach. What JSON Schema cannot say stands in descriptions and in `x-` members.
 *
 * @param version the version of the document
 * @param options `isStrict` adds what must hold between members, which many generators of code and samples
 * cannot read. Default: false
 * @example JSON.stringify(openApiDocument('1.0.0'))
 */
export function openApiDocument(
  version: string,
  { isStrict = false }: { readonly isStrict?: boolean } = {},
): Readonly<Record<string, unknown>> {
  checkVersion(version);
  return {
    openapi: '3.1.1',
    info: {
      title: `FunctionGraph: ${page.title}`,
      version,
      summary: 'Publishing a version of a function, and what is needed around it.',
      description:
        'A member of an answer that is not set is left out, null, or blank. Members that are not described are allowed. `x-recommended` holds constraints that the page implies or that only a neighbouring page states; `x-max-utf8-bytes` counts bytes where maxLength can only count characters; `x-max-json-members` counts the members of an object that a text holds.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: 'https://{endpoint}',
        description: 'The endpoint of the service in a region.',
        variables: { endpoint: { default: 'functiongraph.example.com' } },
      },
    ],
    tags: [
      { name: 'Versions', description: 'Published versions of a function.' },
      { name: 'Functions', description: 'Functions as they are now.' },
      { name: 'Aliases', description: 'Names for versions.' },
    ],
    security: [{ token: [] }, { signature: [] }],
    paths: paths(),
    components: {
      parameters: PARAMETERS,
      securitySchemes: SECURITY_SCHEMES,
      responses,
      schemas: componentSchemas(isStrict),
    },
  };
}
