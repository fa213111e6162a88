/**
 * Random histories of one function, held against a model of it: what must be listed, what each version must
 * still say, what `latest` must still say. fast-check shrinks a history that breaks a clause.
 */

import fc from 'fast-check';
import { arrange } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import type { FunctionUnderTest } from '../src/run/function-under-test.ts';
import { typical } from '../src/run/isolate.ts';
import { leaveOutRandom } from '../src/run/left-out.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';

/** What decides which command may follow; the function under test itself knows what answers are due. */
interface Model {
  exists: boolean;
  publications: number;
}

interface Real {
  readonly session: Session;
  readonly subject: FunctionUnderTest;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A function has at most 20 versions; a history stays below half of that. */
const MAX_PUBLICATIONS = 8;

function command(
  name: string,
  may: (model: Readonly<Model>) => boolean,
  run: (real: Real, model: Model) => Promise<unknown>,
): Command {
  return {
    check: may,
    run: async (model, real) => {
      await run(real, model);
    },
    toString: () => name,
  };
}

const whileItExists = (model: Readonly<Model>): boolean => model.exists;
const whileItMayPublish = (model: Readonly<Model>): boolean =>
  model.exists && model.publications < MAX_PUBLICATIONS;

function publishes(name: string, body: object): Command {
  return command(name, whileItMayPublish, async ({ subject }, model) => {
    model.publications++;
    await subject.publish(body);
  });
}

const NAMES = ['a', 'b', 'release-1.0'] as const;

const commands: fc.Arbitrary<Command>[] = [
  fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map(text => publishes(`publish ${JSON.stringify(text)}`, { description: text })),
  fc.constantFrom(...NAMES).map(version => publishes(`publish as ${version}`, { version })),
  fc
    .constantFrom(3, 60, 900)
    .map(timeout =>
      command(`timeout ${timeout}`, whileItExists, ({ subject }) => subject.change({ timeout })),
    ),
  fc
    .constantFrom(128, 256, 512)
    .map(memory =>
      command(`memory_size ${memory}`, whileItExists, ({ subject }) =>
        subject.change({ memory_size: memory }),
      ),
    ),
  fc.constant(command('new code', whileItExists, ({ subject }) => subject.touch())),
  fc
    .integer({ min: 1, max: 1000 })
    .map(most =>
      command(`at most ${most} instances`, whileItExists, ({ subject }) => subject.limitInstances(most)),
    ),
  fc.constant(command('list', whileItExists, ({ subject }) => subject.list())),
  fc.constant(
    command('publish and compare latest', whileItMayPublish, async ({ subject }, model) => {
      model.publications++;
      const latest = await subject.read();
      await subject.publish({});
      await subject.read(latest === undefined ? {} : { latest });
    }),
  ),
  fc.constant(command('delete a version', whileItExists, ({ subject }) => subject.removeVersion())),
  fc.constant(
    command('delete the function and publish', whileItExists, async ({ subject }, model) => {
      model.exists = !(await subject.remove());
      if (!model.exists) await subject.publish({}, { context: { function: 'absent' } });
    }),
  ),
];

property(
  'every history of a function is remembered',
  ['state.', 'body.', 'request.version'],
  async session => {
    if (session.settings.arrange !== 'api') return;
    const attempt = async (history: Iterable<Command>, lane: Session): Promise<void> => {
      const arrangement = await arrange(lane, typical(lane));
      if (!arrangement.ok) return;
      const subject = arrangement.function;
      const model: Model = { exists: true, publications: 0 };
      await fc.asyncModelRun(() => ({ model, real: { session: lane, subject } }), history);
      if (!model.exists) return;
      await subject.list();
      await subject.remove();
    };
    leaveOutRandom(session, 'random histories of a function', 'histories');
    await explore(
      {
        examples: [],
        arbitrary: fc.commands(commands, { maxCommands: 12 }),
        runs: session.profile.histories,
        attempt,
        show: history => [...history].map(String),
        isHistory: true,
        perLane: 1,
        cost: 25,
      },
      session,
      { seed: session.settings.seed, shrinkAttempts: session.profile.shrinkRequests / 10 },
    );
  },
);
