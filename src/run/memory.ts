import { plainConfiguration } from '../generate/index.ts';
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
 * Recognises by its own answers a server that answers creations and remembers nothing: it creates another
 * function than the one asked for, or what it created is not found. What it "created" is deleted if that is
 * possible, and otherwise forgotten here, too.
 *
 * @returns `undefined` for a server that remembers, and for one that creates nothing
 */
export async function recogniseForgetful(
  target: Target,
  journal: Journal,
  { runId, region = 'region' }: Pick<RunSettings, 'runId' | 'region'>,
): Promise<Forgetful | undefined> {
  const name = uniqueNames()();
  const earlier = new Set(journal.pending().map(({ id }) => id));
  const arranged = await arrangeFunction(target, journal, plainConfiguration(name, runId));
  if (arranged.urn === undefined) return undefined;
  const { urn } = arranged;
  const created = answerOf(arranged.exchanges[0]);
  const sign = arranged.ok ? await signOfForgetting(target, name, urn, created) : undefined;
  await deleteFunction(target, urn, { journal, fromReserve: true });
  if (sign === undefined) return undefined;
  for (const { id } of journal.pending()) if (!earlier.has(id)) journal.refused(id);
  const named =
    typeof created.func_urn === 'string' ? parseFullUrn(withoutQualifier(created.func_urn)) : undefined;
  const functionUrn =
    named !== undefined && named.projectId === target.projectId
      ? formatUrn(named)
      : formatUrn({ region: named?.region ?? region, projectId: target.projectId, package: 'default', name });
  return {
    functionUrn,
    reason: `the server keeps no state (${sign}): only publishing was asked, as with --function-urn; --arrange states sets functions up`,
  };
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
