/** Choices that lists of versions show, and functions while they are configured. */

import { askedMarkerIn } from '../listing.ts';
import type { FunctionReportView, VersionListView } from '../views.ts';
import { inWords } from '../words.ts';
import type { ReadableChoice } from './choice.ts';

type ListChoice = ReadableChoice<VersionListView>;

/** Shorter lists may fit into one page of whatever size. */
const LONG_LIST = 4;

function namesIn({ entries }: VersionListView): readonly string[] {
  return entries.flatMap(({ version }) => (typeof version === 'string' ? [version] : []));
}

/** The order of the versions whose order of publication is known. */
function orderOf(view: VersionListView): string | undefined {
  const listed = namesIn(view).filter(name => name !== 'latest');
  const places = (view.past?.names ?? []).map(name => listed.indexOf(name)).filter(place => place !== -1);
  if (places.length < 2) return undefined;
  const isSorted = (rises: boolean) =>
    places.slice(1).every((place, index) => place > (places[index] ?? place) === rises);
  if (isSorted(true)) return 'oldest first';
  return isSorted(false) ? 'newest first' : 'in another order';
}

/** Where `latest` stands beside the published versions. */
function withLatest(order: string, names: readonly string[]): string {
  if (!names.includes('latest')) return order;
  if (names[0] === 'latest') return `latest first, then ${order}`;
  return names.at(-1) === 'latest' ? `${order}, then latest` : `${order}, latest among them`;
}

/** Whether the request itself asked for so many entries. */
function asksForPart({ exchange }: VersionListView): boolean {
  return /[?&]maxitems=/.test(exchange.request.url);
}

/** Choices that a version list shows. */
export const listChoices: readonly ListChoice[] = [
  {
    id: 'list-order',
    question: 'In which order are the versions of a function listed?',
    answers: [
      'latest first, then oldest first',
      'latest first, then newest first',
      'oldest first',
      'newest first',
      'oldest first, then latest',
      'newest first, then latest',
    ],
    source: { table: 'Table 4', row: 'version' },
    ruling: 'The page does not speak of the list, and its neighbour names no order.',
    when: 'a version list with two versions or more whose order of publication is known',
    shownBy: view => {
      const order = view.end === 'reached' ? orderOf(view) : undefined;
      if (order === undefined) return undefined;
      const names = namesIn(view);
      const shown = names.slice(0, 5).map(inWords).join(', ');
      return { answer: withLatest(order, names), by: names.length > 5 ? `${shown}, ...` : shown };
    },
  },
  {
    id: 'list-paging',
    question: 'Does the list of versions come in pages that nobody asked for?',
    answers: ['one page', 'pages'],
    source: { table: 'Table 4', row: 'version' },
    ruling: 'The list has a next_marker, and a client has to go on where it says.',
    when: `a version list that goes on after its first page, or has ${LONG_LIST} entries or more in one`,
    shownBy: view => {
      const { context, end, entries, exchange } = view;
      if (asksForPart(view)) return undefined;
      const { earlierEntries = [], earlierPages = 0 } = context;
      const isFirst = askedMarkerIn(exchange.request.url) === undefined;
      const by = `${entries.length} entries in the first page`;
      if (isFirst && end === 'not reached') return { answer: 'pages', by };
      // Where it was not certain that the first page is the last, nothing more comes after it.
      const isWhole =
        end === 'reached' && (isFirst || (earlierPages === 1 && entries.length === earlierEntries.length));
      return isWhole && entries.length >= LONG_LIST ? { answer: 'one page', by } : undefined;
    },
  },
];

/** Choices that a function shows while it is configured. */
export const functionChoices: readonly ReadableChoice<FunctionReportView>[] = [
  {
    id: 'left-out-members',
    question: 'What becomes of members that a change of the configuration leaves out?',
    answers: ['kept', 'unset'],
    source: { table: 'Table 4', row: 'Parameter' },
    ruling: 'The neighbouring page does not say; members left out are kept or unset.',
    when: 'a function that is reported after a change of its configuration that left out what was set',
    shownBy: ({ past, report }) => {
      const [first, ...others] = Object.entries(past?.leftOut ?? {});
      if (first === undefined) return undefined;
      const isKept = ([name, value]: readonly [string, unknown]) => report[name] === value;
      const answer = isKept(first) ? 'kept' : 'unset';
      // What is kept in part is told by nothing that a client could build on.
      if (others.some(each => isKept(each) !== isKept(first))) return undefined;
      return {
        answer,
        by: `${first[0]} is ${inWords(report[first[0]])}; before it was ${inWords(first[1])}`,
      };
    },
  },
];
