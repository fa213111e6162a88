/** Whether the glob matches the text; `*` stands for any characters. */
export function matchesGlob(glob: string, text: string): boolean {
  const literal = glob.split('*').map(part => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's').test(text);
}

/** Whether one of the globs matches the text. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some(glob => matchesGlob(glob, text));
}
