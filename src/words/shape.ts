/** The part of JSON Schema that says what a function takes: small enough to be checked without a compiler. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: boolean | Shape;
  readonly items?: Shape;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly minProperties?: number;
}

/** What does not fit, as ajv says it. */
export interface Flaw {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** JSON pointer; empty for the whole. */
  readonly instancePath: string;
  readonly data: unknown;
  /** The shape that it does not fit. */
  readonly shape: Shape;
}

/** Everything that does not fit; members that are undefined are not there. */
export function flawsOf(value: unknown, shape: Shape, instancePath = ''): readonly Flaw[] {
  const flaw = (keyword: string, params: Flaw['params'] = {}): Flaw => ({
    keyword,
    params,
    instancePath,
    data: value,
    shape,
  });
  const types = shape.type === undefined ? [] : [shape.type].flat();
  if (types.length > 0 && !types.some(type => isOfType(value, type))) return [flaw('type', { type: types })];
  if (shape.enum !== undefined && !shape.enum.includes(value))
    return [flaw('enum', { allowedValues: shape.enum })];
  if (typeof value === 'string' && value.length < (shape.minLength ?? 0))
    return [flaw('minLength', { limit: shape.minLength })];
  if (typeof value === 'number') return flawsOfNumber(value, shape, flaw);
  if (Array.isArray(value) && value.length < (shape.minItems ?? 0))
    return [flaw('minItems', { limit: shape.minItems })];
  if (Array.isArray(value))
    return value.flatMap((item, index) => flawsOf(item, shape.items ?? {}, `${instancePath}/${index}`));
  return typeof value === 'object' && value !== null ? flawsOfObject(value, shape, instancePath, flaw) : [];
}

type MakeFlaw = (keyword: string, params?: Flaw['params']) => Flaw;

function flawsOfNumber(value: number, shape: Shape, flaw: MakeFlaw): readonly Flaw[] {
  const { minimum, maximum, exclusiveMinimum } = shape;
  if (minimum !== undefined && value < minimum) return [flaw('minimum', { limit: minimum })];
  if (maximum !== undefined && value > maximum) return [flaw('maximum', { limit: maximum })];
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return [flaw('exclusiveMinimum', { limit: exclusiveMinimum })];
  return [];
}

function flawsOfObject(value: object, shape: Shape, path: string, flaw: MakeFlaw): readonly Flaw[] {
  const { required = [], properties = {}, additionalProperties = true } = shape;
  const members = new Map(Object.entries(value).filter(([, member]) => member !== undefined));
  if (members.size < (shape.minProperties ?? 0))
    return [flaw('minProperties', { limit: shape.minProperties })];
  const missing = required.filter(name => !members.has(name) && Reflect.get(value, name) === undefined);
  const wrong = [...members].flatMap(([name, member]): readonly Flaw[] => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own !== undefined) return flawsOf(member, own, `${path}/${name}`);
    if (additionalProperties === false) return [flaw('additionalProperties', { additionalProperty: name })];
    return additionalProperties === true ? [] : flawsOf(member, additionalProperties, `${path}/${name}`);
  });
  return [...missing.map(name => flaw('required', { missingProperty: name })), ...wrong];
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}
