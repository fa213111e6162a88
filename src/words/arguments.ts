import { didYouMean } from './nearest.ts';
import { schemaTrouble } from './schema-trouble.ts';
import { type Flaw, flawsOf, type Shape } from './shape.ts';

/** What a function of the library takes, for those who call it from JavaScript. */
export interface Expectation {
  /** The function, as it is called. */
  readonly call: string;
  /** What the argument is called in a sentence: `options`, `exchange`. */
  readonly name: string;
  /** How one is written. */
  readonly example: string;
  /** What it is, in the words of JSON Schema; functions are any value. */
  readonly schema: Shape;
  /** Of unknown members only mistyped ones are refused: what another function answered may be spread into it. */
  readonly mayBeSpread?: true;
}

/**
 * Makes the check of an argument.
 *
 * @returns a function that throws a TypeError of one sentence, which says what was expected
 */
export function expectArgument(expectation: Expectation): (value: unknown) => void {
  const { schema, mayBeSpread = false } = expectation;
  return value => {
    if (isPromise(value)) throw new TypeError(sentence(expectation, value));
    const flaws = flawsOf(value, schema);
    // A typo explains what is missing.
    const flaw =
      flaws.find(each => isUnknown(each) && hintFor(each) !== '') ??
      flaws.find(each => !mayBeSpread || !isUnknown(each));
    if (flaw !== undefined) throw new TypeError(sentence(expectation, value, flaw));
  };
}

function isUnknown({ keyword }: Flaw): boolean {
  return keyword === 'additionalProperties';
}

function hintFor({ params, shape }: Flaw): string {
  return didYouMean(String(params.additionalProperty), Object.keys(shape.properties ?? {}));
}

function sentence({ call, name, example }: Expectation, value: unknown, error?: Flaw): string {
  const isWhole = error === undefined || error.instancePath === '';
  if (isWhole && (error === undefined || error.keyword === 'type'))
    return `${call}: expected ${example}, not ${kindOf(value)}.`;
  const place = `${name}${error.instancePath.replaceAll('/', '.')}`;
  switch (error.keyword) {
    case 'type':
      return `${call}: ${place} ${schemaTrouble(error)}, not ${kindOf(error.data)}.`;
    case 'required':
      return `${call}: ${place} ${schemaTrouble(error)}${isWhole ? `: expected ${example}` : ''}.`;
    case 'additionalProperties':
      return `${call}: ${place} ${schemaTrouble(error)}.${hintFor(error)}`;
    case 'enum':
      return `${call}: ${place} ${schemaTrouble(error)}.${didYouMean(String(error.data), (error.shape.enum ?? []).map(String))}`;
    default:
      return `${call}: ${place} ${schemaTrouble(error)}.`;
  }
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (isPromise(value)) return 'a Promise: await it';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'function' ? 'a function' : `the ${typeof value} ${String(value)}`;
}

/** Whether somebody forgot to await it. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
