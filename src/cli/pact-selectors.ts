import type { Command } from 'commander';
import type { CanIDeployOptions, VersionSelector } from '../pact/can-i-deploy.ts';
import { DEFAULT_NAMING } from '../pact/naming.ts';
import { UsageError } from '../run/usage-error.ts';

/** What the options say of a pacticipant, before it is known to have a name. */
type Draft = { -readonly [Name in keyof VersionSelector]?: VersionSelector[Name] };

type Selectors = Required<Pick<CanIDeployOptions, 'selectors' | 'ignore'>>;

/** An option as it stood on the command line; without a value when it takes none or was given none. */
type Word = readonly [name: string, value: string | null];

/** What each option says of the pacticipant before it. */
const SAYS: Readonly<Record<string, (value: string | null) => Draft>> = {
  version: value => ({ version: value ?? '' }),
  'app-version': value => ({ version: value ?? '' }),
  latest: tag => (tag === null || isYes(tag) ? { latest: true } : { latest: true, tag }),
  branch: value => ({ branch: value ?? '' }),
  'main-branch': () => ({ mainBranch: true }),
  all: value => ({ tag: value ?? '' }),
  tag: value => ({ tag: value ?? '' }),
};

/** What an environment variable or a file says for a switch. */
function isYes(value: string): boolean {
  return /^(?:1|true|yes|on)$/i.test(value);
}

function isNo(value: string): boolean {
  return /^(?:0|false|no|off)?$/i.test(value);
}

/** What was given to each command, in its order. */
const given = new WeakMap<Command, readonly Word[]>();

/** Notes the order of the options that say which versions of which pacticipants are asked about. */
export function noteSelectors(command: Command): void {
  const words: Word[] = [];
  given.set(command, words);
  for (const name of ['pacticipant', 'ignore', ...Object.keys(SAYS)])
    command.on(`option:${name}`, (value: string | null) => words.push([name, value]));
}

/**
 * Reads those options of a parsed command. As with Pact's own command, those that select a version belong to the
 * `--pacticipant` or `--ignore` before them.
 */
export function selectorsOf(command: Command): Selectors {
  return selectorsIn(given.get(command) ?? [], elsewhere(command));
}

/** What the environment and the configuration file say, which is about one pacticipant. */
interface Elsewhere {
  readonly name?: string;
  readonly ignored?: string;
  readonly version: Draft;
}

function elsewhere(command: Command): Elsewhere {
  const settled = (name: string): string | undefined => {
    const key = command.options.find(each => each.name() === name)?.attributeName() ?? name;
    const source = command.getOptionValueSource(key);
    const value: unknown = command.getOptionValue(key);
    if ((source !== 'env' && source !== 'config') || value === false) return undefined;
    return name === 'latest' && isNo(String(value)) ? undefined : String(value);
  };
  const name = settled('pacticipant');
  const ignored = settled('ignore');
  const said = Object.entries(SAYS).map(([each, say]) => {
    const value = settled(each);
    return value === undefined ? {} : say(value);
  });
  return {
    ...(name === undefined ? {} : { name }),
    ...(ignored === undefined ? {} : { ignored }),
    version: Object.assign({}, ...said),
  };
}

function selectorsIn(words: readonly Word[], { name, ignored, version }: Elsewhere): Selectors {
  const drafts = inOrder(words);
  const [only = {}, ...others] = drafts.asked;
  const selectsNone = Object.keys(only).every(key => key === 'pacticipant');
  const asked = [selectsNone && others.length === 0 ? { ...version, ...only } : only, ...others];
  const named = (draft: Draft): VersionSelector => ({
    pacticipant: name ?? DEFAULT_NAMING.consumer,
    ...draft,
  });
  const alsoIgnored = drafts.ignored.length > 0 ? [] : (ignored ?? '').split(',').filter(each => each !== '');
  return {
    selectors: asked.map(named),
    ignore: [...drafts.ignored.map(named), ...alsoIgnored.map(pacticipant => ({ pacticipant }))],
  };
}

interface Drafts {
  readonly asked: readonly Draft[];
  readonly ignored: readonly Draft[];
}

/** Each word is about the pacticipant before it; what stands before the first one can only be about that. */
function inOrder(words: readonly Word[]): Drafts {
  const asked: Draft[] = [];
  const ignored: Draft[] = [];
  let current: Draft = {};
  for (const [name, value] of words) {
    if (name === 'ignore') {
      current = { pacticipant: value ?? '' };
      ignored.push(current);
    } else if (name === 'pacticipant') {
      const [first] = asked;
      current = first !== undefined && first.pacticipant === undefined ? first : {};
      current.pacticipant = value ?? '';
      if (current !== first) asked.push(current);
    } else {
      if (asked.length + ignored.length === 0) asked.push(current);
      say(current, name, value, ignored.includes(current));
    }
  }
  return { asked, ignored };
}

function say(draft: Draft, name: string, value: string | null, isIgnored: boolean): void {
  const said = SAYS[name]?.(value) ?? {};
  const { pacticipant = DEFAULT_NAMING.consumer } = draft;
  if (isIgnored && said.version === undefined)
    throw new UsageError(`--${name} cannot follow --ignore ${pacticipant}: only --version can.`);
  if (Object.keys(said).some(key => key in draft))
    throw new UsageError(`--${name} is one too many for ${pacticipant}.`);
  Object.assign(draft, said);
}
