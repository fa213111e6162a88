/** Values one step outside what is documented, through the target: refused, and if not, never reported. */

import fc from 'fast-check';
import { configurationWith, type OutsideValue, outsideValues } from '../src/generate/index.ts';
import type { Configuration } from '../src/page/configuration.ts';
import { configuringOperation } from '../src/page/configuring.ts';
import type { Context } from '../src/page/context.ts';
import { arrange, plain } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import { type FunctionUnderTest, functionUnderTest } from '../src/run/function-under-test.ts';
import { typical } from '../src/run/isolate.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import {
  arrangeFunction,
  changeableMembers,
  changeConfiguration,
  configureAsyncNotification,
  isAccepted,
} from '../src/target/index.ts';

/** A refused change leaves the function as it is, so that many fit in a lane. */
const PER_LANE = 20;

property('undocumented configurations are refused', ['config.'], async session => {
  if (session.settings.arrange !== 'api') {
    session.evidence.obstruct(['config.'], 'it needs --arrange api: configurations are sent through the API');
    return;
  }
  const attempt = async (outside: OutsideValue, lane: Session): Promise<void> => {
    if (isSetAtCreation(outside)) return createOutside(lane, outside);
    if (lane.shared === undefined) {
      const arrangement = await arrange(lane, lane.profile.isBrief ? plain(lane) : typical(lane));
      if (!arrangement.ok) return;
      lane.shared = arrangement.function;
    }
    const wasAccepted = await changeToOutside(lane, lane.shared, outside);
    // What an accepted value does to the function is not known: the next one starts afresh.
    if (wasAccepted) {
      await lane.shared.remove();
      lane.shared = undefined;
    }
  };
  await explore(
    {
      examples: outsideValues.slice(0, session.profile.outsideValues),
      arbitrary: fc.constantFrom(...outsideValues),
      runs: 0,
      attempt,
      show: ({ path, value }) => ({ [path]: value }),
      perLane: PER_LANE,
    },
    session,
    { seed: session.settings.seed, shrinkAttempts: 0 },
  );
});

const changeable: readonly string[] = [
  'function_async_config',
  ...(configuringOperation('change configuration')?.carries ?? []),
];

/** Whether only a new function can have the value, or what it needs beside it. */
function isSetAtCreation({ path, beside }: OutsideValue): boolean {
  return [path, ...Object.keys(beside)].some(each => !changeable.includes(/^[^.[]+/.exec(each)?.[0] ?? ''));
}

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
  const created = functionUnderTest(session, origin);
  if (arranged.ok) await created.publish({});
  if (arranged.ok || arranged.refusedAt !== 'create function') await created.remove();
}

/** Changes the function to the value; if the target takes it, publishes it to see what it reports. */
async function changeToOutside(
  session: Session,
  base: FunctionUnderTest,
  outside: OutsideValue,
): Promise<boolean> {
  const { target } = session;
  const configured = configurationWith(base.configuration as Configuration, outside);
  const context = base.context();
  const asynchronous = configured.function_async_config;
  const { exchange } = outside.path.startsWith('function_async_config.')
    ? await configureAsyncNotification(target, base.urn, asynchronous as Record<string, unknown>, context)
    : await changeConfiguration(target, base.urn, changeableMembers(configured), context);
  if (!isAccepted(exchange)) return false;
  // Published with what is reported judged by the page alone, not against the value that was sent.
  await base.publish({}, { context: { configuration: {}, unpublishedChanges: true } });
  return true;
}
