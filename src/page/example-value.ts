import type { PageSchema } from './schema.ts';

/**
 * A value that a member may have: the one that its row gives, else the first that its schema allows.
 *
 * @throws Error for a pattern or format whose row gives no example
 */
export function exampleOf(schema: PageSchema): unknown {
  const {
    type = 'object',
    enum: values,
    minimum,
    maximum,
    minLength = 4,
    maxLength = minLength,
    page,
  } = schema;
  if (page?.example !== undefined) return page.example;
  if (values !== undefined) return values[0];
  if (schema.pattern !== undefined || schema.format !== undefined) {
    throw new Error(
      `A member with a pattern or format needs page.example: ${page?.says ?? JSON.stringify(schema)}`,
    );
  }
  const [first] = [type].flat();
  switch (first) {
    case 'integer':
      return minimum ?? maximum ?? 1;
    case 'boolean':
      return false;
    case 'string':
      return 'text'.padEnd(minLength, '.').slice(0, Math.max(minLength, Math.min(4, maxLength)));
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items)];
    default:
      return withExamples({}, schema);
  }
}

/** An object with an example of each documented member that it says nothing of. */
export function withExamples(
  object: Readonly<Record<string, unknown>>,
  { properties = {} }: PageSchema,
): Record<string, unknown> {
  const others = Object.entries(properties).filter(([name]) => !Object.hasOwn(object, name));
  return { ...object, ...Object.fromEntries(others.map(([name, schema]) => [name, exampleOf(schema)])) };
}
