import { broken, held, type Level, type Outcome, type Rule } from '../clause.ts';
import { lastName, pathOf } from '../conditions/condition.ts';
import { conditions } from '../conditions/conditions.ts';
import { configuration } from '../configuration.ts';
import { MISSING_RESOURCE_CODES, membersOfCode } from '../error-codes.ts';
import { valueAt } from '../paths.ts';
import { isPublishedMember, publishedMember } from '../published-members.ts';
import { isAtOrBelow } from '../resources.ts';
import { flatten, type Member, membersOf } from '../schema.ts';
import type { ConfigurationView } from '../views.ts';
import { inWords } from '../words.ts';
import { configurationMembers, memberPath } from './echo.ts';
import { namesQuota } from './quota.ts';
import { bodyOf } from './request-faults.ts';

/** Members that carry the code, or that services know better. */
const NOT_CLAIMED =
  /^(?:func_name|func_code\..*|custom_image\.enabled|dependencies|func_vpc\.(?:vpc_name|subnet_name|cidr|gateway))$/;

/** Members that name resources and nothing else: refusing them is a finding where the resource is known to exist. */
const NAMES_ALONE =
  /^(?:depend_version_list|enterprise_project_id|custom_image\.image|log_config\.(?:group_id|stream_id))$/;

/** Honest services differ in these, or another page alone says it. */
const RECOMMENDED =
  /^(?:func_vpc|mount_config|custom_image|log_config)\.|^(?:encrypted_user_data|depend_version_list)$/;

/** The create page alone limits it. */
const LIMIT_RECOMMENDED = /^encrypted_user_data$/;

