/** Pact matchers, derived from the schemas of the page: what Pact can say of them, and only what is required. */

import { ASPECTS, type PageSchema } from '../src/page/schema.ts';
import { formatExpressions } from './format-expressions.ts';

/** What Pact checks a value by: one matcher, or several that must all accept it. */
export interface Matcher {
  readonly 'pact:matcher:type': string | readonly Rule[];
  readonly value: unknown;
  readonly [member: string]: unknown;
}

interface Rule {
  readonly 'pact:matcher:type': string;
  readonly regex?: string;
}

/** A text that the expression describes. */
export function regex(expression: string, value: unknown): Matcher {
  return { 'pact:matcher:type': 'regex', regex: expression, value };
}

/** The place in a template where a value of the provider state is put. */
export function stateValue(name: string): string {
  return `\${${name}}`;
}

/**
 * Exactly the text that arises when values of the provider state are put into the template.
 *
 * @param template holds `stateValue`s
 * @param value what it comes to in the consumer's own test
 */
export function fromState(template: string, value: string): Matcher {
  return {
    'pact:matcher:type': 'equality',
    value,
    'pact:generator:type': 'ProviderState',
    expression: template,
  };
}

/**
 * The matcher of a value of the page: members of an object as in the example, at least one item for an array
 * with items.
 *
 * @param isMandatory a mandatory text must not be blank
 */
export function matcherOf(schema: PageSchema, example: unknown, isMandatory = false): unknown {
  if (Array.isArray(example)) {
    const items = example.map(item => matcherOf(schema.items ?? {}, item));
    return { 'pact:matcher:type': 'type', min: 1, value: items };
  }
  if (typeof example === 'object' && example !== null) {
    const members = Object.entries(example).map(([name, value]) => {
      const member = schema.properties?.[name];
      if (member === undefined) throw new Error(`The page has no member ${name} here.`);
      return [name, matcherOf(member, value, schema.required?.includes(name))];
    });
    return Object.fromEntries(members);
  }
  const rules = rulesOf(schema, isMandatory);
  const [only] = rules;
  if (rules.length === 1) return { ...only, value: example };
  return { 'pact:matcher:type': rules, value: example };
}

/** Everything that must hold of a scalar. */
function rulesOf(schema: PageSchema, isMandatory: boolean): readonly Rule[] {
  const expressions = expressionsOf(schema);
  if (schema.type === 'integer') return [{ 'pact:matcher:type': 'integer' }, ...expressions.map(rule)];
  if (schema.type === 'boolean') return [{ 'pact:matcher:type': 'boolean' }];
  if (expressions.length > 0) return expressions.map(rule);
  return [isMandatory ? rule(NOT_BLANK) : { 'pact:matcher:type': 'type' }];
}

const NOT_BLANK = '^[\\s\\S]+$';

function rule(expression: string): Rule {
  return { 'pact:matcher:type': 'regex', regex: expression };
}

/** The required keywords of a scalar's schema that are a regular expression, or can be said as one. */
export function expressionsOf(schema: PageSchema): readonly string[] {
  const { enum: values, pattern, format, minLength, maxLength } = schema;
  return [
    ...(values === undefined ? [] : [alternation(values)]),
    ...(pattern === undefined || !isRequired(schema, 'pattern') ? [] : [pattern]),
    ...(format === undefined || !isRequired(schema, 'format') ? [] : [formatExpression(format)]),
    ...(minLength === undefined ? [] : [`^[\\s\\S]{${minLength},${maxLength ?? ''}}$`]),
  ];
}

function isRequired({ page }: PageSchema, keyword: string): boolean {
  const aspect = page?.aspects?.[keyword] ?? ASPECTS[keyword] ?? keyword;
  return (page?.levels?.[aspect] ?? 'required') === 'required';
}

function alternation(values: readonly (string | number)[]): string {
  return `^(?:${values.map(value => escaped(String(value))).join('|')})$`;
}

/** The text as an expression that accepts nothing else. */
export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function formatExpression(format: string): string {
  const known = formatExpressions[format];
  if (known === undefined) throw new Error(`The format ${format} has no regular expression.`);
  return known.expression;
}
