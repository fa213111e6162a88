import { broken, held, type Level, type Outcome, type Rule } from '../clause.ts';
import { MISSING_RESOURCE_CODES, membersOfCode } from '../error-codes.ts';
import { isObject } from '../formats.ts';
import { valueAt } from '../paths.ts';
import { flatten, type Member, membersOf } from '../schema.ts';
import { publishedVersion } from '../tables/published-version.ts';
import type { ConfigurationView } from '../views.ts';
import { inWords } from '../words.ts';
import { configurationMembers, memberPath } from './echo.ts';

/** Members that name resources which may not exist, or that carry the code. */
const NOT_CLAIMED = /^(?:func_name|func_code\..*|depend_version_list|enterprise_project_id|dependencies)$/;

const RECOMMENDED = /^(?:func_vpc|mount_config)\./;

/** Members below an array: `mount_config.func_mounts[].mount_type` can be refused on its own. */
const tableRows = new Map(
  flatten(membersOf(publishedVersion, 'body')).map(member => [member.subject.slice(5), member]),
);

/** Whether the schema states anything that a value of the right type can break. */
function isConstrained({ schema }: Member): boolean {
  return (
    schema.enum !== undefined ||
    schema.minimum !== undefined ||
    schema.format !== undefined ||
    schema.minLength !== undefined ||
    schema.maxUtf8Bytes !== undefined
  );
}

/** A refusal in these words is about a named resource, not about the value. */
const MISSING_RESOURCE_WORDS = /\bnot (?:be )?(?:exist|found)|\bdoes ?n[o’']t exist|\bno such\b/i;

/** VPCs, mounts and custom images may need more than themselves; a refusal that asks for it is none of theirs. */
const ASKS_FOR_MORE = /\b(?:agency|xrole|custom_image)\b/i;
const MAY_NEED_MORE = /^(?:func_vpc\.|mount_config\.|runtime$|code_type$)/;

function isForWantOfMore(view: ConfigurationView, path: string): boolean {
  return MAY_NEED_MORE.test(path) && ASKS_FOR_MORE.test(view.errorMessage ?? '');
}

/** Statuses that say nothing about the configuration: credentials, quota, conflicts, the gateway. */
function isUnrelated(view: ConfigurationView): boolean {
  return (
    [401, 403, 404, 408, 409, 413, 429, 502, 503, 504].includes(view.status) ||
    (view.errorCode !== undefined && MISSING_RESOURCE_CODES.has(view.errorCode)) ||
    MISSING_RESOURCE_WORDS.test(view.errorMessage ?? '')
  );
}

function isAccepted(view: ConfigurationView): boolean {
  return view.status >= 200 && view.status < 300;
}

/** Whether a refusal is about this member: by suspicion, else by its error code, else by its words. */
function isBlamed(view: ConfigurationView, path: string): boolean {
  const { suspects } = view.context;
  if (suspects !== undefined && suspects.length > 0) return suspects.length === 1 && suspects[0] === path;
  const sent = claimedPaths.filter(each => valueAt(view.sent, each) !== undefined);
  const byCode = view.errorCode === undefined ? [] : membersOfCode(view.errorCode);
  const ofCode = sent.filter(each => byCode.includes(each));
  return (namedBest(view, ofCode.length > 0 ? ofCode : sent) ?? ofCode[0]) === path;
}

/** The one of these members that the words of a refusal name best: its own name, and those of what holds it. */
function namedBest(view: ConfigurationView, paths: readonly string[]): string | undefined {
  const words = new Set((view.errorMessage ?? '').split(/[^A-Za-z0-9_]+/));
  const scored = paths.map(path => {
    const names = path.split('.');
    return { path, score: words.has(names.at(-1) ?? '') ? names.filter(name => words.has(name)).length : 0 };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const [first, ...others] = scored.filter(({ score }) => score === best);
  return best > 0 && others.length === 0 ? first?.path : undefined;
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
      if (view.outside.length > 0 || valueAt(view.sent, path) === undefined || isUnrelated(view)) return null;
      if (isAccepted(view)) return held;
      if (!isBlamed(view, path) || isForWantOfMore(view, path)) return null;
      return broken(`${path} ${inWords(valueAt(view.sent, path))} was refused with ${answerInWords(view)}`);
    },
  };
}

function answerInWords(view: ConfigurationView): string {
  const words = [view.errorCode, view.errorMessage]
    .flatMap(word => (word === undefined ? [] : [inWords(word)]))
    .join(' ');
  return words === '' ? String(view.status) : `${view.status}: ${words}`;
}

/** The one member that is outside, when it is this one. */
function isTheOneOutside(view: ConfigurationView, path: string): boolean {
  return view.outside.length === 1 && view.outside[0] === path && !isUnrelated(view);
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
      level: 'required',
      title: `an undocumented ${path} is refused with 400 and an error body`,
      check: view => (isTheOneOutside(view, path) && !isAccepted(view) ? refusalOutcome(view, path) : null),
    },
  ];
}

function refusalOutcome(view: ConfigurationView, path: string): Outcome {
  if (view.status !== 400) {
    return broken(`${path} ${sentAt(view, path)} was refused with ${view.status}; documented: 400`);
  }
  const body = view.json.kind === 'value' && isObject(view.json.value) ? view.json.value : {};
  const missing = ['error_code', 'error_msg'].filter(
    name => typeof body[name] !== 'string' || body[name] === '',
  );
  return missing.length === 0
    ? held
    : broken(`${path} was refused with an error body without ${missing.join(' and ')}`);
}

function sentAt(view: ConfigurationView, path: string): string {
  const inArray = path.indexOf('[]');
  return inWords(valueAt(view.sent, inArray === -1 ? path : path.slice(0, inArray)));
}

const settable = configurationMembers().filter(member => !NOT_CLAIMED.test(memberPath(member)));

const claimedPaths: readonly string[] = settable.map(memberPath);

/** Members whose undocumented values are refused, those of mounts included. */
export const refusablePaths: readonly string[] = [
  ...settable.filter(isConstrained).map(memberPath),
  'mount_config.func_mounts[].mount_type',
];

function rowOf(path: string): Member {
  const row = tableRows.get(path);
  if (row === undefined) throw new Error(`The page has no row for ${path}.`);
  return row;
}

/** Clauses by which a configuration is accepted or refused: one pair or triple for each member that can be set. */
export const configurationRules: readonly Rule<ConfigurationView>[] = [
  ...settable.map(member => acceptance(memberPath(member), rowOf(memberPath(member)))),
  ...refusablePaths.flatMap(path => refusal(path, rowOf(path))),
];
