/** What a URN may name beside a function as it is: other projects, versions, aliases, and what was deleted. */

import { type FullFunctionUrn, formatUrn } from '../src/page/urn.ts';
import { arrange, plain, publishable } from '../src/run/arrange.ts';
import type { FunctionUnderTest } from '../src/run/function-under-test.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { stimulate } from '../src/run/stimulus.ts';

const OTHER_PROJECT = '0123456789abcdef0123456789abcdef';

/** URNs of no function, version or alias, each made of one that exists. */
function misnamed(urn: FullFunctionUrn, name: string) {
  const elsewhere = { function: 'elsewhere' } as const;
  const absent = { qualifier: 'absent' } as const;
  const short = (qualifier: string) => `${urn.projectId}:${urn.package}:${urn.name}:${qualifier}`;
  return [
    { title: 'another project', urn: formatUrn({ ...urn, projectId: OTHER_PROJECT }), context: elsewhere },
    { title: 'another region', urn: formatUrn({ ...urn, region: `${urn.region}-x` }), context: elsewhere },
    { title: 'a version that is none', urn: formatUrn({ ...urn, qualifier: name }), context: absent },
    { title: 'an alias that is none', urn: formatUrn({ ...urn, qualifier: `!${name}` }), context: absent },
    { title: 'a version that is none, in short', urn: short(name), context: absent },
    {
      title: 'another project, in short',
      urn: `${OTHER_PROJECT}:${urn.package}:${urn.name}`,
      context: elsewhere,
    },
    {
      title: 'another package',
      urn: formatUrn({ ...urn, package: `${urn.package}-x` }),
      context: { function: 'absent' } as const,
    },
  ];
}

/**
 * A published function of its own, since what a target makes of these URNs must not confuse other properties; else
 * the one that there is.
 */
async function withFunction(
  session: Session,
  use: (subject: FunctionUnderTest) => Promise<void>,
): Promise<void> {
  const isBorrowed = session.settings.arrange === 'none';
  const arrangement = isBorrowed ? await publishable(session) : await arrange(session, plain(session));
  if (!arrangement.ok) return;
  const subject = arrangement.function;
  if (!isBorrowed) await subject.publish({ description: 'v1' });
  await use(subject);
  if (!isBorrowed) await subject.remove();
}

property('what a URN names must be there', ['request.function_urn.'], async session => {
  if (session.profile.isBrief) return;
  const mayChange = session.settings.arrange === 'api';
  await withFunction(session, async subject => {
    for (const { title, urn, context } of misnamed(subject.parts, 'no-such-version')) {
      await stimulate({ input: { title, function_urn: urn } }, async () => {
        // Where nothing is to be published, a service that found the function refuses with 400 as well.
        if (mayChange && subject.context().unpublishedChanges !== true) await subject.touch();
        await subject.publish({}, { urn, context: { ...context, unpublishedChanges: undefined } });
      });
    }
  });
});

property('a deleted function is gone', ['request.function_urn.absent'], async session => {
  if (session.profile.isBrief || session.settings.arrange !== 'api') return;
  const arrangement = await arrange(session, plain(session));
  if (!arrangement.ok) return;
  const subject = arrangement.function;
  await subject.publish({ description: 'v1' });
  if (!(await subject.remove())) return;
  await stimulate(
    { input: { title: 'a function that was deleted', function_urn: subject.urn } },
    async () => {
      await subject.publish({ description: 'v2' }, { context: { function: 'absent' } });
    },
    true,
  );
});
