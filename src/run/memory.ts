import { plainConfiguration } from '../generate/plain-configuration.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import { formatUrn, parseFullUrn, withoutQualifier } from '../page/urn.ts';
import {
  arrangeFunction,
  deleteFunction,
  isAccepted,
  type Journal,
  listVersions,
  type Members,
  publish,
  readConfiguration,
  type Target,
  uniqueNames,
} from '../target/index.ts';
import type { RunSettings } from './settings.ts';

/** A server that keeps no state, as most servers made from a document do not. */
export interface Forgetful {
  /** The function to publish on: the one that the server names, or any. */
  readonly functionUrn: string;
  /** What gave it away, and the option that suits, in a sentence. */
  readonly reason: string;
}

/**
 * Recognises by its own answers a server that remembers nothing: it creates another function than the one asked
 * for, what it created is not found, or it creates none and publishes on any. What it "created" is deleted if
 * that is possible, and otherwise forgotten here, too.
 *
 * @returns `undefined` for a server that remembers, and for one that only refuses
 */
export async function recogniseForgetful(
  target: Target,
  journal: Journal,
  { runId, region = 'region' }: Pick<RunSettings, 'runId' | 'region'>,
): Promise<Forgetful | undefined> {
  const name = uniqueNames()();
  const earlier = new Set(journal.pending().map(({ id }) => id));
  const arranged = await arrangeFunction(target, journal, plainConfiguration(name, runId));
  const [creation] = arranged.exchanges;
  const { urn } = arranged;
  if (urn === undefined) {
    const published = isOperationMissing(creation) ? await publishedOnAny(target) : undefined;
    return published === undefined
      ? undefined
      : forgetful('it creates no functions, and publishes on one that nobody created', published);
  }
  const created = answerOf(creation);
  const sign = arranged.ok ? await signOfForgetting(target, name, urn, created) : undefined;
  await deleteFunction(target, urn, { journal, fromReserve: true });
  if (sign === undefined) return undefined;
  for (const { id } of journal.pending()) if (!earlier.has(id)) journal.refused(id);
  return forgetful(sign, created);

  function forgetful(shownBy: string, { func_urn: reported }: Members): Forgetful {
    const named = typeof reported === 'string' ? parseFullUrn(withoutQualifier(reported)) : undefined;
    const functionUrn =
      named !== undefined && named.projectId === target.projectId
        ? formatUrn(named)
        : formatUrn({
            region: named?.region ?? region,
            projectId: target.projectId,
            package: 'default',
            name,
          });
    return {
      functionUrn,
      reason: `the server keeps no state (${shownBy}): only publishing was asked, as with --function-urn; --arrange states sets functions up`,
    };
  }
}

const NO_SUCH_OPERATION: ReadonlySet<number> = new Set([404, 405, 501]);

function isOperationMissing(exchange: Exchange | undefined): boolean {
  return NO_SUCH_OPERATION.has(exchange?.response?.status ?? 0);
}

/** What it answers to a publication on a function that nobody created; `undefined` when it refuses. */
async function publishedOnAny(target: Target): Promise<Members | undefined> {
  const { exchange } = await publish(target, uniqueNames()(), {});
  return isAccepted(exchange) ? answerOf(exchange) : undefined;
}

/** What shows that the server does not know the function that it said it created; `undefined` when it does. */
async function signOfForgetting(
  target: Target,
  name: string,
  urn: string,
  created: Members,
): Promise<string | undefined> {
  const other = nameIn(created);
  if (other !== undefined && other !== name) {
    return `asked for ${name}, it created ${JSON.stringify(other)}`;
  }
  const { exchange, body = {} } = await readConfiguration(target, urn);
  if (isAccepted(exchange) && nameIn(body) === name) return undefined;
  const { entries, complete } = await listVersions(target, urn);
  if (complete && entries.some(entry => nameIn(entry) === name)) return undefined;
  if (await tellsFunctionsApart(target, urn)) return undefined;
  return `${name} was created, and is not found`;
}

/** Whether it publishes on this function, and on no other: a server may have no more than creating and publishing. */
async function tellsFunctionsApart(target: Target, urn: string): Promise<boolean> {
  const { exchange: own } = await publish(target, urn, {});
  if (!isAccepted(own)) return false;
  const { exchange: absent } = await publish(target, uniqueNames()(), {});
  return !isAccepted(absent);
}

function nameIn({ func_name: name, func_urn: urn }: Members): string | undefined {
  if (typeof name === 'string') return name;
  return typeof urn === 'string' ? parseFullUrn(urn)?.name : undefined;
}

function answerOf(exchange: Exchange | undefined): Members {
  const body = jsonObjectIn(exchange?.response?.body ?? '');
  return isObject(body) ? body : {};
}
