/** The documented value ranges, through the target: accepted inside, reported exactly, refused one step outside. */

import fc from 'fast-check';
import {
  type CoveringConfiguration,
  configuration,
  configurationWith,
  coveringConfigurations,
  type OutsideValue,
  outsideValues,
} from '../src/generate/index.ts';
import type { Configuration } from '../src/page/configuration.ts';
import { arrange, arrangeThroughStates } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import { type FunctionUnderTest, functionUnderTest } from '../src/run/function-under-test.ts';
import { changeable, isolate, typical } from '../src/run/isolate.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { currentStimulus } from '../src/run/stimulus.ts';
import {
  changeConfiguration,
  configureAsyncNotification,
  createFunction,
  deleteFunction,
  isAccepted,
} from '../src/target/index.ts';

/** Publishes a function with the configuration; the judge compares what is reported with what was configured. */
async function publishConfigured(
  session: Session,
  { title, configuration, needs }: CoveringConfiguration,
): Promise<void> {
  const arrangement = needs.includes('provider-states')
    ? await arrangeThroughStates(session, 'a function exists', configuration)
    : await arrange(session, configuration, needs.length === 0 ? {} : { suspects: needs });
  if (arrangement.ok) {
    await arrangement.function.publish({ description: title });
    await arrangement.function.remove();
    return;
  }
  if (needs.length > 0) {
    const members = needs.flatMap(need => MEMBERS_OF_NEED[need] ?? []);
    session.evidence.obstruct(members, `it needs ${needs.join(' and ')}: ${arrangement.reason}`);
    return;
  }
  const isExplained = [...(currentStimulus()?.broken.keys() ?? [])].some(id => id.startsWith('config.'));
  if (!isExplained && arrangement.exchange !== undefined) await isolate(session, configuration);
}

/** Clauses that are about what a configuration needs. */
const MEMBERS_OF_NEED: Readonly<Record<string, readonly string[]>> = {
  'provider-states': ['body.dependencies'],
  destinations: [
    'body.function_async_config.destination_config',
    'config.function_async_config.destination_config',
  ],
  mounts: ['body.mount_config', 'config.mount_config'],
  obs: ['body.code_url', 'config.code_url'],
  vpc: ['body.func_vpc', 'config.func_vpc'],
  agency: ['body.xrole', 'body.app_xrole', 'config.xrole', 'config.app_xrole'],
};

property(
  'documented configurations are accepted and reported exactly',
  ['config.', 'body.'],
  async session => {
    const nonce = session.nonce();
    const covering = coveringConfigurations(nonce, () => session.name());
    const wanted = covering.slice(0, session.profile.coveringConfigurations);
    const random = configuration({ nonce, name: () => session.name() }).map(
      (configuration): CoveringConfiguration => ({ title: 'random', configuration, needs: [] }),
    );
    await explore(
      {
        examples: wanted,
        arbitrary: random,
        runs: session.profile.randomConfigurations,
        attempt: async example => publishConfigured(session, renewed(session, example)),
        show: ({ configuration }) => configuration,
        parallel: session.settings.concurrency,
      },
      session.evidence,
      { seed: session.settings.seed, shrinkAttempts: session.profile.shrinkRequests / 4 },
    );
  },
);

/** The same configuration for a function of another name, since a name is free only once. */
function renewed(session: Session, example: CoveringConfiguration): CoveringConfiguration {
  const { func_name: name } = example.configuration;
  const fresh = session.name({
    separator: name.includes('_') ? '_' : '-',
    length: Math.max(name.length, 24),
  });
  return { ...example, configuration: { ...example.configuration, func_name: fresh } };
}

property('undocumented configurations are refused', ['config.'], async session => {
  if (session.settings.arrange !== 'api') return;
  let base: FunctionUnderTest | undefined;
  const attempt = async (outside: OutsideValue): Promise<void> => {
    if (isSetAtCreation(outside.path)) return createOutside(session, outside);
    if (base === undefined) {
      const arrangement = await arrange(session, typical(session));
      if (!arrangement.ok) return;
      base = arrangement.function;
    }
    const wasAccepted = await changeToOutside(session, base, outside);
    // What an accepted value does to the function is not known: the next one starts afresh.
    if (wasAccepted) {
      await base.remove();
      base = undefined;
    }
  };
  await explore(
    {
      examples: outsideValues.slice(0, session.profile.outsideValues),
      arbitrary: fc.constantFrom(...outsideValues),
      runs: 0,
      attempt,
      show: ({ path, value }) => ({ [path]: value }),
      parallel: 1,
    },
    session.evidence,
    { seed: session.settings.seed, shrinkAttempts: 0 },
  );
  await base?.remove();
});

function isSetAtCreation(path: string): boolean {
  return ['type', 'code_type', 'runtime', 'package'].includes(path);
}

/** Creates a function with the value; if the target takes it, publishes it to see what it reports. */
async function createOutside(session: Session, outside: OutsideValue): Promise<void> {
  const { target, journal } = session;
  const { strategy_config: _strategy, ...creatable } = typical(session);
  const members = configurationWith(creatable as Configuration, outside);
  const name = creatable.func_name;
  journal.created(name, target.endpoint);
  const { exchange, urn } = await createFunction(target, members, {
    projectId: target.projectId,
    credentials: 'valid',
  });
  if (!isAccepted(exchange)) {
    journal.deleted(name);
    return;
  }
  if (urn !== undefined) {
    const created = functionUnderTest(session, {
      urn,
      configuration: {},
      unpublishedChanges: true,
      isOwn: true,
    });
    await created.publish({});
  }
  await deleteFunction(target, urn ?? name, { journal, fromReserve: true });
  journal.deleted(name);
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
    : await changeConfiguration(target, base.urn, changeable(configured), context);
  if (!isAccepted(exchange)) return false;
  // Published with what is reported judged by the page alone, not against the value that was sent.
  await base.publish({}, { context: { configuration: {}, unpublishedChanges: true } });
  return true;
}
