import { didYouMean, nearest } from '../words/nearest.ts';

/** Whether the glob matches the text; `*` stands for any characters. */
export function matchesGlob(glob: string, text: string): boolean {
  const literal = glob.split('*').map(part => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's').test(text);
}

/** Whether one of the globs matches the text. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some(glob => matchesGlob(glob, text));
}

/** Asks for what a glob that matches none of the ids may have meant, after a blank; nothing when that is unclear. */
export function didYouMeanIds(glob: string, ids: readonly string[]): string {
  const text = glob.replaceAll('*', '');
  const within = text === '' ? [] : ids.filter(id => id.includes(text)).slice(0, 5);
  if (within.length > 0) return ` Did you mean ${within.join(', ')}?`;
  const spelled = glob
    .split('.')
    .map(part => spelledRight(part, ids))
    .join('.');
  return ids.some(id => matchesGlob(spelled, id)) ? ` Did you mean ${spelled}?` : didYouMean(glob, ids);
}

/** The part of a glob between two dots as the nearest part of an id has it, from its beginning when it ends in `*`. */
function spelledRight(part: string, ids: readonly string[]): string {
  const isOpen = part.endsWith('*');
  const text = part.replaceAll('*', '');
  const known = [...new Set(ids.flatMap(id => id.split('.')))];
  if (text === '' || known.includes(text)) return part;
  if (!isOpen) return part.replace(text, nearest(text, known)[0] ?? text);
  const beginnings = known.flatMap(word => [0, 1, -1].map(more => word.slice(0, text.length + more)));
  const [beginning] = nearest(text, beginnings, 1);
  const meant = known.find(word => beginning !== undefined && word.startsWith(beginning));
  return meant === undefined ? part : `${meant}*`;
}
