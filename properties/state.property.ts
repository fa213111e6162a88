/** What publishing leaves behind: versions that stay as they were, a list that has them, `latest` unchanged. */

import type { Configuration } from '../src/page/configuration.ts';
import { arrange, plain, publishable } from '../src/run/arrange.ts';
import { inParallel } from '../src/run/explore.ts';
import type { FunctionUnderTest } from '../src/run/function-under-test.ts';
import { typical } from '../src/run/isolate.ts';
import { property } from '../src/run/property.ts';
import { inOneVolley } from '../src/run/transcript.ts';
import { isAccepted } from '../src/target/index.ts';

property('publishing again without a change is refused', ['state.unchanged.republish'], async session => {
  const arrangement = await publishable(session);
  if (!arrangement.ok) return;
  const { publish } = arrangement.function;
  const { exchange } = await publish({});
  if (isAccepted(exchange)) await publish({}, { context: { unpublishedChanges: false } });
});

/** Other values of all that `typical` configures: each has to come through a change, and into no earlier version. */
const EVERYTHING_ELSE = {
  timeout: 45,
  memory_size: 256,
  handler: 'index.other',
  description: 'a function that was changed',
  user_data: '{"stage":"changed"}',
  initializer_handler: 'index.begin',
  initializer_timeout: 45,
  pre_stop_handler: 'index.end',
  pre_stop_timeout: 60,
  strategy_config: { concurrency: 20, concurrent_num: 3 },
} as const satisfies Partial<Configuration>;

property('published versions are frozen and listed', ['state.', 'request.version.taken'], async session => {
  if (session.settings.arrange !== 'api') {
    const prefixes = ['state.', 'request.version.taken'];
    session.evidence.obstruct(
      prefixes,
      'it needs --arrange api: the function is changed between publications',
    );
    return;
  }
  const { isBrief } = session.profile;
  const arrangement = isBrief ? await publishable(session) : await arrange(session, typical(session));
  if (!arrangement.ok) return;
  const subject = arrangement.function;
  if (isBrief) {
    await subject.publish({ version: 'first' });
    await subject.change({ timeout: 45 });
    await subject.list();
    return;
  }
  const before = await subject.read();
  await subject.publish({ version: 'first', description: 'the first' });
  await subject.read(before === undefined ? {} : { latest: before });
  if (!(await subject.change(EVERYTHING_ELSE))) await subject.change({ timeout: 45, memory_size: 256 });
  await subject.touch();
  await subject.publish({ version: 'first' });
  await subject.publish({ description: 'the second' });
  await subject.touch();
  await subject.publish({ version: 'third' });
  await subject.limitInstances(7);
  await subject.list({}, { toItsEnd: true });
  // What is deleted is the version, and nothing else.
  await subject.touch();
  await subject.removeVersion();
  await subject.publish({});
  await subject.remove();
});

property('parallel publications do not mix', ['state.', 'body.func_urn.function'], async session => {
  if (session.settings.arrange !== 'api' || session.profile.isBrief) return;
  const subjects: FunctionUnderTest[] = [];
  await inParallel([1, 2, 3], session.settings.concurrency, async () => {
    const arrangement = await arrange(session, typical(session));
    if (arrangement.ok) subjects.push(arrangement.function);
  });
  // At once on several functions, and several times at once on each: which of those finds changes is open.
  const publications = subjects.flatMap((subject, index) => {
    // Of two that ask for one name at once, either may come first.
    const name = index === 0 ? { version: 'twin' } : {};
    return ['a', 'b'].map(each => ({ subject, body: { ...name, description: `${index} ${each}` } }));
  });
  const uncertain = { unpublishedChanges: undefined, requestedVersion: undefined };
  await session.target.together(publications.length, () =>
    inOneVolley(() =>
      inParallel(publications, session.settings.concurrency, async ({ subject, body }) => {
        await subject.publish(body, { context: uncertain });
      }),
    ),
  );
  for (const subject of subjects) {
    await subject.list();
    await subject.remove();
  }
});

property(
  'changes that are taken back, and members that are left out',
  ['state.unchanged.', 'config.'],
  async session => {
    if (session.settings.arrange !== 'api' || session.profile.isBrief) return;
    const described = { ...plain(session), description: 'a function of the conformance suite' };
    const arrangement = await arrange(session, described);
    if (!arrangement.ok) return;
    const subject = arrangement.function;
    const { timeout } = described;
    await subject.publish({});
    if (await subject.change({ timeout: timeout + 1 })) {
      await subject.change({ timeout });
      await subject.publish({});
    }
    await subject.changeBarely();
    await subject.read();
    await subject.remove();
  },
);