/** A refusal in these words is about a named resource, not about the value. */
const MISSING_RESOURCE_WORDS = /\bnot (?:be )?(?:exist|found)|\bdoes ?n[o’']t exist|\bno such\b/i;

/** VPCs, mounts and custom images may need more than themselves; a refusal that asks for it is none of theirs. */
const WANTED = [
  { words: /\b(?:agency|xrole)\b/i, member: 'xrole' },
  { words: /\bcustom_image\b/i, member: 'custom_image.image' },
];
const MAY_NEED_MORE = /^(?:func_vpc\.|mount_config\.|custom_image\.|runtime$|code_type$)/;

function isForWantOfMore(view: ConfigurationView, path: string): boolean {
  if (!MAY_NEED_MORE.test(path)) return false;
  return WANTED.some(({ words, member }) => words.test(view.errorMessage) && !isExisting(view, member));
}

/** Services may demand concurrent_num beside concurrency, or refuse it there: in such words, neither is refused for its value. */
function isForFormOfStrategy({ sent, errorMessage }: ConfigurationView, path: string): boolean {
  if (!isAtOrBelow(path, 'strategy_config') || !/\bconcurrent_num\b/.test(errorMessage)) return false;
  return valueAt(sent, 'strategy_config.concurrent_num') === undefined
    ? path === 'strategy_config.concurrency'
    : /\bconcurrency\b/.test(errorMessage);
}

/** Whether the member names a resource that is known to exist. */
function isExisting({ context: { existing = [] } }: ConfigurationView, path: string): boolean {
  return existing.some(member => isAtOrBelow(path, member));
}

/**
 * Statuses that say nothing about the configuration: credentials, a function or an operation that is not there, conflicts,
 * the gateway.
 */
const UNRELATED: ReadonlySet<number> = new Set([401, 403, 404, 405, 408, 409, 413, 429, 501, 502, 503, 504]);

/** Whether the answer says nothing about the member: not even a resource is missing that is known to exist. */
function isUnrelated(view: ConfigurationView, path: string): boolean {
  const { status, errorCode, errorMessage } = view;
  const isMissing = errorCode !== undefined && MISSING_RESOURCE_CODES.has(errorCode);
  if (isMissing && isExisting(view, path)) return false;
  if (namesQuota(view) || UNRELATED.has(status)) return true;
  return !isExisting(view, path) && (isMissing || MISSING_RESOURCE_WORDS.test(errorMessage));
}

function isAccepted(view: ConfigurationView): boolean {
  return view.status >= 200 && view.status < 300;
}

/**
 * The member that a refusal is put down to: the one that its code or its words name, else the one in which the
 * configuration differs from an accepted one.
 */
function blamed(view: ConfigurationView): string | undefined {
  const { suspects } = view.context;
  // Any of them may be the reason, whatever the words say.
  if (suspects !== undefined && suspects.length > 1) return undefined;
  const sent = claimedPaths.filter(each => valueAt(view.sent, each) !== undefined);
  const ofCode = sent.filter(each => isOfCode(view, each));
  return namedBest(view, ofCode.length > 0 ? ofCode : sent) ?? ofCode[0] ?? suspectIn(view, sent);
}

/** The member that is suspected alone, or the first one below it that is sent. */
function suspectIn(
  { context: { suspects = [] } }: ConfigurationView,
  sent: readonly string[],
): string | undefined {
  const [suspect] = suspects;
  return suspect === undefined ? undefined : (sent.find(each => isAtOrBelow(each, suspect)) ?? suspect);
}

/** The one of these members that the words of a refusal name best: its own name, and those of what holds it. */
function namedBest(view: ConfigurationView, paths: readonly string[]): string | undefined {
  const words = new Set(view.errorMessage.split(/[^A-Za-z0-9_]+/));
  const scored = paths.map(path => {
    const names = path.split('.');
    return { path, score: words.has(lastName(path)) ? names.filter(name => words.has(name)).length : 0 };
  });
  const best = Math.max(1, ...scored.map(({ score }) => score));
  const [first, ...others] = scored.filter(({ score }) => score === best);
  return others.length === 0 ? first?.path : undefined;
}

function acceptance(path: string, row: Member): Rule<ConfigurationView> {
  const level: Level = RECOMMENDED.test(path) ? 'recommended' : 'required';
  return {
    id: `config.${path}.accepted`,
    subject: `config.${path}`,
    level,
    title: `a configuration with a documented ${path} is accepted`,
    source: { table: row.table, row: row.name },
    when: `a function that is created or changed, with a documented ${path}`,
    ruling: 'A refusal that says that a named resource does not exist is no refusal of the value.',
    check: view => {
      if (view.outside.length > 0 || valueAt(view.sent, path) === undefined || isUnrelated(view, path))
        return null;
      if (isAccepted(view)) return view.either.includes(path) ? null : held;
      if (NAMES_ALONE.test(path) && !isExisting(view, path)) return null;
      if (blamed(view) !== path || isExcused(view, path)) return null;
      return broken(
        `${path} ${inWords(valueAt(view.sent, path))} was refused with ${answerInWords(view)}${misnamed(view, path)}`,
      );
    },
  };
}

/** Whether the refusal may be for something else: a member with which services differ, or one that is missing. */
function isExcused(view: ConfigurationView, path: string): boolean {
  if (isForWantOfMore(view, path) || isForFormOfStrategy(view, path)) return true;
  return view.either.some(each => each === path || isNamed(view, each));
}

/** Whether code or words of a refusal name the member. */
function isNamed(view: ConfigurationView, path: string): boolean {
  return isOfCode(view, path) || namedBest(view, [path]) !== undefined;
}

/** Whether the code of a refusal is about the member. */
function isOfCode({ errorCode }: ConfigurationView, path: string): boolean {
  return errorCode !== undefined && membersOfCode(errorCode).includes(path);
}

/** What a refusal names in place of the member, for who wonders why it is put down to that one. */
function misnamed(view: ConfigurationView, path: string): string {
  if (isNamed(view, path)) return '';
  const byCode = view.errorCode === undefined ? [] : membersOfCode(view.errorCode);
  const other = namedBest(view, claimedPaths) ?? byCode[0];
  return other === undefined ? '; the refusal names no member' : `; the refusal names ${other}`;
}

function answerInWords(view: ConfigurationView): string {
  const words = [view.errorCode ?? '', view.errorMessage].filter(word => word !== '').map(inWords);
  return words.length === 0 ? String(view.status) : `${view.status}: ${words.join(' ')}`;
}

/** The one member that is outside, when it is this one. */
function isTheOneOutside(view: ConfigurationView, path: string): boolean {
  const [outside = '', ...others] = view.outside;
  // An item of an array is no member of its own.
  const isIt = others.length === 0 && (outside === path || outside === `${path}[]`);
  return isIt && !isUnrelated(view, path);
}

function refusal(path: string, row: Member): readonly Rule<ConfigurationView>[] {
  const clause = {
    subject: `config.${path}`,
    source: { table: row.table, row: row.name },
    when: `a function that is created or changed, with ${path} one step outside what is documented`,
  } as const;
  return [
    {
      ...clause,
      id: `config.${path}.refused`,
      level: 'recommended',
      title: `a configuration with an undocumented ${path} is refused`,
      check: view => {
        if (!isTheOneOutside(view, path)) return null;
        return isAccepted(view)
          ? broken(`${path} ${sentAt(view, path)} was accepted with ${view.status}`)
          : held;
      },
    },
    {
      ...clause,
      id: `config.${path}.refusal`,
      level: LIMIT_RECOMMENDED.test(path) ? 'recommended' : 'required',
      title: `an undocumented ${path} is refused with 400 and an error body`,
      check: view => (isTheOneOutside(view, path) && !isAccepted(view) ? refusalOutcome(view, path) : null),
    },
  ];
}

function refusalOutcome(view: ConfigurationView, path: string): Outcome {
  if (view.status !== 400) {
    return broken(
      `${path} ${sentAt(view, path)} was refused with ${view.status}; documented: 400${misnamed(view, path)}`,
    );
  }
  const body = bodyOf(view);
  const missing = ['error_code', 'error_msg'].filter(
    name => typeof body[name] !== 'string' || body[name] === '',
  );
  return missing.length === 0
    ? held
    : broken(
        `${path} was refused with an error body without ${missing.join(' and ')}${misnamed(view, path)}`,
      );
}

function sentAt(view: ConfigurationView, path: string): string {
  const [array = path] = path.split('[]');
  return inWords(valueAt(view.sent, array));
}

/** The members of a configuration about which something is claimed. */
const settable = configurationMembers().filter(member => !NOT_CLAIMED.test(memberPath(member)));

const claimedPaths: readonly string[] = settable.map(memberPath);

/** Members of which it can be said what is undocumented. */
const limited = settable.filter(member => !NAMES_ALONE.test(memberPath(member)));

const everyMember = flatten(membersOf(configuration, 'config'));
const rows = new Map(everyMember.map(member => [memberPath(member), member.schema.page?.row]));

/** An array is set as one member, and the members of a mount are documented each. */
const mountMembers = everyMember
  .map(memberPath)
  .filter(path => path.startsWith('mount_config.func_mounts[].'));

/** A request of its own configures them, with these members in its body. */
const IS_A_BODY = /^function_async_config$/;

/** Objects that are set as a member: nothing else can stand there. */
const holders = everyMember
  .filter(({ schema }) => schema.type === 'object')
  .map(memberPath)
  .filter(path => isPublishedMember(`body.${path}`) && !IS_A_BODY.test(path));

/** Members whose undocumented values are refused: by their schema, or beside other members. */
export const refusablePaths: readonly string[] = [
  ...new Set([
    ...limited.map(memberPath),
    ...mountMembers,
    ...holders,
    ...conditions.filter(({ request }) => request === 'outside').map(pathOf),
  ]),
];

function rowOf(path: string): Member {
  return publishedMember(`body.${rows.get(path) ?? path}`);
}

/** Clauses by which a configuration is accepted or refused: one pair or triple for each member that can be set. */
export const configurationRules: readonly Rule<ConfigurationView>[] = [
  ...settable.map(member => acceptance(memberPath(member), rowOf(memberPath(member)))),
  ...refusablePaths.flatMap(path => refusal(path, rowOf(path))),
];
