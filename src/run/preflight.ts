import { plainConfiguration } from '../generate/index.ts';
import { formatUrn, parseFullUrn } from '../page/urn.ts';
import {
  createFunction,
  deleteFunction,
  type Journal,
  publish,
  type Target,
  uniqueNames,
} from '../target/index.ts';
import { answerInWords } from './arrange.ts';
import type { RunSettings } from './settings.ts';

/**
 * Asks the target one question before the suite starts: a publication of a function that does not exist.
 * Answers why a run would be pointless, or `undefined`.
 */
export async function preflight(
  target: Target,
  journal: Journal,
  settings: RunSettings,
): Promise<string | undefined> {
  const name = uniqueNames()();
  const known = settings.functionUrn === undefined ? undefined : parseFullUrn(settings.functionUrn);
  const region = known?.region ?? settings.region ?? 'region';
  const urn = formatUrn({ region, projectId: target.projectId, package: 'default', name });
  const { exchange } = await publish(target, urn, { description: 'preflight' });
  if (exchange.failure?.kind === 'unreachable')
    return `the target is not reachable: ${exchange.failure.message}`;
  if (exchange.failure !== undefined && exchange.response === undefined) {
    return `the target does not answer: ${exchange.failure.message}`;
  }
  if (exchange.response?.status !== 401) return undefined;
  // A 401 may be a wrong answer to an absent function: only a second one is about the credentials.
  if (settings.arrange !== 'api') return `the credentials were refused: ${answerInWords(exchange)}`;
  const configuration = plainConfiguration(name, settings.runId);
  journal.created(name, target.endpoint);
  const created = await createFunction(target, configuration);
  const status = created.exchange.response?.status;
  if (status === 401 || status === 403) {
    journal.deleted(name);
    return `the credentials were refused: ${answerInWords(created.exchange)}`;
  }
  await deleteFunction(target, created.urn ?? name, { journal });
  journal.deleted(name);
  return undefined;
}
