import { Ajv2020, type AnySchemaObject, type Options } from 'ajv/dist/2020.js';
import { isDottedHandler, isMountId, isPageTime, jsonObjectIn, utf8Bytes } from './formats.ts';
import { parseFullUrn } from './urn.ts';

/**
 * An ajv instance that knows the formats and keywords of the page's schemas and collects every error. Of our
 * keywords, `jsonContent` is a schema of the JSON object that a string holds, if it holds one.
 *
 * @example createAjv().compile(publishedVersion)(body)
 */
export function createAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, ...options });
  ajv.addVocabulary(['page', 'documented']);
  ajv.addFormat('function-urn', text => parseFullUrn(text) !== undefined);
  ajv.addFormat('dotted-handler', isDottedHandler);
  ajv.addFormat('page-time', isPageTime);
  ajv.addFormat('mount-id', isMountId);
  ajv.addFormat('json-object', text => jsonObjectIn(text) !== undefined);
  ajv.addKeyword({
    keyword: 'maxUtf8Bytes',
    type: 'string',
    schemaType: 'number',
    validate: (limit: number, text: string) => utf8Bytes(text) <= limit,
  });
  ajv.addKeyword({
    keyword: 'maxJsonMembers',
    type: 'string',
    schemaType: 'number',
    validate: (limit: number, text: string) => Object.keys(jsonObjectIn(text) ?? {}).length <= limit,
  });
  ajv.addKeyword({
    keyword: 'jsonContent',
    type: 'string',
    schemaType: 'object',
    compile: (schema: AnySchemaObject) => {
      const validate = ajv.compile(schema);
      return (text: string) => {
        const content = jsonObjectIn(text);
        return content === undefined || validate(content);
      };
    },
  });
  return ajv;
}
