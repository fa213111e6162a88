/** Requests in every form of HTTP, and abuse of it: answered in time, never with a failure, and survived. */

import type { Context } from '../src/page/context.ts';
import { formatUrn } from '../src/page/urn.ts';
import { anyFunction, countingVersions, publishable } from '../src/run/arrange.ts';
import { explore } from '../src/run/explore.ts';
import type { FunctionUnderTest } from '../src/run/function-under-test.ts';
import { leaveOutRandom } from '../src/run/left-out.ts';
import { groupsOf, inLanes } from '../src/run/parts.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { stimulate } from '../src/run/stimulus.ts';
import { survived } from '../src/run/survived.ts';
import { answered, functionPath, isDropped, MOST_TIMES } from '../src/target/index.ts';
import { type Damage, damaged, damages } from './damaged-requests.ts';
import {
  abandoned,
  brokenForms,
  doubtfulForms,
  equalForms,
  halfClosed,
  optionalForms,
  shown,
  type WrittenForm,
} from './request-forms.ts';

/** Hangs do not add up: after so many, no more of the kind is sent on the same function. */
const MOST_HANGS = 2;

/** Whether raw bytes are sent at all; a reason is left behind when they cannot be. */
function isExercised({ profile, target, evidence }: Session): boolean {
  if (profile.isBrief) return false;
  if (!target.isDirect) evidence.obstruct(['robustness.'], 'raw bytes do not go through a proxy');
  return target.isDirect;
}

/** Whether every version that comes to be is known from an answer, so that it can be deleted. */
function mayLoseAnswers({ settings }: Session): boolean {
  return settings.arrange !== 'none';
}

/** Forms that are tried one after the other on one function. */
const PER_LANE = 5;

/** What is done in a lane. */
type Work = (lane: Session) => Promise<void>;

async function sideBySide(session: Session, works: readonly Work[]): Promise<void> {
  await inLanes(session, works, (work, lane) => work(lane), { most: PER_LANE * 3 });
}

/** Publishes in each form, a few in each lane. */
function publicationsIn(forms: readonly WrittenForm[]): readonly Work[] {
  return groupsOf(forms, PER_LANE).map(group => lane => publishOneByOne(lane, group));
}

/** Publishes in each form, on a function with something to publish. */
async function publishOneByOne(lane: Session, forms: readonly WrittenForm[]): Promise<void> {
  let hangs = 0;
  for (const form of forms) {
    if (hangs >= MOST_HANGS) return giveUp(lane);
    const subject = await functionFor(lane, form);
    if (subject === undefined) return;
    const path = functionPath(lane.target.projectId, subject.urn, 'versions');
    await stimulate({ input: shown(form, path) }, async () => {
      if (!(await publishIn(lane, subject, form))) hangs++;
    });
  }
}

/** A function with something to publish; for what creates nothing any will do. */
async function functionFor(
  session: Session,
  { standing }: WrittenForm,
): Promise<FunctionUnderTest | undefined> {
  if (standing === 'broken') return anyFunction(session);
  const arrangement = await publishable(session);
  return arrangement.ok ? arrangement.function : undefined;
}

function giveUp({ evidence }: Session): void {
  evidence.obstruct(['robustness.'], `${MOST_HANGS} requests in an unusual form were not answered in time`);
}

/** Publishes in a form; what abuses HTTP must be survived. Answers whether there was an end to it in time. */
async function publishIn(session: Session, subject: FunctionUnderTest, form: WrittenForm): Promise<boolean> {
  const { title, standing, write } = form;
  const send = async () =>
    (
      await subject.publish(
        { description: `sent as ${title}` },
        { write, context: { form: { title, standing } } },
      )
    ).exchange;
  const isAbuse = standing === 'broken' || standing === 'doubtful';
  const exchange = isAbuse ? await survived(session, subject, title, send) : await send();
  return exchange.failure?.kind !== 'timeout';
}

property('a request is accepted in every form that HTTP allows', ['robustness.'], async session => {
  if (!isExercised(session)) return;
  const publications = publicationsIn([...equalForms, ...optionalForms]);
  const isPipelined = mayLoseAnswers(session) && session.target.mayPipeline(2);
  await sideBySide(session, isPipelined ? [...publications, pipeline] : publications);
});

