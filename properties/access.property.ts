/** Who may publish, on what, and how the function is named: errors 401, 403, 404 and 500. */

import { malformedUrns } from '../src/generate/index.ts';
import { type FullFunctionUrn, formatUrn, urnForms } from '../src/page/urn.ts';
import { anyFunction, arrangeThroughStates, plain, publishable } from '../src/run/arrange.ts';
import { property } from '../src/run/property.ts';
import type { Session } from '../src/run/session.ts';
import { stimulate } from '../src/run/stimulus.ts';
import { functionPath } from '../src/target/index.ts';

/** The URN of a function that was never created, beside the function that was. */
function absentUrn(session: Session, beside: FullFunctionUrn): FullFunctionUrn {
  return { ...beside, name: session.name() };
}

property('wrong credentials are refused', ['request.auth.', 'error.'], async session => {
  const subject = await anyFunction(session);
  const { publish } = subject;
  await publish({}, { credentials: 'missing' });
  await publish({}, { credentials: 'wrong', context: { credentials: 'wrong' } });
  if (!session.profile.isBrief) await publish('{"version":', { credentials: 'missing' });
});

property('a token without permission is refused', ['request.permission.'], async session => {
  const { target, states } = session;
  const state = 'the token has no permission';
  const setup = target.hasForbiddenToken ? undefined : await states?.setup(state);
  if (setup?.ok && typeof setup.values.token === 'string') {
    session.transcript.setUp({ statesUrl: states?.url ?? '', state, params: {} });
    target.useForbiddenToken(setup.values.token);
  }
  if (!target.hasForbiddenToken) {
    session.evidence.obstruct(['request.permission.'], 'it needs a second token (--forbidden-token)');
    return;
  }
  const subject = await anyFunction(session);
  await subject.publish({}, { credentials: 'forbidden', context: { credentials: 'forbidden' } });
  if (setup?.ok) await setup.tearDown();
});

property(
  'a function that does not exist is not found',
  ['request.function_urn.', 'error.'],
  async session => {
    const subject = await anyFunction(session);
    const { parts, publish } = subject;
    const absent = { context: { function: 'absent' } } as const;
    await publish({ description: 'v1' }, { urn: formatUrn(absentUrn(session, parts)), ...absent });
    await publish({ description: 'v1' }, { urn: absentUrn(session, parts).name, ...absent });
  },
);

property('a malformed URN is refused', ['request.function_urn.'], async session => {
  const subject = await anyFunction(session);
  const { parts, publish } = subject;
  for (const { title, urn } of malformedUrns(parts).slice(0, session.profile.isBrief ? 1 : undefined)) {
    await stimulate({ input: { title, function_urn: urn } }, async () => {
      await publish({}, { urn });
    });
  }
});

property('a project that is not the token’s is refused', ['request.project_id.'], async session => {
  const subject = await anyFunction(session);
  await subject.publish({}, { projectId: '0123456789abcdef0123456789abcdef' });
});

property('every form of the URN names the function', ['request.function_urn.short-form'], async session => {
  const known = await publishable(session);
  if (!known.ok) return;
  const forms = Object.entries(urnForms(known.function.parts));
  for (const [form, urn] of session.profile.isBrief ? forms.slice(-1) : forms) {
    await stimulate({ input: { form, function_urn: urn } }, async () => {
      const arrangement = await publishable(session);
      // A function that is new by now has another name.
      if (!arrangement.ok) return;
      const { parts, publish } = arrangement.function;
      await publish({}, { urn: urnForms(parts)[form] ?? urn });
    });
  }
});

property('other methods are refused', ['request.method.'], async session => {
  const subject = await anyFunction(session);
  const path = functionPath(session.target.projectId, subject.urn, 'versions');
  for (const method of session.profile.isBrief ? ['PUT'] : ['PUT', 'PATCH']) {
    await session.target.send({ method, path, body: '{}' }, subject.context());
  }
});

property('a failing service says so', ['error.'], async session => {
  if (session.states === undefined) return;
  const arrangement = await arrangeThroughStates(session, 'the service fails', plain(session));
  if (!arrangement.ok) return;
  await arrangement.function.publish({}, { context: { serviceFails: true } });
  await arrangement.function.remove();
});
