import type { Level } from './clause.ts';

/**
 * What a schema of the page carries beside JSON Schema's own keywords, under the keyword `page`.
 * The clause catalogue is derived from it.
 */
export interface PageAnnotation {
  /** On an object: the table whose rows its properties are. */
  readonly table?: string;
  /** What the row says, in our words. */
  readonly says?: string;
  /** How the row is read where it is silent or contradicts itself. */
  readonly ruling?: string;
  /** Levels of aspects that are not `required`. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** Keywords whose aspect is not the usual one, for instance `pattern` that expresses a range. */
  readonly aspects?: Readonly<Record<string, string>>;
  /** The documented values in words, for keywords that do not say it themselves (`format`, `pattern`, `not`). */
  readonly documented?: string;
  /** A value of the member, where its schema does not give one away: it has a pattern or a format. */
  readonly example?: unknown;
  /** Length and format are only recommended when the function runs on a custom runtime. */
  readonly looserOnCustomRuntimes?: true;
  /** The range of the page that sets the member, where it is another one. */
  readonly settable?: { readonly minimum: number; readonly maximum: number };
  /** The row that tells of a member which only requests have. */
  readonly row?: string;
  /** 0 counts as absent while this sibling is absent. */
  readonly zeroIsUnsetWithout?: string;
}

type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'boolean';

/** A JSON Schema (2020-12) of the page: the keywords that it needs, two of our own, and the annotation. */
export interface PageSchema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly properties?: Readonly<Record<string, PageSchema>>;
  readonly required?: readonly string[];
  readonly items?: PageSchema;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly not?: { readonly const: number };
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  /** At most so many bytes of UTF-8. */
  readonly maxUtf8Bytes?: number;
  /** When the string holds a JSON object: at most so many members. */
  readonly maxJsonMembers?: number;
  readonly page?: PageAnnotation;
}

/** Keyword of JSON Schema -> aspect of the clause. */
export const ASPECTS: Readonly<Record<string, string>> = {
  type: 'type',
  enum: 'values',
  minimum: 'range',
  maximum: 'range',
  not: 'range',
  minLength: 'length',
  maxLength: 'length',
  pattern: 'format',
  format: 'format',
  maxUtf8Bytes: 'size',
  maxJsonMembers: 'count',
};

/** One member of an object of the page, with where it stands. */
export interface Member {
  /** `body.mount_config.func_mounts[].mount_type` */
  readonly subject: string;
  /** The row's own name, `mount_type`. */
  readonly name: string;
  readonly table: string;
  /** ajv's schema path of the member's schema, `#/properties/...`. */
  readonly schemaPath: string;
  readonly schema: PageSchema;
  /** Whether the object that holds it requires it. */
  readonly mandatory: boolean;
  readonly children: readonly Member[];
}

/** The members of an object schema, each with the members below it; array items count as `[]`. */
export function membersOf(
  schema: PageSchema,
  subject: string,
  schemaPath = '#',
  table = schema.page?.table ?? '',
): readonly Member[] {
  return Object.entries(schema.properties ?? {}).map(([name, own]) => {
    const at = { subject: `${subject}.${name}`, schemaPath: `${schemaPath}/properties/${pathToken(name)}` };
    const mandatory = schema.required?.includes(name) ?? false;
    return {
      name,
      table,
      schema: own,
      mandatory,
      ...at,
      children: childrenOf(own, at.subject, at.schemaPath),
    };
  });
}

function childrenOf(schema: PageSchema, subject: string, schemaPath: string): readonly Member[] {
  if (schema.items !== undefined) return membersOf(schema.items, `${subject}[]`, `${schemaPath}/items`);
  return membersOf(schema, subject, schemaPath);
}

/** Every member and every member below it, in the order of the page. */
export function flatten(members: readonly Member[]): readonly Member[] {
  return members.flatMap(member => [member, ...flatten(member.children)]);
}

function pathToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
