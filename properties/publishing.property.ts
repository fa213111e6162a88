/** Valid publish requests are accepted, and the version that is reported is the one that was asked for. */

import fc from 'fast-check';
import { publishRequest, publishRequestExamples } from '../src/generate/index.ts';
import type { PublishRequest } from '../src/page/tables/publish-request.ts';
import { publishable } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { isAccepted } from '../src/target/index.ts';

/** A valid request, made for the function that it is sent to. */
type RequestFor = (md5: string) => PublishRequest;

/** Version names of a given length that no version of this run has. */
function versionNames(session: Session): (length: number) => string {
  let count = 0;
  return length => {
    const number = (count++).toString(36);
    const padding = `n${session.nonce().replaceAll(/[^a-z0-9]/g, '')}`.padEnd(42, 'x');
    return length <= number.length
      ? number.slice(-length)
      : `${padding.slice(0, length - number.length)}${number}`;
  };
}

property('valid publish requests are accepted', ['request.', 'body.version', 'state.'], async session => {
  const uniqueName = versionNames(session);
  const examples = publishRequestExamples('', uniqueName).map(
    (_, index): RequestFor =>
      md5 =>
        publishRequestExamples(md5, uniqueName)[index]?.body ?? {},
  );
  const random = fc.record({ body: publishRequest(), withDigest: fc.boolean() }).map(
    ({ body, withDigest }): RequestFor =>
      md5 =>
        withDigest && md5 !== '' ? { ...body, digest: md5 } : body,
  );
  const refusedAlone = new Set<string>();
  const attempt = async (requestFor: RequestFor): Promise<void> => {
    const arrangement = await publishable(session);
    if (!arrangement.ok) return;
    const { publish, context } = arrangement.function;
    const md5 = context().codeMd5;
    const { digest, ...rest } = requestFor(md5 ?? '');
    const body = md5 === undefined || digest === undefined ? rest : { digest, ...rest };
    const { exchange } = await publish(body, { context: { suspects: [...refusedAlone] } });
    const [member, ...others] = Object.keys(body);
    if (member !== undefined && others.length === 0 && !isAccepted(exchange)) refusedAlone.add(member);
  };
  await explore(
    {
      examples: examples.slice(0, session.profile.publishExamples),
      arbitrary: random,
      runs: session.profile.randomPublishRequests,
      attempt,
      show: requestFor => requestFor('<MD5 of the code>'),
      parallel: 1,
    },
    session.evidence,
    { seed: session.settings.seed, shrinkAttempts: session.profile.shrinkRequests / 2 },
  );
  if (session.settings.arrange === 'api' && !session.profile.isBrief) await session.shared?.list();
});
