import { _, Ajv2020, type CodeKeywordDefinition, type Options } from 'ajv/dist/2020.js';
import { formats, jsonObjectIn, measures } from './schema-formats.ts';

/**
 * An ajv instance that knows the formats and keywords of the page's schemas and collects every error. What
 * keywords of our own call has a name, under which standalone code imports it.
 *
 * @example createAjv().compile(publishedVersion)(body)
 */
export function createAjv(options: Options = {}): Ajv2020 {
  const usual: Options = { allErrors: true, allowUnionTypes: true, strictTypes: false, passContext: true };
  const ajv = new Ajv2020({ ...usual, ...options });
  ajv.addVocabulary(['page', 'documented']);
  for (const [name, isValid] of Object.entries(formats)) ajv.addFormat(name, isValid);
  for (const [keyword, measure] of Object.entries(measures)) ajv.addKeyword(atMost(keyword, measure));
  ajv.addKeyword(jsonContent);
  ajv.addKeyword(appliesHere);
  return ajv;
}

function atMost(keyword: string, measure: (text: string) => number): CodeKeywordDefinition {
  return {
    keyword,
    type: 'string',
    schemaType: 'number',
    code: context => {
      const { gen, data, schemaCode } = context;
      const code = _`measures[${keyword}]`;
      const measured = gen.scopeValue('func', { key: keyword, ref: measure, code });
      context.fail(_`${measured}(${data}) > ${schemaCode}`);
    },
  };
}

/** A schema of the JSON object that a string holds, if it holds one. */
const jsonContent: CodeKeywordDefinition = {
  keyword: 'jsonContent',
  type: 'string',
  schemaType: 'object',
  trackErrors: true,
  code: context => {
    const { gen, data } = context;
    const read = gen.scopeValue('func', { key: 'jsonContent', ref: jsonObjectIn, code: _`jsonObjectIn` });
    const content = gen.const('content', _`${read}(${data})`);
    const isValid = gen.let('isValid', true);
    gen.if(_`${content} !== undefined`, () => {
      const fits = gen.name('fits');
      const silent = { compositeRule: true, createErrors: false, allErrors: false } as const;
      context.subschema({ keyword: 'jsonContent', data: content, dataTypes: [], ...silent }, fits);
      gen.assign(isValid, fits);
    });
    // What is wrong in the content is one error of the string.
    context.result(
      isValid,
      () => undefined,
      () => {
        context.reset();
        context.error();
      },
    );
  },
};

/** Tells the caller, who is `this` of the validator, that a part of the schema applies; says nothing of the value. */
const appliesHere: CodeKeywordDefinition = {
  keyword: 'appliesHere',
  schemaType: 'number',
  code: ({ gen, schemaCode }) => {
    gen.code(_`this.note(${schemaCode})`);
  },
};
