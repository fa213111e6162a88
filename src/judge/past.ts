import { type FunctionPast, NO_PAST } from '../page/choices/past.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { type Operation, type Route, routeOf } from '../page/operations.ts';
import { bodyOf } from '../page/rules/request-faults.ts';
import { namesVersion, parseUrnParameter } from '../page/urn.ts';
import { foreignAnswerIn } from './foreign-answer.ts';
import { createdFunctionKeyOf, functionKeyOf } from './function-key.ts';
import { functionReportIn } from './function-report.ts';
import { objectIn, readJson } from './read-exchange.ts';

type Members = Readonly<Record<string, unknown>>;

/** Follows what exchanges show of functions, as far as choices hang on what came before. */
export interface Follower {
  /**
   * What is known of the function when this exchange is made. Takes exchanges in order, each once.
   *
   * @param overlaps whether other changes of the function were under way meanwhile: nothing is certain then
   */
  next(exchange: Exchange, overlaps?: boolean): FunctionPast;
}

/** What is kept of functions at a time; the one seen least recently is forgotten first. */
const MOST_KEPT = 1000;

/** A function has at most 20 versions; deleted ones leave the list. */
const MOST_NAMES = 100;

/** A function as it is followed. */
interface Followed extends FunctionPast {
  /** What it reported when a version was published, as long as nothing but its configuration was changed since. */
  readonly whenPublished?: Members;
  /** Whether it reported something else since then. */
  readonly wasOtherwise?: boolean;
}

/** Makes a follower that has seen nothing. What it keeps is bounded, however long it follows. */
export function createFollower(): Follower {
  const functions = new Map<string, Followed>();
  const keep = (key: string, followed: Followed): void => {
    functions.delete(key);
    functions.set(key, followed);
    const [oldest] = functions.keys();
    if (functions.size > MOST_KEPT && oldest !== undefined) functions.delete(oldest);
  };
  return {
    next(exchange, overlaps = false) {
      const route = routeOf(exchange.request);
      const operation = route?.operation;
      const isCreation = operation === 'create function';
      const key = isCreation ? createdFunctionKeyOf(exchange) : functionKeyOf(exchange.request, route);
      if (key === undefined) return NO_PAST;
      const had = functions.get(key) ?? NO_PAST;
      const isChange = !/^(?:GET|HEAD|OPTIONS)$/i.test(exchange.request.method);
      const known = overlaps ? NO_PAST : withLeftOut(had, route, exchange);
      if (!overlaps) keep(key, followedAfter(known, route, exchange));
      else if (isChange) functions.delete(key);
      return known;
    },
  };
}

/** Whether an exchange did what was asked; `unknown` when nobody can tell. */
export type Outcome = 'done' | 'refused' | 'unknown';

export function outcomeOf(exchange: Exchange): Outcome {
  const { response, failure } = exchange;
  if (response === undefined || failure !== undefined || response.status >= 500) return 'unknown';
  // A login or another page does not say whether the request ever came to the service.
  if (response.status < 400 && foreignAnswerIn(exchange) !== undefined) return 'unknown';
  return response.status >= 200 && response.status < 300 ? 'done' : 'refused';
}

/** Reading changes nothing, and neither does naming a version. */
const CHANGES_NOTHING: ReadonlySet<Operation> = new Set([
  'list versions',
  'list functions',
  'read code',
  'read asynchronous notification',
  'create alias',
  'list aliases',
  'read alias',
  'change alias',
  'delete alias',
]);

function followedAfter(past: Followed, route: Route | undefined, exchange: Exchange): Followed {
  const operation = route?.operation;
  const outcome = outcomeOf(exchange);
  if (outcome === 'refused' || (operation !== undefined && CHANGES_NOTHING.has(operation))) return past;
  const isOfVersion = namesVersion(route?.functionUrn);
  if (operation === 'read configuration')
    return outcome === 'done' && !isOfVersion ? afterReading(past, exchange) : past;
  if (outcome === 'unknown') return NO_PAST;
  if (operation === 'delete') return afterDeletion(past, route?.functionUrn);
  if (isOfVersion) return past;
  switch (operation) {
    case 'create function':
      return { names: [], unpublishedChanges: true, ...reportedIn(exchange), ...codeFilenameIn(exchange) };
    case 'publish':
      return afterPublication(past, exchange);
    case 'change configuration':
      return compared({ ...changed(past), ...whenPublishedOf(past), ...reportedIn(exchange) });
    case 'change code':
      return { ...changed(withoutCode(past)), ...reportedIn(exchange), ...codeFilenameIn(exchange) };
    case 'set maximum instances':
    case 'configure asynchronous notification':
    case 'delete asynchronous notification':
      return changed(past);
    default:
      return NO_PAST;
  }
}

