import { broken, held, type Rule, type Violation } from '../clause.ts';
import { isPlausibleVersion } from '../formats.ts';
import { valueAt } from '../paths.ts';
import { withoutQualifier } from '../urn.ts';
import type { ReadConfigurationView, VersionListView } from '../views.ts';
import { inWords } from '../words.ts';

/** A version that is in the list under its own name, `latest` aside. */
function namedVersions(view: VersionListView): readonly string[] {
  return view.entries.flatMap(({ version }) =>
    typeof version === 'string' && version !== 'latest' ? [version] : [],
  );
}

/** Members that tell a version's own story; times of the service's own bookkeeping may move. */
const FROZEN = [
  'runtime',
  'timeout',
  'handler',
  'memory_size',
  'code_type',
  'code_url',
  'code_filename',
  'code_size',
  'digest',
  'description',
  'version_description',
  'initializer_handler',
  'initializer_timeout',
  'pre_stop_handler',
  'pre_stop_timeout',
  'user_data',
  'strategy_config.concurrency',
  'strategy_config.concurrent_num',
  'xrole',
] as const;

/** Members that a publication may change on `latest`. */
const FROZEN_ON_LATEST = FROZEN.filter(name => name !== 'version_description');

function differs(left: unknown, right: unknown, path: string): boolean {
  const values = [valueAt(left, path), valueAt(right, path)] as const;
  return values[0] !== values[1] && values.every(value => typeof value !== 'object');
}

/** Clauses of the version list. */
export const versionListRules: readonly Rule<VersionListView>[] = [
  {
    id: 'state.listed.once',
    subject: 'state.listed',
    level: 'recommended',
    title: 'a published version appears in the version list, once',
    source: { table: 'Table 4', row: 'version' },
    when: 'a version list that is read after publications',
    check: view => {
      const published = publishedNames(view);
      if (published === undefined || published.length === 0) return null;
      const listed = namedVersions(view);
      // What is not on the pages so far may be on the next one.
      const isOpen = view.end !== 'reached' && published.some(name => !listed.includes(name));
      const violations = [...new Set(published)].flatMap((name): Violation[] => {
        const times = listed.filter(each => each === name).length;
        if (times === 0) {
          return isOpen ? [] : [{ message: `version ${name} was published, but the list does not have it` }];
        }
        // Listed twice under one name because two publications took it: that is not the list's fault.
        if (times > published.filter(each => each === name).length) {
          return [{ message: `version ${name} is in the list ${times} times` }];
        }
        return [];
      });
      return isOpen && violations.length === 0 ? null : violations;
    },
  },
  {
    id: 'state.listed.nothing-after-error',
    subject: 'state.listed',
    level: 'recommended',
    title: 'a request that is answered with an error creates no version',
    source: { table: 'Status Codes', row: '400' },
    when: 'a version list that is read after publications were refused',
    check: view => {
      const { versionsBefore } = view.context;
      if (versionsBefore === undefined) return null;
      const now = namedVersions(view).length;
      if (now > versionsBefore) {
        return broken(`the list has ${now} versions; before the refused requests it had ${versionsBefore}`);
      }
      // Where nobody knows whether the list goes on, its first page at least has not grown.
      return view.end === 'not reached' ? null : held;
    },
  },
  {
    id: 'state.unique-version.listed',
    subject: 'state.unique-version',
    level: 'recommended',
    title: 'no two versions of a function share a name',
    source: { table: 'Table 4', row: 'version' },
    when: 'a version list with more than one version',
    check: view => {
      const names = namedVersions(view);
      if (names.length < 2) return null;
      // A published version that is listed twice is the list's fault (state.listed).
      const published = publishedNames(view) ?? [];
      const repeated = [...new Set(names)].filter(name => {
        const times = names.filter(each => each === name).length;
        const publications = published.filter(each => each === name).length;
        return times > 1 && publications !== 1;
      });
      return repeated.map(name => ({ message: `more than one version is named ${name}` }));
    },
  },
  {
    id: 'state.snapshot.frozen',
    subject: 'state.snapshot',
    level: 'recommended',
    title: 'what publishing returned stays what the version list says of that version',
    source: { table: 'Table 4', row: 'version' },
    when: 'a version list that is read after the function was changed',
    check: view => {
      const { published } = view.context;
      if (published === undefined || published.length === 0) return null;
      let compared = false;
      const names = publishedNames(view) ?? [];
      // Which of two versions of one name an entry is about, nobody knows.
      const isAlone = (name: unknown): boolean => names.filter(each => each === name).length === 1;
      const violations = published.flatMap((version): Violation[] => {
        const entry = view.entries.find(each => each.version === version.version);
        if (entry === undefined || !isAlone(version.version) || isOnlyNamed(version)) return [];
        compared = true;
        const moved = FROZEN.filter(
          path => valueAt(entry, path) !== undefined && differs(entry, version, path),
        );
        return moved.map(path => ({
          message: `${path} of ${version.version} is ${inWords(valueAt(entry, path))}; publishing returned ${inWords(valueAt(version, path))}`,
        }));
      });
      return compared ? violations : null;
    },
  },
];

/** Whether nothing is known of a version but its name: it was changed under its own URN. */
function isOnlyNamed(version: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(version).length === 1;
}

function publishedNames(view: VersionListView): readonly string[] | undefined {
  return view.context.published?.flatMap(({ version }) =>
    typeof version === 'string' && version !== 'latest' && isPlausibleVersion(version) ? [version] : [],
  );
}

/** Clauses of reading a function's configuration around a publication. */
export const latestRules: readonly Rule<ReadConfigurationView>[] = [
  {
    id: 'state.unchanged.latest',
    subject: 'state.unchanged',
    level: 'recommended',
    title: 'publishing changes nothing of latest',
    source: { table: 'Table 4', row: 'version' },
    when: 'a configuration that is read before and after a publication',
    check: ({ context, latest }) => {
      const before = context.latest;
      if (before === undefined) return null;
      const moved = [...FROZEN_ON_LATEST, 'func_name', 'package'].filter(path =>
        differs(before, latest, path),
      );
      const violations: Violation[] = moved.map(path => ({
        message: `${path} of latest is ${inWords(valueAt(latest, path))} after publishing; it was ${inWords(valueAt(before, path))}`,
      }));
      if (urnOf(before) !== urnOf(latest))
        violations.push({ message: 'func_urn of latest changed by publishing' });
      return violations;
    },
  },
];

function urnOf(configuration: Readonly<Record<string, unknown>>): string {
  return typeof configuration.func_urn === 'string' ? withoutQualifier(configuration.func_urn) : '';
}