/** Two requests in one go: a publication, and one that is answered differently, to see the order. */
async function pipeline(session: Session): Promise<void> {
  const arrangement = await publishable(session);
  if (!arrangement.ok) return;
  const { target } = session;
  const { urn, parts, context, touch, attend } = arrangement.function;
  const to = (named: string, differing: Context) => ({
    method: 'POST',
    path: functionPath(target.projectId, named, 'versions'),
    body: JSON.stringify({ description: 'pipelined' }),
    context: { ...context(), ...differing },
  });
  const absent = formatUrn({ ...parts, name: session.name() });
  const inOneGo = () => [
    to(urn, { form: { title: 'the first of two requests in one go', standing: 'optional' } }),
    // A server may close the connection after the first answer.
    to(absent, { function: 'absent', mayClose: true }),
  ];
  await stimulate({ input: { form: 'two requests in one go' } }, async () => {
    await attend({ description: 'pipelined' }, async () => {
      let requests = inOneGo();
      let exchanges = await target.sendPipelined(requests, { observed: false });
      for (let times = 1; times < MOST_TIMES && exchanges.slice(0, 1).some(isDropped); times++) {
        // A connection may break once for no fault of the requests; whether they were processed is not known.
        await touch();
        requests = inOneGo();
        exchanges = await target.sendPipelined(requests, { observed: false });
      }
      exchanges.forEach((exchange, index) => {
        target.observe(exchange, requests[index]?.context);
      });
      const [first] = exchanges;
      return first === undefined ? {} : answered(first);
    });
  });
  // Whether it was published is not followed: now there is something to publish in any case.
  if (session.settings.arrange === 'api') await touch();
}

property(
  'abuse of HTTP is refused, publishes nothing, and is survived',
  ['robustness.', 'state.listed'],
  async session => {
    if (!isExercised(session)) return;
    const abuses = [...publicationsIn(brokenForms), abandon];
    await sideBySide(
      session,
      abuses.map(abuse => lane => countingVersions(lane, () => abuse(lane))),
    );
  },
);

async function abandon(session: Session): Promise<void> {
  const arrangement = await publishable(session);
  if (!arrangement.ok) return;
  const subject = arrangement.function;
  const { target } = session;
  const path = functionPath(target.projectId, subject.urn, 'versions');
  await stimulate({ input: { form: 'a client that goes away in the middle of the body' } }, async () => {
    const body = JSON.stringify({ description: 'abandoned' });
    const request = { method: 'POST', path, body, write: abandoned };
    await survived(session, subject, 'a client that went away in the middle of the body', async () => {
      const abandon = async () => answered(await target.send(request, {}, { observed: false }));
      return (await subject.attend({ description: 'abandoned' }, abandon)).exchange;
    });
  });
}

property('what HTTP leaves open is accepted or refused, and survived', ['robustness.'], async session => {
  if (!isExercised(session)) return;
  const forms = mayLoseAnswers(session) ? [...doubtfulForms, halfClosed] : doubtfulForms;
  await sideBySide(session, publicationsIn(forms));
});

property('random damage to a request is survived', ['robustness.'], async session => {
  const { profile, settings, target } = session;
  if (!isExercised(session) || !mayLoseAnswers(session)) return;
  const hangs = new Map<Session, number>();
  leaveOutRandom(session, 'requests with random damage', 'damagedRequests');
  await explore(
    {
      examples: [],
      arbitrary: damages,
      runs: profile.damagedRequests,
      attempt: async (changes, lane) => {
        const hung = hangs.get(lane) ?? 0;
        if (hung >= MOST_HANGS) return giveUp(lane);
        const arrangement = await publishable(lane);
        if (!arrangement.ok) return;
        if (!(await publishIn(lane, arrangement.function, withDamage(changes)))) hangs.set(lane, hung + 1);
      },
      show: changes => shown(withDamage(changes), functionPath(target.projectId, '...', 'versions')),
      perLane: PER_LANE,
      cost: 3,
    },
    session,
    { seed: settings.seed, shrinkAttempts: profile.shrinkRequests / 3 },
  );
});

function withDamage(changes: readonly Damage[]): WrittenForm {
  return {
    title: 'a request with damaged bytes',
    standing: 'doubtful',
    write: request => damaged(request, changes),
  };
}
