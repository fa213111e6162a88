/** What ajv and our own checks say of a value that does not fit. */
export interface SchemaError {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

/** What a value is that does not fit its schema, in words of ours: what comes after the name of its place. */
export function schemaTrouble({ keyword, params, message = 'has another shape' }: SchemaError): string {
  switch (keyword) {
    case 'type':
      return `must be ${kindInWords(params.type)}`;
    case 'required':
      return `has no "${params.missingProperty}"`;
    case 'additionalProperties':
      return `has "${params.additionalProperty}", which is no member of it`;
    case 'enum':
      return `must be one of ${[params.allowedValues].flat().join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'minimum':
      return `must be at least ${params.limit}`;
    case 'exclusiveMinimum':
      return `must be above ${params.limit}`;
    case 'maximum':
      return `must be at most ${params.limit}`;
    case 'maxItems':
      return `must have at most ${params.limit} items`;
    case 'minItems':
    case 'minProperties':
      return params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} members`;
    case 'minLength':
      return params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} characters`;
    default:
      return message;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'an array',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

function kindInWords(type: unknown): string {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.map(each => KINDS[String(each)] ?? String(each)).join(' or ');
}
