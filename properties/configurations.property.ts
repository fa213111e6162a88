/** The documented value ranges, through the target: accepted inside, reported exactly, refused one step outside. */

import {
  type CoveringConfiguration,
  configuration,
  coveringConfigurations,
  type Need,
} from '../src/generate/index.ts';
import type { Configuration } from '../src/page/configuration.ts';
import { valueAt } from '../src/page/paths.ts';
import { NAMING } from '../src/page/resources.ts';
import { arrange, arrangeThroughStates, plain } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import type { FunctionUnderTest } from '../src/run/function-under-test.ts';
import { isolate, typical } from '../src/run/isolate.ts';
import { leaveOutRandom } from '../src/run/left-out.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { currentStimulus } from '../src/run/stimulus.ts';

/** Publishes a function with the configuration; the judge compares what is reported with what was configured. */
async function publishConfigured(
  session: Session,
  { title, configuration, needs, existing }: CoveringConfiguration,
  changes?: Changes,
): Promise<void> {
  const [need] = needs;
  const context = existing.length === 0 ? {} : { existing, suspects: existing.slice(0, 1) };
  const arrangement =
    need === 'provider-states'
      ? await arrangeThroughStates(session, 'a function exists', configuration)
      : await arrange(session, configuration, context);
  if (arrangement.ok) {
    await arrangement.function.publish({ description: title });
    if (changes !== undefined) await publishChanged(session, arrangement.function, changes);
    await arrangement.function.remove();
    return;
  }
  for (const each of changes?.mounts ?? []) await publishConfigured(session, renewed(session, each));
  if (need !== undefined) return obstruct(session, need, existing.length > 0, arrangement.reason);
  const isExplained = [...(currentStimulus()?.broken.keys() ?? [])].some(id => id.startsWith('config.'));
  if (!isExplained && arrangement.exchange !== undefined) await isolate(session, configuration);
}

/** What a change of an existing function sets; a service may take it there and lose it. */
interface Changes {
  /** The configuration of the function that is changed: the first one with mounts. */
  readonly of: CoveringConfiguration | undefined;
  /** Other mounts. What is not taken is configured on a function of its own. */
  readonly mounts: readonly CoveringConfiguration[];
  /** Set at once, where the service takes that. */
  readonly others: Partial<Configuration>;
}

function changesAmong(wanted: readonly CoveringConfiguration[]): Changes {
  const having = (need: Need) => wanted.filter(({ needs }) => needs.includes(need));
  const [vpc, log] = [having('vpc')[0], having('log')[0]];
  const others = { ...only(vpc, 'func_vpc'), ...only(log, 'log_config') };
  const [first, ...mounts] = having('mounts');
  return { of: first, mounts, others };
}

function only(
  example: CoveringConfiguration | undefined,
  name: 'func_vpc' | 'log_config' | 'mount_config',
): Partial<Configuration> {
  const value = example?.configuration[name];
  return value === undefined ? {} : { [name]: value };
}

async function publishChanged(
  session: Session,
  subject: FunctionUnderTest,
  { mounts, others }: Changes,
): Promise<void> {
  for (const each of mounts) {
    if (await subject.change(only(each, 'mount_config'))) await subject.publish({ description: each.title });
    else await publishConfigured(session, renewed(session, each));
  }
  if (await subject.change(others)) await subject.publish({});
}

/** Says why clauses about what is needed were not exercised. */
function obstruct({ evidence }: Session, need: Need, isGiven: boolean, reason: string): void {
  if (need === 'provider-states') {
    evidence.obstruct(['body.dependencies'], reason);
    return;
  }
  const { inWords, configures, reports = [] } = NAMING[need];
  const ids = [...configures, ...reports].flatMap(path => [`body.${path}`, `config.${path}`]);
  const wanted = isGiven
    ? `"${need}" of --resources was not taken`
    : `it needs ${inWords} that exists (--resources, "${need}")`;
  evidence.obstruct(ids, `${wanted}: ${reason}`);
}

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
    const wanted = session.profile.isBrief
      ? [everyday(session)]
      : coveringConfigurations(nonce, named, session.settings.resources);
    const random = configuration({ nonce, name: named }).map(
      (configuration): CoveringConfiguration => ({ title: 'random', configuration, needs: [], existing: [] }),
    );
    leaveOutRandom(session, 'random configurations', 'randomConfigurations');
    const changes = changesAmong(wanted);
    await explore(
      {
        examples: wanted.filter(each => !changes.mounts.includes(each)),
        arbitrary: random,
        runs: session.profile.randomConfigurations,
        attempt: async (example, lane) =>
          publishConfigured(lane, renewed(lane, example), example === changes.of ? changes : undefined),
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
  return { title: 'everyday', configuration, needs: [], existing: [] };
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
  return {
    title,
    needs,
    existing: [],
    configuration: { ...base, func_name: named('r'), ...Object.fromEntries(own) },
  };
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
