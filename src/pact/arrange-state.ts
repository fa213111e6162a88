import type { Configuration } from '../page/configuration.ts';
import { isGatewayStatus } from '../page/rules/answers.ts';
import { formatUrn, parseFullUrn } from '../page/urn.ts';
import { type Arrangement, arrange, arrangeThroughStates, plain, publishable } from '../run/arrange.ts';
import type { FunctionUnderTest } from '../run/function-under-test.ts';
import type { Session } from '../run/session.ts';
import { isAccepted, type Members } from '../target/index.ts';
import type { PactState } from './pact-document.ts';
import { STATES } from './reach.ts';
import { type StandIns, standInsFor } from './stand-ins.ts';

/** A state that the target was brought into. */
export interface ArrangedState {
  /** What the interaction may have put into its request and its expected answer. */
  readonly values: Members;
  readonly tearDown: () => Promise<void>;
  /** An answer as it would be if what the state names had been there. */
  readonly asAsked?: StandIns['asAsked'];
}

/** The target cannot be brought into a state; the message says why. */
export class StateOutOfReach extends Error {
  override readonly name = 'StateOutOfReach';
  /** Whether the target cannot be brought into it, rather than not answering just now. */
  readonly isLasting: boolean;

  constructor(message: string, isLasting = true) {
    super(message);
    this.isLasting = isLasting;
  }
}

/**
 * Brings the target into a provider state, in the way that the run arranges functions.
 *
 * @throws StateOutOfReach
 */
export async function arrangeState(session: Session, state: PactState): Promise<ArrangedState> {
  switch (state.name) {
    case STATES.function:
      return stateOf(session, await functionWith(session, state));
    case STATES.changed:
      return stateOf(session, await changedFunction(session, state));
    case STATES.absent:
      return absentFunction(session, state);
    case STATES.forbidden:
      return forbiddenToken(session, state);
    case STATES.failing:
      return stateOf(session, { fn: await throughStates(session, state) });
    default:
      return foreignState(session, state);
  }
}

function stateOf({ target }: Session, { fn, asAsked }: FunctionOfState): ArrangedState {
  return {
    ...(asAsked === undefined ? {} : { asAsked }),
    values: { function_urn: fn.urn, project_id: target.projectId },
    tearDown: async () => {
      await fn.remove();
    },
  };
}

/** A function as a state has it, perhaps with resources that exist in place of those that the state names. */
interface FunctionOfState extends Pick<ArrangedState, 'asAsked'> {
  readonly fn: FunctionUnderTest;
}

async function functionWith(session: Session, state: PactState): Promise<FunctionOfState> {
  const { arrange: how } = session.settings;
  // At the edge: what a pact asks for is for the target to accept or refuse.
  const asked = state.params as Partial<Configuration>;
  if (how === 'none' && Object.keys(asked).length === 0) return { fn: arranged(await publishable(session)) };
  if (how !== 'api' || asked.dependencies !== undefined) return { fn: await throughStates(session, state) };
  const withMembers = (members: Partial<Configuration>) =>
    arrange(session, { ...plainBeside(session, asked), ...members });
  const first = await withMembers(asked);
  // A service that looks whether resources exist refuses those of a pact.
  const standIns = first.ok ? undefined : standInsFor(asked, session.settings.resources);
  const members = standIns?.members ?? asked;
  const fn = arranged(standIns === undefined ? first : await withMembers(members), otherWay(session));
  const missing = Object.keys(members).filter(name => !isSame(fn.configuration, members, name));
  if (missing.length === 0) return standIns === undefined ? { fn } : { fn, asAsked: standIns.asAsked };
  await fn.remove();
  throw new StateOutOfReach(`the target does not take ${missing.join(' and ')} as the state has it`);
}

/** The plainest configuration, without code of its own when the state brings some. */
function plainBeside(session: Session, asked: Partial<Configuration>): Configuration {
  const configuration = plain(session);
  if (asked.code_type === undefined) return configuration;
  const { code_type: _type, code_filename: _file, code_url: _url, func_code: _code, ...rest } = configuration;
  return rest;
}

function isSame(accepted: Members, asked: Members, name: string): boolean {
  return JSON.stringify(accepted[name]) === JSON.stringify(asked[name]);
}

async function changedFunction(session: Session, state: PactState): Promise<FunctionOfState> {
  if (session.settings.arrange !== 'api') return { fn: await throughStates(session, state) };
  const made = await functionWith(session, state);
  const { fn } = made;
  const { exchange } = await fn.publish({});
  if (isAccepted(exchange) && (await fn.touch())) return made;
  await fn.remove();
  throw new StateOutOfReach('the target does not publish a function and change it afterwards');
}

async function throughStates(session: Session, { name, params }: PactState): Promise<FunctionUnderTest> {
  return arranged(await arrangeThroughStates(session, name, params));
}

function arranged(arrangement: Arrangement, advice = ''): FunctionUnderTest {
  if (arrangement.ok) return arrangement.function;
  const { failure, response } = arrangement.exchange ?? {};
  const isLasting = failure === undefined && !(response !== undefined && isGatewayStatus(response.status));
  throw new StateOutOfReach(`${arrangement.reason}${advice}`, isLasting);
}

/** What may bring a function about that the API does not. */
function otherWay({ states }: Session): string {
  return states === undefined ? '' : '; the states URL may bring it about (--arrange states)';
}

async function absentFunction(session: Session, state: PactState): Promise<ArrangedState> {
  if (session.settings.arrange === 'states') return foreignState(session, state);
  const { target } = session;
  const urn = formatUrn({
    region: await regionOf(session),
    projectId: target.projectId,
    package: 'default',
    name: session.name(),
  });
  return { values: { function_urn: urn, project_id: target.projectId }, tearDown: async () => {} };
}

/** The region that URNs of the target name; learnt from a function when nobody said it. */
async function regionOf(session: Session): Promise<string> {
  const { functionUrn, region } = session.settings;
  const known = region ?? (functionUrn === undefined ? undefined : parseFullUrn(functionUrn)?.region);
  if (known !== undefined) return known;
  const fn = arranged(await arrange(session, plain(session)));
  await fn.remove();
  return fn.parts.region;
}

async function forbiddenToken(session: Session, state: PactState): Promise<ArrangedState> {
  const { forbiddenToken: token } = session.settings.credentials;
  if (token !== undefined) return { values: { token }, tearDown: async () => {} };
  const answered = await foreignState(session, state);
  if (typeof answered.values.token !== 'string')
    throw new StateOutOfReach(`the state "${state.name}" answered no token`);
  session.target.useForbiddenToken(answered.values.token);
  return answered;
}

/** A state that only the target's own states URL knows. */
async function foreignState(
  { states, target }: Session,
  { name, params }: PactState,
): Promise<ArrangedState> {
  if (states === undefined) throw new StateOutOfReach('the target has no provider states (--states-url)');
  const setup = await states.setup(name, params);
  if (!setup.ok) throw new StateOutOfReach(setup.reason);
  return {
    values: { project_id: target.projectId, ...setup.values },
    tearDown: async () => {
      await setup.tearDown();
    },
  };
}
