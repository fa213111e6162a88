import { plainConfiguration } from '../generate/plain-configuration.ts';
import type { Exchange } from '../page/exchange.ts';
import { formatUrn, parseFullUrn } from '../page/urn.ts';
import {
  arrangeFunction,
  type CredentialsInUse,
  deleteFunction,
  functionsPath,
  type Journal,
  listVersions,
  publish,
  type Target,
  uniqueNames,
} from '../target/index.ts';
import { answerInWords } from './arrange.ts';
import { areRefusedAlike, errorIn, mistakeIn } from './set-up-mistakes.ts';
import type { RunSettings } from './settings.ts';

/**
 * Asks the target one question before the suite starts: a publication of a function that does not exist. An
 * answer that may be put down to the set-up is followed by further ones. Answers why a run would be pointless,
 * or `undefined`.
 */
export async function preflight(
  target: Target,
  journal: Journal,
  settings: RunSettings,
): Promise<string | undefined> {
  const questions = questionsTo(target, journal, settings);
  return (await mistakeInSetUp(questions, settings)) ?? (await mistakeInSecondToken(questions, settings));
}

interface Questions {
  /** Publishes a version of a function that does not exist: the answer is due to be a 404. */
  readonly absent: (credentials?: CredentialsInUse) => Promise<Exchange>;
  /** Lists functions: an operation that other tokens may be known by. */
  readonly list: (credentials: CredentialsInUse) => Promise<Exchange>;
  /** Something else than publishing: `undefined` when it was accepted. */
  readonly other: () => Promise<Exchange | undefined>;
}

function questionsTo(target: Target, journal: Journal, settings: RunSettings): Questions {
  const { functionUrn, arrange, runId, credentials } = settings;
  const name = uniqueNames()();
  const known = functionUrn === undefined ? undefined : parseFullUrn(functionUrn);
  const region = known?.region ?? settings.region ?? 'region';
  const urn = formatUrn({ region, projectId: target.projectId, package: 'default', name });
  return {
    absent: async (credentials = 'valid') =>
      (await publish(target, urn, { description: 'preflight' }, { credentials })).exchange,
    list: credentials => target.send({ method: 'GET', path: functionsPath(target.projectId), credentials }),
    other: arrange === 'states' || arrange === 'none' ? listOf(functionUrn ?? urn) : create,
  };

  function listOf(named: string) {
    return async () => {
      const { exchanges, complete } = await listVersions(target, named);
      return complete ? undefined : exchanges.at(-1);
    };
  }

  async function create() {
    const arranged = await arrangeFunction(target, journal, plainConfiguration(name, runId));
    const [created] = arranged.exchanges;
    if (created?.response !== undefined && mistakeIn(created, credentials) !== undefined) {
      // A page or a login has created nothing, whatever its status.
      for (const { id } of journal.pending()) journal.refused(id);
      return created;
    }
    if (arranged.urn !== undefined) {
      await deleteFunction(target, arranged.urn, { journal, fromReserve: true });
    }
    return arranged.ok ? undefined : arranged.exchange;
  }
}

const UNAUTHORIZED = 401;
const NOT_FOUND = 404;

/** Publishing alone may be at fault, which is for the suite to find: another operation tells. */
async function mistakeInSetUp(
  { absent, other }: Questions,
  { credentials, projectId, arrange, statesUrl }: RunSettings,
): Promise<string | undefined> {
  const publishesOnly = arrange === 'states' || arrange === 'none';
  const first = await absent();
  const mistake = mistakeIn(first, credentials);
  const isFinal = publishesOnly && (first.response === undefined || first.response.status === UNAUTHORIZED);
  if (isFinal || first.failure?.kind === 'unreachable') return mistake;
  const isAsDue = first.response?.status === NOT_FOUND;
  if (mistake === undefined && isAsDue) {
    // A 404 about something else than the function may be the answer to everything.
    const isAboutFunction = first.response !== undefined && errorIn(first.response).code === 'FSS.1051';
    return isAboutFunction || arrange !== 'api' || statesUrl !== undefined
      ? undefined
      : nothingThere(first, { absent, other });
  }
  const isPublished = first.response !== undefined && first.response.status < 300;
  if (mistake === undefined && isPublished) return undefined;
  // A server that only publishes may have pages of its framework for everything else.
  const second = mistake !== undefined && publishesOnly ? await absent('missing') : await other();
  if (second === undefined) return undefined;
  if (mistake !== undefined) return mistakeIn(second, credentials) === undefined ? undefined : mistake;
  if (!areRefusedAlike(first, second)) return undefined;
  return `whatever is asked is refused alike (${answerInWords(first)}): is ${projectId} the project of these credentials, and may they use FunctionGraph?`;
}

async function nothingThere(
  first: Exchange,
  { absent, other }: Pick<Questions, 'absent' | 'other'>,
): Promise<string | undefined> {
  const second = await other();
  if (second === undefined || !areRefusedAlike(first, second)) return undefined;
  if (!areRefusedAlike(first, await absent('missing'))) return undefined;
  return `whatever is asked is not found (${answerInWords(first)}): is this the address of the API, and the right project? A server that only publishes needs --function-urn or --arrange states`;
}

/** Whether the second token is no token at all: a known one without permission is answered with 403. */
async function mistakeInSecondToken(
  { absent, list }: Questions,
  { credentials }: RunSettings,
): Promise<string | undefined> {
  if (credentials.forbiddenToken === undefined) return undefined;
  const refused = await absent('forbidden');
  if (refused.response?.status !== UNAUTHORIZED) return undefined;
  const isKnown = (await list('forbidden')).response?.status !== UNAUTHORIZED;
  const tellsTokensApart = (await list('wrong')).response?.status === UNAUTHORIZED;
  const isUnknown = tellsTokensApart ? !isKnown : areRefusedAlike(refused, await absent('wrong'));
  if (!isUnknown) return undefined;
  return `the second token (--forbidden-token) is refused like one that the target does not know (${answerInWords(refused)}): it must be the token of a user without permission, not an invalid one`;
}
