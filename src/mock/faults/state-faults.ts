import { isObject } from '../../page/formats.ts';
import type { Answer } from '../answer.ts';
import type { Call, Publication } from '../call.ts';
import type { StoredFunction } from '../functions.ts';
import type { JsonObject } from '../json-object.ts';
import { namedFunction } from '../sent.ts';
import { automaticName } from '../version-names.ts';
import { addVersion } from '../versions.ts';
import { type Fault, fault } from './fault.ts';

type Entries = readonly JsonObject[];

/** A fault of what the version list says. */
function listing(
  name: string,
  title: string,
  about: string,
  change: (entries: Entries, fn: StoredFunction) => Entries,
): Fault {
  return fault(name, title, [about], {
    versions: (entries, call) => {
      const fn = namedFunction(call);
      return fn === undefined ? entries : change(entries, fn);
    },
  });
}

/** A fault of what a publication does to the function beside what it should. */
function afterPublishing(
  name: string,
  title: string,
  breaks: Fault['breaks'],
  isMeant: (answer: Answer, call: Call) => boolean,
  change: (fn: StoredFunction, call: Call) => void,
): Fault {
  return fault(name, title, breaks, {
    operation: (call, next) => {
      const answer = next(call);
      const fn = call.operation === 'publish' && isMeant(answer, call) ? namedFunction(call) : undefined;
      if (fn !== undefined) change(fn, call);
      return answer;
    },
  });
}

const isPublished = (answer: Answer) => answer.status === 200;

/** The name that every automatic version gets. */
const ONLY_NAME = automaticName(1_700_000_000);

function oneNameForAll(_name: string, { requestedName }: Publication): string {
  return requestedName ?? ONLY_NAME;
}

/** Faults of what is kept between requests. */
export const stateFaults: readonly Fault[] = [
  listing('state.listed.once', 'the version list lacks the newest version', 'state.listed.once', entries =>
    entries.length > 1 ? entries.slice(0, -1) : entries,
  ),
  listing(
    'lists-versions-twice',
    'the version list has the newest version twice',
    'state.listed.once',
    entries => (entries.length > 1 ? [...entries, ...entries.slice(-1)] : entries),
  ),
  afterPublishing(
    'state.listed.nothing-after-error',
    'a request that is refused for its body makes a version all the same',
    ['state.listed.nothing-after-error'],
    answer => answer.status === 400,
    (fn, { service }) => {
      addVersion({ fn, requestedName: undefined, description: undefined }, service.hooks);
    },
  ),
  fault(
    'state.unique-version.fresh',
    'every automatic version has the same name',
    ['state.unique-version.fresh', 'state.unique-version.listed'],
    { versionName: oneNameForAll },
  ),
  fault(
    'version-names-collide',
    'automatic version names made in the same minute are the same',
    ['state.unique-version.fresh', 'state.unique-version.listed'],
    { versionName: (name, { requestedName }) => requestedName ?? `${name.slice(0, -2)}00` },
  ),
  fault(
    'state.unique-version.listed',
    'versions in the list share a name, and publications are called latest',
    ['state.unique-version.listed'],
    {
      versionName: oneNameForAll,
      answer: (answer, { operation }) =>
        operation === 'publish' && answer.status === 200 && isObject(answer.body)
          ? { ...answer, body: { ...answer.body, version: 'latest' } }
          : answer,
    },
  ),
  listing(
    'state.snapshot.frozen',
    'the version list reports the present configuration for every version',
    'state.snapshot.frozen',
    (entries, fn) =>
      entries.map(({ func_urn, version, image_name, version_description }) => ({
        ...fn.reported,
        func_urn,
        version,
        image_name,
        ...(version_description === undefined ? {} : { version_description }),
      })),
  ),
  listing(
    'snapshot-follows-timeout',
    'the version list reports the present timeout for every version',
    'state.snapshot.frozen',
    (entries, fn) => entries.map(entry => ({ ...entry, timeout: fn.reported.timeout })),
  ),
  listing(
    'snapshot-follows-concurrency',
    'the version list reports the present strategy_config for every version',
    'state.snapshot.frozen',
    (entries, fn) => entries.map(entry => ({ ...entry, strategy_config: fn.reported.strategy_config })),
  ),
  fault(
    'state.unchanged.latest',
    'after a publication, the configuration of latest has the description of the version',
    ['state.unchanged.latest'],
    {
      operation: (call, next) => {
        const answer = next(call);
        const fn = call.operation === 'read configuration' ? namedFunction(call) : undefined;
        if (fn === undefined || fn.versions.length === 0 || !isObject(answer.body)) return answer;
        return { ...answer, body: { ...answer.body, description: `Published as ${fn.versions.length}` } };
      },
    },
  ),
  afterPublishing(
    'publishing-resets-timeout',
    'publishing gives latest a timeout of 3 seconds',
    ['state.unchanged.latest', 'body.timeout.echo'],
    isPublished,
    (fn, { service }) => service.store.change(fn, { ...fn.configuration, timeout: 3 }),
  ),
  fault(
    'deleting-a-version-deletes-its-function',
    'a version that is deleted takes its function with it',
    ['request.body.accepted'],
    {
      operation: (call, next) => {
        const fn = call.operation === 'delete' ? namedFunction(call) : undefined;
        const answer = next(call);
        if (fn !== undefined && answer.status === 204) call.service.store.remove(fn);
        return answer;
      },
    },
  ),
];
