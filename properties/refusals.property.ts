/** Invalid publish requests are refused as documented, and create nothing. */

import {
  type InvalidPublishRequest,
  invalidPublishRequest,
  invalidPublishRequests,
} from '../src/generate/index.ts';
import { requestFaults } from '../src/page/rules/request-faults.ts';
import { anyFunction, countingVersions, publishable } from '../src/run/arrange.ts';
import { type Exploration, explore } from '../src/run/explore.ts';
import type { FunctionUnderTest } from '../src/run/function-under-test.ts';
import { leaveOut, leaveOutRandom } from '../src/run/left-out.ts';
import type { Profile } from '../src/run/profiles.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { survived } from '../src/run/survived.ts';

/** Whether the page lets a target accept a request with this fault. */
function isTolerated({ clause }: InvalidPublishRequest): boolean {
  return requestFaults.some(fault => fault.id === clause && fault.answers(200));
}

const tolerated = invalidPublishRequests.filter(isTolerated);
const refused = invalidPublishRequests.filter(request => !isTolerated(request));

/** The first of each kind of body that a service may die of: the request after it has to be answered. */
const survivals: ReadonlySet<InvalidPublishRequest> = new Set(
  ['request.body.malformed', 'request.body.not-object', 'request.body.too-large'].flatMap(id =>
    invalidPublishRequests.filter(({ clause }) => clause === id).slice(0, 1),
  ),
);

/** What a target may accept; refused, it must not have made a version all the same. */
const watched: ReadonlySet<InvalidPublishRequest> = new Set(
  tolerated.filter(({ clause }) => clause === 'request.description.length').slice(0, 1),
);

/** So many examples of each fault; a brief run has two faults in all. */
function fewOfEach(
  examples: readonly InvalidPublishRequest[],
  { examplesPerFault, isBrief }: Profile,
): readonly InvalidPublishRequest[] {
  const few = examples.filter(({ clause }, index) => {
    const before = examples.slice(0, index).filter(other => other.clause === clause).length;
    return before < examplesPerFault;
  });
  return isBrief ? few.slice(0, 2) : few;
}

/** A refused request leaves the function as it is, so that many fit in a lane. */
const PER_LANE = 10;

async function publishableFunction(session: Session): Promise<FunctionUnderTest | undefined> {
  const arrangement = await publishable(session);
  return arrangement.ok ? arrangement.function : undefined;
}

async function send(
  session: Session,
  examples: readonly InvalidPublishRequest[],
  runs: number,
  around?: Exploration<InvalidPublishRequest>['around'],
): Promise<void> {
  const { profile, settings } = session;
  const ask = async (
    request: InvalidPublishRequest,
    lane: Session,
    subject: FunctionUnderTest | undefined,
  ): Promise<void> => {
    if (subject === undefined) return;
    const { body, contentType } = request;
    const publish = async () =>
      (await subject.publish(body, contentType === undefined ? {} : { contentType })).exchange;
    if (profile.isBrief || !survivals.has(request)) await publish();
    else await survived(lane, subject, request.title, publish);
  };
  const attempt = async (request: InvalidPublishRequest, lane: Session): Promise<void> => {
    if (watched.has(request)) return countingVersions(lane, subject => ask(request, lane, subject));
    // What creates nothing can be asked of any function, however many versions it has.
    return ask(
      request,
      lane,
      isTolerated(request) ? await publishableFunction(lane) : await anyFunction(lane),
    );
  };
  const few = fewOfEach(examples, profile);
  leaveOut(session, 'publish requests with a fault', examples.length, few.length);
  await explore(
    {
      examples: few,
      arbitrary: invalidPublishRequest(),
      runs,
      attempt,
      show: ({ title, body, contentType }) => ({ title, body: body?.slice(0, 2000), contentType }),
      perLane: PER_LANE,
      ...(around === undefined ? {} : { around }),
    },
    session,
    { seed: settings.seed, shrinkAttempts: profile.shrinkRequests },
  );
}

property(
  'requests that must be refused are refused, and create nothing',
  ['request.', 'error.', 'state.listed', 'robustness.survives'],
  async session => {
    await send(session, refused, 0, countingVersions);
  },
);

property('unusual requests are refused or accepted as documented', ['request.', 'error.'], async session => {
  leaveOutRandom(session, 'random publish requests with a fault', 'randomInvalidRequests');
  if (!session.profile.isBrief) await send(session, tolerated, session.profile.randomInvalidRequests);
});
