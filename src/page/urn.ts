/** The grammar of a function URN, as a response reports it and as a path parameter may shorten it. */

/** A function URN taken apart. What a short form leaves out is `undefined`. */
export interface FunctionUrn {
  readonly region?: string;
  readonly projectId?: string;
  readonly package?: string;
  readonly name: string;
  /** A version name, `latest`, or `!` and an alias. */
  readonly qualifier?: string;
}

/** A function URN with every field but the qualifier. */
export type FullFunctionUrn = Required<Omit<FunctionUrn, 'qualifier'>> & Pick<FunctionUrn, 'qualifier'>;

/**
 * Reads the long form: `urn:fss:<region>:<project_id>:function:<package>:<name>`, optionally with an eighth
 * field, a version or `!<alias>`. Answers `undefined` for anything else.
 *
 * @example parseFullUrn('urn:fss:r:p:function:default:test')?.name // 'test'
 */
export function parseFullUrn(text: string): FullFunctionUrn | undefined {
  const match = LONG_FORM.exec(text);
  if (match === null) return undefined;
  const [, region = '', projectId = '', pack = '', name = '', qualifier] = match;
  const seven = { region, projectId, package: pack, name };
  return qualifier === undefined ? seven : { ...seven, qualifier };
}

const LONG_FORM = /^urn:fss:([^:]+):([^:]+):function:([^:]+):([^:]+)(?::(?!!?$)([^:]+))?$/;

/** Whether a text is a URN in the long form. */
export function isFullUrnText(text: string): boolean {
  return LONG_FORM.test(text);
}

/** Whether a URN was written in the long form: the short ones leave the region out. */
export function isFullUrn(urn: FunctionUrn): urn is FullFunctionUrn {
  return urn.region !== undefined;
}

/**
 * Reads a URN as the path parameter accepts it: the long form, or one of the short ones `<name>`,
 * `<package>:<name>`, `<project_id>:<package>:<name>`, `<project_id>:<package>:<name>:<version or alias>`.
 * Answers `undefined` when it is none of them.
 */
export function parseUrnParameter(text: string): FunctionUrn | undefined {
  const long = parseFullUrn(text);
  if (long !== undefined) return long;
  const fields = text.split(':');
  if (fields.length > 4 || fields.some(field => field === '')) return undefined;
  const [first = '', second = '', third = '', fourth] = fields;
  if (fields.length === 1) return { name: first };
  if (fields.length === 2) return { package: first, name: second };
  const short = { projectId: first, package: second, name: third };
  return fourth === undefined ? short : { ...short, qualifier: fourth };
}

/** Fields that a URN has in one of its forms. */
const FIELD_COUNTS = new Set([1, 2, 3, 4, 7, 8]);

/** Whether a path parameter has no form of a URN: a wrong prefix, or a wrong number of fields. */
export function isMalformedUrn(text: string): boolean {
  const fields = text.split(':');
  const isLong = fields.length > 4;
  const hasPrefix = fields[0] === 'urn' && fields[1] === 'fss' && fields[4] === 'function';
  return !FIELD_COUNTS.has(fields.length) || (isLong && !hasPrefix);
}

/** Writes the long form; an eighth field when there is a qualifier. */
export function formatUrn(urn: FullFunctionUrn): string {
  const seven = `urn:fss:${urn.region}:${urn.projectId}:function:${urn.package}:${urn.name}`;
  return urn.qualifier === undefined ? seven : `${seven}:${urn.qualifier}`;
}

/**
 * Every form in which the path may name the function, longest first, by number of fields and meaning.
 * The forms without an explicit version mean `latest`.
 */
export function urnForms(urn: FullFunctionUrn): Record<string, string> {
  const { projectId, package: pack, name } = urn;
  return {
    'urn:fss:…:<package>:<name>:<version>': formatUrn({ ...urn, qualifier: 'latest' }),
    'urn:fss:…:<package>:<name>': formatUrn({ region: urn.region, projectId, package: pack, name }),
    '<project_id>:<package>:<name>:<version>': `${projectId}:${pack}:${name}:latest`,
    '<project_id>:<package>:<name>': `${projectId}:${pack}:${name}`,
    '<package>:<name>': `${pack}:${name}`,
    '<name>': name,
  };
}

/** The URN without its version or alias; a text that is no long URN comes back as it is. */
export function withoutQualifier(text: string): string {
  const urn = parseFullUrn(text);
  if (urn === undefined) return text;
  const { qualifier: _, ...seven } = urn;
  return formatUrn(seven);
}

/** Whether a path parameter names a version or an alias of a function, not the function as it is now. */
export function namesVersion(functionUrn: string | undefined): boolean {
  const qualifier = parseUrnParameter(functionUrn ?? '')?.qualifier;
  return qualifier !== undefined && qualifier !== 'latest';
}
