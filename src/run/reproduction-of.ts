import type { HttpRequest } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { routeOf } from '../page/operations.ts';
import type { ArrangedState, Reproduction, Step } from '../verdict/reproduction.ts';
import { describing } from './request-in-words.ts';
import type { Sent } from './sent.ts';

/** What a finding says of which clause. */
export interface Said {
  readonly clauseId: string;
  readonly message: string;
}

/** What is known of a run when a finding is looked at. */
export interface Known {
  /** Everything that was sent before the answer that shows it came, its request included, by when it began. */
  readonly sent: readonly Sent[];
  /** The provider states that were set up so far. */
  readonly states: readonly ArrangedState[];
  readonly extent: Extent;
}

/**
 * How much of what was sent is needed.
 *
 * - `least`: the function as it was, and what the clause is about
 * - `together`: what was sent at the same time to other functions, too
 * - `whole`: everything that was ever sent to the function
 */
export type Extent = 'least' | 'together' | 'whole';

/**
 * How a finding comes about from nothing: the function as it was then, in as few requests as possible, and
 * what was sent to it before as far as the clause is about that.
 *
 * @param said what is found
 * @param shown what shows it
 */
export function reproductionOf(said: Said, shown: Sent, { sent, states, extent }: Known): Reproduction {
  const together = togetherWith(shown, sent, extent);
  const needed = extent === 'whole' ? wholeHistoryOf(shown, sent) : neededFor(said, shown, sent, together);
  const state = states.findLast(
    ({ functionUrn }) => functionUrn !== undefined && isAbout(shown, functionUrn),
  );
  const needsToken = shown.context.credentials === 'forbidden';
  const permission = states.findLast(({ state }) => needsToken && state === 'the token has no permission');
  const arranged = [state, permission].filter(each => each !== undefined);
  return {
    steps: stepsOf(needed, shown, together, isAboutHistory(said.clauseId, shown)),
    made: madeBy(needed),
    ...(state === undefined && isForeign(shown, sent) ? { isForeign: true } : {}),
    ...(arranged.length === 0 ? {} : { states: arranged }),
  };
}

/** More at a time than this makes nothing clearer. */
const LARGEST_COMPANY = 4;

/** What is sent at the same time, itself included. */
function togetherWith(shown: Sent, sent: readonly Sent[], extent: Extent): readonly Sent[] {
  if (shown.volley !== undefined) return sent.filter(({ volley }) => volley === shown.volley);
  if (extent !== 'together') return [];
  const overlapping = sent.filter(
    each => each !== shown && each.operation === 'publish' && each.ended > shown.begun,
  );
  return overlapping.length === 0 ? [] : [...overlapping.slice(-LARGEST_COMPANY), shown];
}

/** Whether nobody made the function in this run, and it is there all the same. */
function isForeign({ name, context }: Sent, sent: readonly Sent[]): boolean {
  return (
    context.function === 'exists' &&
    !sent.some(each => each.name === name && each.operation === 'create function')
  );
}

function isAbout({ name }: Sent, urn: string): boolean {
  return urn.split(':').includes(name ?? '');
}

/** Whether the clause holds an answer against what was sent before. */
export function isAboutHistory(clauseId: string, { operation, context }: Sent): boolean {
  return (
    clauseId.startsWith('state.') ||
    operation === 'list versions' ||
    operation === 'read configuration' ||
    context.after !== undefined ||
    context.requestedVersion === 'taken' ||
    context.unpublishedChanges === false
  );
}

/** Everything that was sent about the function of a request, itself last. */
export function wholeHistoryOf(shown: Sent, sent: readonly Sent[]): readonly Sent[] {
  return [...sent.filter(each => each !== shown && each.name === shown.name), shown];
}

/** What has to be sent, in order. */
function neededFor(
  said: Said,
  shown: Sent,
  sent: readonly Sent[],
  together: readonly Sent[],
): readonly Sent[] {
  const { operation, context, name } = shown;
  const isAlone = operation === 'create function' || name === undefined || context.function === 'absent';
  const before = sent.filter(each => each !== shown && each.name === name);
  if (!isAlone && isAboutHistory(said.clauseId, shown)) return [...historyOf(said, shown, before), shown];
  if (isAlone) return [...disturbanceOf(shown, sent), shown];
  const [begins = shown] = together;
  const names = new Set([...together.map(each => each.name), name]);
  const foundations = [...names].flatMap(each =>
    foundationOf(sent.filter(one => one.name === each && one.begun < begins.begun)),
  );
  return [...foundations, ...(together.length === 0 ? [shown] : together)];
}

