import { plainConfiguration } from '../generate/plain-configuration.ts';
import type { Exchange } from '../page/exchange.ts';
import { formatUrn, parseFullUrn } from '../page/urn.ts';
import {
  arrangeFunction,
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
  const problem = problemIn(exchange);
  const isFinal = exchange.failure?.kind === 'unreachable' || settings.arrange !== 'api';
  if (problem === undefined || isFinal) return problem;
  // Publishing alone may be at fault, which is for the suite to find: another operation tells.
  const arranged = await arrangeFunction(target, journal, plainConfiguration(name, settings.runId));
  if (arranged.urn !== undefined) await deleteFunction(target, arranged.urn, { journal, fromReserve: true });
  return arranged.ok ? undefined : problemIn(arranged.exchange);
}

function problemIn(exchange: Exchange): string | undefined {
  const { failure, response } = exchange;
  if (failure?.kind === 'unreachable') return `the target is not reachable: ${failure.message}`;
  if (failure !== undefined && response === undefined)
    return `the target does not answer: ${failure.message}`;
  return response?.status === 401 ? `the credentials were refused: ${answerInWords(exchange)}` : undefined;
}
