/** The documented value ranges, through the target: accepted inside, reported exactly, refused one step outside. */

import { type CoveringConfiguration, configuration, coveringConfigurations } from '../src/generate/index.ts';
import { valueAt } from '../src/page/paths.ts';
import { arrange, arrangeThroughStates, plain } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import { isolate, typical } from '../src/run/isolate.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { currentStimulus } from '../src/run/stimulus.ts';

/** Publishes a function with the configuration; the judge compares what is reported with what was configured. */
async function publishConfigured(
  session: Session,
  { title, configuration, needs }: CoveringConfiguration,
): Promise<void> {
  const arrangement = needs.includes('provider-states')
    ? await arrangeThroughStates(session, 'a function exists', configuration)
    : await arrange(session, configuration);
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
    if (session.settings.arrange === 'none') {
      session.evidence.obstruct(
        ['body.', 'config.'],
        'it needs functions with other configurations (--arrange api or --arrange states)',
      );
      return;
    }
    const nonce = session.nonce();
    const wanted = session.profile.isBrief ? [everyday(session)] : coveringConfigurations(nonce, named);
    const random = configuration({ nonce, name: named }).map(
      (configuration): CoveringConfiguration => ({ title: 'random', configuration, needs: [] }),
    );
    await explore(
      {
        examples: wanted,
        arbitrary: random,
        runs: session.profile.randomConfigurations,
        attempt: async (example, lane) => publishConfigured(lane, renewed(lane, example)),
        simplify: (example, clause, lane) => reducedTo(lane, example, clause),
        show: ({ configuration }) => configuration,
        perLane: 2,
        cost: 5,
      },
      session,
      { seed: session.settings.seed, shrinkAttempts: session.profile.shrinkRequests / 4 },
    );
  },
);

/** One configuration that has most members. */
function everyday(session: Session): CoveringConfiguration {
  const settings = { max_async_event_age_in_seconds: 3600, max_async_retry_attempts: 3 };
  const configuration = { ...typical(session), type: 'v2' as const, function_async_config: settings };
  return { title: 'everyday', configuration, needs: [] };
}

/** The plainest function with nothing of the example but the member that the clause is about. */
function reducedTo(
  session: Session,
  { title, configuration, needs }: CoveringConfiguration,
  clauseId: string,
): CoveringConfiguration | undefined {
  const [, member] = clauseId.split(/[.[]/);
  const value = member === undefined ? undefined : valueAt(configuration, member);
  if (member === undefined || value === undefined || needs.length > 0) return undefined;
  const pair = /^(?:initializer|pre_stop)_/.exec(member)?.[0];
  const own = Object.entries(configuration).filter(
    ([name]) => name === member || (pair !== undefined && name.startsWith(pair)),
  );
  const { func_name: _name, ...base } = plain(session);
  return { title, needs, configuration: { ...base, func_name: named('r'), ...Object.fromEntries(own) } };
}

/** Stands for the beginning of a name until the function is created: a name is free only once. */
const OWN_NAME = 'fgsc-0123456789-00-00-00';

function named(suffix: string): string {
  return `${OWN_NAME}-${suffix}`;
}

function renewed(session: Session, example: CoveringConfiguration): CoveringConfiguration {
  const own = session.name({ length: OWN_NAME.length });
  const name = example.configuration.func_name.replace(OWN_NAME, own);
  return { ...example, configuration: { ...example.configuration, func_name: name } };
}
