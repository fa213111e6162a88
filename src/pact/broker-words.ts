import { isObject } from '../page/formats.ts';

/** What is shown of an explanation, in characters: a broker may answer with a whole diff. */
const LONGEST = 500;

const MOST = 10;

/**
 * How a broker explains an answer, in its own words, each once: its `errors`, `error`, notices that are errors,
 * or what `application/problem+json` says.
 *
 * @example brokerWords({ errors: { environment: ["with name 'x' does not exist"] } })
 * // ["environment: with name 'x' does not exist"]
 */
export function brokerWords(answer: Readonly<Record<string, unknown>>): readonly string[] {
  const { errors, error, notices, detail, title } = answer;
  const told = [...sentences(errors), ...sentences(error), ...noticesIn(notices)];
  const words = told.length > 0 ? told : [...sentences(detail ?? title)];
  return [...new Set(words.map(text => shortened(text.trim())))].filter(text => text !== '').slice(0, MOST);
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}

/** A message that begins in lower case speaks of the member that it stands under. */
function sentences(value: unknown, member = ''): readonly string[] {
  if (typeof value === 'string')
    return [member !== '' && /^\p{Ll}/u.test(value) ? `${member}: ${value}` : value];
  if (Array.isArray(value)) return value.flatMap(each => sentences(each, member));
  if (!isObject(value)) return [];
  if (typeof value.detail === 'string') return sentences(value.detail, pointed(value.pointer) ?? member);
  if (typeof value.message === 'string') return sentences(value.message, member);
  return Object.entries(value).flatMap(([name, each]) => sentences(each, /^\d+$/.test(name) ? member : name));
}

function pointed(pointer: unknown): string | undefined {
  return typeof pointer === 'string' ? pointer.split('/').findLast(name => !/^\d*$/.test(name)) : undefined;
}

function noticesIn(notices: unknown): readonly string[] {
  if (!Array.isArray(notices)) return [];
  return notices.flatMap((notice: unknown) =>
    isObject(notice) && notice.type === 'error' && typeof notice.text === 'string' ? [notice.text] : [],
  );
}
