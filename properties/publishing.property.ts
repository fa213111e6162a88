/** Valid publish requests are accepted, and the version that is reported is the one that was asked for. */

import fc from 'fast-check';
import { publishRequest, publishRequestExamples } from '../src/generate/index.ts';
import type { PublishRequest } from '../src/page/tables/publish-request.ts';
import { publishable } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import { leaveOut, leaveOutRandom } from '../src/run/left-out.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { isAccepted } from '../src/target/index.ts';

/** A valid request, made for the function that it is sent to. */
type RequestFor = (md5: string, uniqueName: (length: number) => string) => PublishRequest;

/** Version names of a given length that no version of the same function has. */
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

const examples = publishRequestExamples('', () => 'x').map(
  ({ body }, index): { readonly isPlain: boolean; readonly requestFor: RequestFor } => ({
    isPlain: Object.keys(body).length < 2,
    requestFor: (md5, uniqueName) => publishRequestExamples(md5, uniqueName)[index]?.body ?? {},
  }),
);

const random = fc.record({ body: publishRequest(), withDigest: fc.boolean() }).map(
  ({ body, withDigest }): RequestFor =>
    md5 =>
      withDigest && md5 !== '' ? { ...body, digest: md5 } : body,
);

/** So many publications of a function, each with a change before it, take as long as other lanes. */
const PER_LANE = 5;

property('valid publish requests are accepted', ['request.', 'body.version', 'state.'], async session => {
  const { profile, settings } = session;
  const refusedAlone = new Set<string>();
  const attempt = async (requestFor: RequestFor, lane: Session): Promise<void> => {
    const arrangement = await publishable(lane);
    if (!arrangement.ok) return;
    const { publish, context } = arrangement.function;
    const md5 = context().codeMd5;
    const { digest, ...rest } = requestFor(md5 ?? '', versionNames(lane));
    const body = md5 === undefined || digest === undefined ? rest : { digest, ...rest };
    const { exchange } = await publish(body, { context: { suspects: [...refusedAlone] } });
    const [member, ...others] = Object.keys(body);
    if (member !== undefined && others.length === 0 && !isAccepted(exchange)) refusedAlone.add(member);
  };
  const around = async (lane: Session, attempts: () => Promise<void>): Promise<void> => {
    await attempts();
    if (settings.arrange === 'api' && !profile.isBrief) await lane.shared?.list();
  };
  const chosen = examples.slice(0, profile.publishExamples);
  leaveOut(session, 'valid publish requests', examples.length, chosen.length);
  leaveOutRandom(session, 'random publish requests', 'randomPublishRequests');
  const requests = (isPlain: boolean): readonly RequestFor[] =>
    chosen.filter(example => example.isPlain === isPlain).map(({ requestFor }) => requestFor);
  const common = {
    arbitrary: random,
    attempt,
    around,
    show: (requestFor: RequestFor) => requestFor('<MD5 of the code>', versionNames(session)),
    perLane: PER_LANE,
    cost: 2,
  };
  const bounds = { seed: settings.seed, shrinkAttempts: profile.shrinkRequests / 2 };
  // First what has one member: a refusal of several is put down to one that is refused alone.
  await explore({ ...common, examples: requests(true), runs: 0 }, session, bounds);
  await explore(
    { ...common, examples: requests(false), runs: profile.randomPublishRequests },
    session,
    bounds,
  );
});
