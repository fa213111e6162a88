/** Whether one of the globs matches the clause id; `*` stands for any characters. */
export function matchesAny(globs: readonly string[], id: string): boolean {
  return globs.some(glob => patternOf(glob).test(id));
}

function patternOf(glob: string): RegExp {
  const literal = glob.split('*').map(part => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`);
}
