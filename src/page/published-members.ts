import { flatten, type Member } from './schema.ts';
import { publishedVersionPage } from './schema-clauses.ts';

const members = new Map(flatten(publishedVersionPage.members).map(member => [member.subject, member]));

/**
 * The row of the page for a member of a published version.
 *
 * @param subject `body.strategy_config.concurrency`
 * @throws Error when the page has no such row
 */
export function publishedMember(subject: string): Member {
  const member = members.get(subject);
  if (member === undefined) throw new Error(`The page has no member ${subject}.`);
  return member;
}

/** Whether the page has a row for the member. */
export function isPublishedMember(subject: string): boolean {
  return members.has(subject);
}
