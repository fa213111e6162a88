/** Values one step outside what is documented, through the target: refused, and if not, never reported. */

import fc from 'fast-check';
import { besideExisting, configurationWith, type OutsideValue } from '../src/generate/index.ts';
import type { Configuration } from '../src/page/configuration.ts';
import { CODE_MEMBERS } from '../src/page/configuring.ts';
import type { Context } from '../src/page/context.ts';
import type { Exchange } from '../src/page/exchange.ts';
import { isObject } from '../src/page/formats.ts';
import { valueAt } from '../src/page/paths.ts';
import { arrange, plain } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import { followFunction } from '../src/run/follow-function.ts';
import type { FunctionUnderTest } from '../src/run/function-under-test.ts';
import { typical } from '../src/run/isolate.ts';
import { leaveOut } from '../src/run/left-out.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import {
  arrangeFunction,
  changeableMembers,
  changeCode,
  changeConfiguration,
  configureAsyncNotification,
  isAccepted,
  setMaximumInstances,
} from '../src/target/index.ts';
import { type Attempt, chosenDoors, type Door, everyDoor } from './doors.ts';

/** A refused change leaves the function as it is, so that many fit in a lane. */
const PER_LANE = 48;

property('undocumented configurations are refused', ['config.'], async session => {
  if (session.settings.arrange !== 'api') {
    session.evidence.obstruct(['config.'], 'it needs --arrange api: configurations are sent through the API');
    return;
  }
  const attempt = async ({ outside: value, door }: Attempt, lane: Session): Promise<void> => {
    const outside = besideExisting(value, lane.settings.resources);
    if (door === 'create function') return createOutside(lane, outside);
    if (lane.shared === undefined) {
      const arrangement = await arrange(lane, lane.profile.isBrief ? plain(lane) : typical(lane));
      if (!arrangement.ok) return;
      lane.shared = arrangement.function;
    }
    const wasAccepted = await changeToOutside(lane, lane.shared, outside, door);
    // What an accepted value does to the function is not known: the next one starts afresh.
    if (wasAccepted) {
      await lane.shared.remove();
      lane.shared = undefined;
    }
  };
  const attempts = session.profile.isEveryDoor ? everyDoor : chosenDoors;
  const asked = attempts.slice(0, session.profile.outsideValues);
  leaveOut(session, 'requests with a value outside what is documented', everyDoor.length, asked.length);
  await explore(
    {
      examples: asked,
      arbitrary: fc.constantFrom(...attempts),
      runs: 0,
      attempt,
      show: ({ outside: { path, value }, door }) => ({ [path]: value ?? '(left out)', through: door }),
      perLane: PER_LANE,
    },
    session,
    { seed: session.settings.seed, shrinkAttempts: 0 },
  );
});

/** Creates a function with the value; if the target takes it, publishes it to see what it reports. */
async function createOutside(session: Session, outside: OutsideValue): Promise<void> {
  const { target, journal } = session;
  const { strategy_config: _strategy, ...creatable } = typical(session);
  const members = configurationWith(creatable as Configuration, outside);
  const { type } = members;
  const configuration: Partial<Configuration> = type === 'v1' || type === 'v2' ? { type } : {};
  const context: Context = { projectId: target.projectId, credentials: 'valid', configuration };
  const arranged = await arrangeFunction(target, journal, members, { context });
  if (arranged.urn === undefined) return;
  const origin = { urn: arranged.urn, configuration: {}, unpublishedChanges: true, isOwn: true };
  const created = followFunction(session, origin);
  if (arranged.ok) await created.publish({});
  if (arranged.ok || arranged.refusedAt !== 'create function') await created.remove();
}

/** Changes the function to the value; if the target takes it, publishes it to see what it reports. */
async function changeToOutside(
  session: Session,
  base: FunctionUnderTest,
  outside: OutsideValue,
  door: Door,
): Promise<boolean> {
  const configured = configurationWith(base.configuration as Configuration, outside);
  const exchange = await sendThrough(session, base, configured, door);
  if (exchange === undefined || !isAccepted(exchange)) return false;
  // Published with what is reported judged by the page alone, not against the value that was sent.
  await base.publish({}, { context: { configuration: {}, unpublishedChanges: true } });
  return true;
}

async function sendThrough(
  { target }: Session,
  base: FunctionUnderTest,
  configured: Readonly<Record<string, unknown>>,
  door: Door,
): Promise<Exchange | undefined> {
  const context = base.context();
  switch (door) {
    case 'change configuration':
      return (await changeConfiguration(target, base.urn, changeableMembers(configured), context)).exchange;
    case 'change code': {
      const members = Object.entries(configured).filter(([name]) => CODE_MEMBERS.some(code => code === name));
      return (await changeCode(target, base.urn, Object.fromEntries(members), context)).exchange;
    }
    case 'set maximum instances': {
      const concurrency = valueAt(configured, 'strategy_config.concurrency');
      return (await setMaximumInstances(target, base.urn, concurrency, context)).exchange;
    }
    case 'configure asynchronous notification': {
      const { function_async_config: settings } = configured;
      if (!isObject(settings)) return undefined;
      return (await configureAsyncNotification(target, base.urn, settings, context)).exchange;
    }
    case 'create function':
      return undefined;
  }
}
