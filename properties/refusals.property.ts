/** Invalid publish requests are refused as documented, and create nothing. */

import {
  type InvalidPublishRequest,
  invalidPublishRequest,
  invalidPublishRequests,
} from '../src/generate/index.ts';
import { publishable } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import { property } from '../src/run/property.ts';

property('invalid publish requests are refused', ['request.', 'error.', 'state.listed'], async session => {
  const attempt = async ({ body, contentType }: InvalidPublishRequest): Promise<void> => {
    const arrangement = await publishable(session);
    if (!arrangement.ok) return;
    await arrangement.function.publish(body, contentType === undefined ? {} : { contentType });
  };
  const isListed = session.settings.arrange === 'api' && session.profile.invalidExamples > 10;
  const before = isListed ? await publishable(session) : undefined;
  const versionsBefore = before?.ok ? (await before.function.list()).filter(isNamed).length : undefined;
  const publicationsBefore = before?.ok ? before.function.publications : 0;
  await explore(
    {
      examples: invalidPublishRequests.slice(0, session.profile.invalidExamples),
      arbitrary: invalidPublishRequest(),
      runs: session.profile.randomInvalidRequests,
      attempt,
      show: ({ title, body, contentType }) => ({ title, body: body?.slice(0, 2000), contentType }),
      parallel: 1,
    },
    session.evidence,
    { seed: session.settings.seed, shrinkAttempts: session.profile.shrinkRequests },
  );
  if (before?.ok && versionsBefore !== undefined && session.shared === before.function) {
    const accepted = before.function.publications - publicationsBefore;
    await before.function.list({ versionsBefore: versionsBefore + accepted });
  }
});

function isNamed({ version }: Readonly<Record<string, unknown>>): boolean {
  return version !== 'latest';
}