/** What stays known of a function when something of it was changed. */
function changed({ names, unpublishedChanges, codeFilename }: Followed): Followed {
  return {
    names,
    ...(unpublishedChanges === true ? { unpublishedChanges } : {}),
    ...(codeFilename === undefined ? {} : { codeFilename }),
  };
}

function withoutCode({ codeFilename: _name, ...past }: Followed): Followed {
  return past;
}

function whenPublishedOf({ whenPublished, wasOtherwise, leftOut }: Followed): Partial<Followed> {
  return {
    ...(whenPublished === undefined ? {} : { whenPublished }),
    ...(wasOtherwise === undefined ? {} : { wasOtherwise }),
    ...(leftOut === undefined ? {} : { leftOut }),
  };
}

function reportedIn(exchange: Exchange): Pick<Followed, 'reported'> {
  const reported = functionReportIn(exchange);
  return reported === undefined ? {} : { reported };
}

/** What became of members that were left out is told by the first report. */
function compared({ leftOut, ...past }: Followed): Followed {
  const { reported, whenPublished } = past;
  if (reported === undefined) return leftOut === undefined ? past : { ...past, leftOut };
  if (whenPublished === undefined) return past;
  const isOtherwise = JSON.stringify(reported) !== JSON.stringify(whenPublished);
  return {
    ...past,
    wasOtherwise: isOtherwise || past.wasOtherwise === true,
    isChangedBack: !isOtherwise && past.wasOtherwise === true,
  };
}

function afterReading(past: Followed, exchange: Exchange): Followed {
  const { reported } = reportedIn(exchange);
  if (reported === undefined) return past;
  const isPublished = past.unpublishedChanges === false;
  return compared({ ...past, reported, ...(isPublished ? { whenPublished: reported } : {}) });
}

function afterPublication(past: Followed, exchange: Exchange): Followed {
  const name = publishedName(exchange);
  const { reported, codeFilename } = past;
  const others = past.names.filter(each => each !== name);
  return {
    names: name === undefined ? others : [...others, name].slice(-MOST_NAMES),
    unpublishedChanges: false,
    ...(reported === undefined ? {} : { reported, whenPublished: reported }),
    ...(codeFilename === undefined ? {} : { codeFilename }),
  };
}

/** The name that the version list has; the answer may say "latest" whatever was asked for. */
function publishedName(exchange: Exchange): string | undefined {
  const { version: requested } = sentIn(exchange);
  if (typeof requested === 'string' && requested !== '') return requested;
  const version = objectIn(exchange)?.version;
  return typeof version === 'string' && version !== 'latest' ? version : undefined;
}

function afterDeletion(past: Followed, functionUrn = ''): Followed {
  const qualifier = parseUrnParameter(functionUrn)?.qualifier;
  if (qualifier === undefined || qualifier.startsWith('!')) return NO_PAST;
  return { ...changed(past), names: past.names.filter(name => name !== qualifier) };
}

/** Texts that no service makes up where none was configured. */
const TELLING = ['description', 'user_data', 'initializer_handler', 'pre_stop_handler'] as const;

function withLeftOut(past: Followed, route: Route | undefined, exchange: Exchange): Followed {
  if (route?.operation !== 'change configuration' || outcomeOf(exchange) !== 'done') return past;
  if (namesVersion(route.functionUrn)) return past;
  const sent = sentIn(exchange);
  const { reported = {}, leftOut: _leftOut, ...rest } = past;
  const left = TELLING.filter(name => reported[name] !== undefined && !Object.hasOwn(sent, name));
  if (left.length === 0) return { ...rest, reported };
  return { ...rest, reported, leftOut: Object.fromEntries(left.map(name => [name, reported[name]])) };
}

/** The members of the body that a request carries, if it is an object. */
function sentIn({ request }: Exchange): Members {
  return bodyOf({ json: readJson(request.body, request.bodyEncoding) });
}

/** The name with which the file of the code was sent; nothing for code that is no file. */
function codeFilenameIn(exchange: Exchange): Pick<Followed, 'codeFilename'> {
  const { code_type: type, code_filename: name, func_code: code } = sentIn(exchange);
  const isFile = type === 'inline' || type === 'zip' || type === 'jar';
  if (!isFile || !isObject(code)) return {};
  return { codeFilename: typeof name === 'string' && name !== '' ? name : null };
}