/** What was to be survived, sent just before and alone, with the function that it was about. */
function disturbanceOf(shown: Sent, sent: readonly Sent[]): readonly Sent[] {
  if (shown.context.after === undefined) return [];
  const abuse = sent.findLast(
    ({ stimulus, name, request, begun }) =>
      stimulus === shown.stimulus && name !== shown.name && request.method !== 'GET' && begun < shown.begun,
  );
  if (abuse === undefined) return [];
  const before = sent.filter(({ name, begun }) => name === abuse.name && begun < abuse.begun);
  return [...foundationOf(before), abuse];
}

/** What was published and changed since the function was made, as far as the finding is about it. */
function historyOf({ clauseId, message }: Said, shown: Sent, before: readonly Sent[]): readonly Sent[] {
  const { operation, request } = shown;
  if (clauseId === 'state.listed.nothing-after-error') return sinceLastListing(before);
  const compared =
    operation === 'read configuration' ? before.findLast(each => each.operation === operation) : undefined;
  const done = before.filter(each => each === compared || (each.isAccepted && !isReading(each)));
  const text = `${message} ${request.body ?? ''}`;
  const meant = done.filter(each => each.operation === 'publish' && isNamedIn(text, each));
  const [first] = meant;
  if (first === undefined) return done;
  const start = done.indexOf(first);
  const rest = done.slice(start).filter(each => each.operation !== 'publish' || meant.includes(each));
  return [
    ...foundationOf(done.slice(0, start)),
    // Of changes of one kind in a row, the last one stands.
    ...rest.filter(
      ({ operation }, index) => operation === 'publish' || operation !== rest[index + 1]?.operation,
    ),
  ];
}

function isReading({ operation }: Sent): boolean {
  return operation === 'list versions' || operation === 'read configuration';
}

function isNamedIn(text: string, { version, request }: Sent): boolean {
  const names = [version, jsonObjectIn(request.body ?? '')?.version].filter(name => typeof name === 'string');
  return names.some(name => name !== '' && text.split(/[^\w.-]+/).includes(name));
}

function sinceLastListing(before: readonly Sent[]): readonly Sent[] {
  const counted = before.findLastIndex(({ operation }) => operation === 'list versions');
  const since = before
    .slice(counted)
    .filter(({ operation }) => operation === 'publish' || operation === 'list versions');
  return [...foundationOf(before.slice(0, counted)), ...since];
}

const CODE = ['code_type', 'code_url', 'code_filename', 'func_code'] as const;

/** The function as it was: created with the code that it had, then configured as it was last. */
function foundationOf(before: readonly Sent[]): readonly Sent[] {
  const creation = before.find(({ operation, isAccepted }) => operation === 'create function' && isAccepted);
  if (creation === undefined) return [];
  const last = (wanted: Sent['operation']) =>
    before.findLast(({ operation, isAccepted }) => operation === wanted && isAccepted);
  const code = jsonObjectIn(last('change code')?.request.body ?? '') ?? {};
  const members = { ...jsonObjectIn(creation.request.body ?? ''), ...pick(code, CODE) };
  const settings = [
    last('change configuration'),
    last('configure asynchronous notification'),
    last('set maximum instances'),
  ];
  const created = { ...creation, request: { ...creation.request, body: JSON.stringify(members) } };
  return [created, ...settings.filter(each => each !== undefined)];
}

function pick(
  members: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)));
}

function stepsOf(
  needed: readonly Sent[],
  shown: Sent,
  together: readonly Sent[],
  isHistory: boolean,
): readonly Step[] {
  const describe = describing();
  return needed.map((each, index) => {
    const previous = needed[index - 1];
    const isTogether =
      previous !== undefined &&
      ((together.includes(each) && together.includes(previous)) ||
        (each.volley !== undefined && each.volley === previous.volley));
    const tells = each.operation === 'publish' || each.request.method === 'GET';
    const isEvidence = each === shown || (tells && (isHistory || together.includes(each)));
    return {
      request: each.request,
      does: describe(each.request),
      isEvidence,
      ...(isTogether ? { isTogether } : {}),
    };
  });
}

/** The functions that are there in the end. */
function madeBy(needed: readonly Sent[]): readonly string[] {
  const creations = needed.filter(({ operation }) => operation === 'create function');
  return creations
    .filter(
      ({ name }) =>
        !needed.some(
          each =>
            each.operation === 'delete' && each.isAccepted && each.name === name && !isVersion(each.request),
        ),
    )
    .map(({ createdUrn, name = '', request }) => createdUrn ?? shortUrn(request, name));
}

function isVersion({ method, url }: HttpRequest): boolean {
  return (routeOf({ method, url })?.functionUrn ?? '').split(':').length === 8;
}

/** Of a function whose URN nobody answered. */
function shortUrn(request: HttpRequest, name: string): string {
  const { package: pack = 'default' } = jsonObjectIn(request.body ?? '') ?? {};
  return `${pack}:${name}`;
}
