/** Groups of subjects, as a report lists them. */

const GROUPS: readonly (readonly [name: string, firstParts: readonly string[]])[] = [
  ['body', ['body']],
  ['config', ['config']],
  ['request', ['request']],
  ['error', ['error']],
  ['status, header', ['status', 'header']],
  ['state', ['state']],
  ['robustness', ['robustness']],
];

/** Subjects that this version does not know, in a report of another one. */
const OTHER = 'other';

function groupOf(subject: string): string {
  const [first = ''] = subject.split(/[.[]/, 1);
  return GROUPS.find(([, firstParts]) => firstParts.includes(first))?.[0] ?? OTHER;
}

/** The clauses of each group that has any, in the order of the page. */
export function bySubjectGroup<Item extends { readonly subject: string }>(
  items: readonly Item[],
): readonly (readonly [group: string, items: readonly Item[]])[] {
  return [...GROUPS.map(([name]) => name), OTHER]
    .map(name => [name, items.filter(({ subject }) => groupOf(subject) === name)] as const)
    .filter(([, members]) => members.length > 0);
}
