import { isDeepStrictEqual } from 'node:util';
import { broken, held, type Level, type Rule } from '../clause.ts';
import { configuration } from '../configuration.ts';
import { isObject } from '../formats.ts';
import { pointerOf, valueAt, valueAtNames } from '../paths.ts';
import { isPublishedMember, publishedMember } from '../published-members.ts';
import { type Member, membersOf } from '../schema.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';

/** Members that have a rule of their own or are reported as something else, and those that the service knows better: names and addresses of a network. */
const NOT_ECHOED = new Set([
  'func_name',
  'package',
  'func_vpc.vpc_name',
  'func_vpc.subnet_name',
  'func_vpc.cidr',
  'func_vpc.gateway',
  'depend_version_list',
  'custom_image.image',
]);

/** Honest services differ in these, the file may be named by the service itself, or another page alone says it. */
const RECOMMENDED =
  /^(?:description|encrypted_user_data|code_filename|func_vpc|mount_config|log_config)(?:\.|$)/;

/** Written as a string (the table) or a number (the examples). */
const MOUNT_ID = /^mount_config\.mount_user\./;

/**
 * The members of a configuration that can be set by themselves, as paths: `timeout`,
 * `strategy_config.concurrency`. An array is one member.
 */
export function configurationMembers(): readonly Member[] {
  return leaves(membersOf(configuration, 'config'));
}

function leaves(members: readonly Member[]): readonly Member[] {
  return members.flatMap(member => (member.schema.type === 'object' ? leaves(member.children) : [member]));
}

/** `config.timeout` -> `timeout` */
export function memberPath(member: Member): string {
  return member.subject.slice('config.'.length);
}

/** A member that is configured, and where a version reports it. */
export interface EchoedMember {
  /** `log_config.group_id` */
  readonly path: string;
  /** `log_group_id`; most often the same. */
  readonly reportedAt: string;
}

function echoRule({ path, reportedAt }: EchoedMember): Rule<PublishedView> {
  const row = publishedMember(`body.${reportedAt}`);
  const names = path.split('.');
  const reportedNames = reportedAt.split('.');
  const pointer = pointerOf(reportedAt);
  const level: Level = RECOMMENDED.test(path) ? 'recommended' : 'required';
  return {
    id: `body.${reportedAt}.echo`,
    subject: `body.${reportedAt}`,
    level,
    title: `the published version reports the ${reportedAt} that was configured`,
    source: { table: row.table, row: row.name },
    when: `every 200 answer for a function that was configured with a documented ${path}`,
    ruling: 'What is outside the documented range and was accepted may come back otherwise.',
    check: ({ body, configured, isFlawed }) => {
      const wanted = valueAtNames(configured, names);
      if (wanted === undefined || isFlawed(pointer)) return null;
      const reported = valueAtNames(body, reportedNames);
      if (isMountAbsent(path, body) || (path === 'encrypted_user_data' && reported === undefined))
        return held;
      if (MOUNT_ID.test(path) ? String(reported) === String(wanted) : saysTheSame(reported, wanted))
        return held;
      return broken(`${reportedAt} is ${inWords(reported)}; configured: ${inWords(wanted)}`, pointer);
    },
  };
}

/** A new version may come without the function's mount_config. */
function isMountAbsent(path: string, body: PublishedView['body']): boolean {
  return path.startsWith('mount_config.') && body.mount_config === undefined;
}

/** Equal, but for members that a service adds to the objects of an array. */
function saysTheSame(reported: unknown, configured: unknown): boolean {
  if (!Array.isArray(configured)) return reported === configured;
  return (
    Array.isArray(reported) &&
    reported.length === configured.length &&
    configured.every((item, index) =>
      isObject(item) ? isIncluded(item, reported[index]) : reported[index] === item,
    )
  );
}

function isIncluded(configured: Readonly<Record<string, unknown>>, reported: unknown): boolean {
  return Object.entries(configured).every(([name, value]) =>
    isDeepStrictEqual(valueAt(reported, name), value),
  );
}

/** Members of a configuration that a version reports as they were set. */
export const echoedMembers: readonly EchoedMember[] = configurationMembers().flatMap(member => {
  const path = memberPath(member);
  const reportedAt = member.schema.page?.row ?? path;
  return isPublishedMember(`body.${reportedAt}`) && !NOT_ECHOED.has(path) ? [{ path, reportedAt }] : [];
});

/** The dependencies that were configured by the ids of their versions are reported, and no others. */
const dependenciesById: Rule<PublishedView> = {
  id: 'body.dependencies.ids',
  subject: 'body.dependencies',
  level: 'recommended',
  title: 'the published version reports the dependencies that were configured by id',
  source: { table: 'Table 4', row: 'dependencies' },
  when: 'every 200 answer for a function that was configured with a depend_version_list',
  ruling: 'The create page: depend_version_list has ids of versions of dependencies.',
  check: ({ body, configured, isFlawed }) => {
    const ids = configured?.depend_version_list;
    if (ids === undefined || isFlawed('/dependencies')) return null;
    const reported = body.dependencies ?? [];
    const isReported = (id: string) => reported.some(each => each.id === id || each.dep_id === id);
    const missing = ids.filter(id => !isReported(id));
    if (missing.length > 0)
      return broken(
        `none of the dependencies has the id ${inWords(missing[0])}, which was configured`,
        '/dependencies',
      );
    return reported.length === ids.length
      ? held
      : broken(`there are ${reported.length} dependencies; configured: ${ids.length}`, '/dependencies');
  },
};

/** Clauses by which a published version reports what was configured: one for each member that can be set. */
export const echoRules: readonly Rule<PublishedView>[] = [...echoedMembers.map(echoRule), dependenciesById];
