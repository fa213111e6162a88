import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from './journal.ts';
import { answerJson, closedPort, httpServer, rawServer } from './loopback.test.servers.ts';
import { createStates } from './states.ts';

async function states(known: readonly string[]) {
  const calls: unknown[] = [];
  const url = await httpServer(({ body }, response) => {
    const call = JSON.parse(body);
    calls.push(call);
    answerJson(response, known.includes(call.state) ? 200 : 404, { function_urn: 'urn' });
  });
  const journal = openJournal();
  const created = createStates(`${url}/states?key=1`, { journal });
  onTestFinished(() => created.close());
  return { calls, states: created, journal };
}

test('a state is torn down once, with what it was set up with and what that answered', async () => {
  const { calls, states: provider, journal } = await states(['a function exists']);
  const setup = await provider.setup('a function exists', { timeout: 3 });
  expect(setup).toMatchObject({ ok: true, values: { function_urn: 'urn' } });
  expect(journal.pending()).toMatchObject([
    { kind: 'state', state: 'a function exists', params: { timeout: 3, function_urn: 'urn' } },
  ]);
  if (setup.ok) await setup.tearDown();
  if (setup.ok) await setup.tearDown();
  expect(journal.pending()).toEqual([]);
  expect(calls).toEqual([
    { state: 'a function exists', action: 'setup', params: { timeout: 3 } },
    { state: 'a function exists', action: 'teardown', params: { timeout: 3, function_urn: 'urn' } },
  ]);
});

test('a state that the target does not know is no state', async () => {
  const { states: provider, journal } = await states([]);
  const setup = await provider.setup('the service fails');
  expect(setup).toEqual({ ok: false, reason: 'The target does not know the state "the service fails".' });
  expect(journal.pending()).toEqual([]);
});

test('no state is set up for requests that may not be sent any more', async () => {
  const url = await httpServer((_, response) => answerJson(response, 200, { function_urn: 'urn' }));
  const journal = openJournal();
  let remaining = 1;
  const provider = createStates(url, { journal, remaining: () => remaining });
  onTestFinished(() => provider.close());
  const setup = await provider.setup('a function exists');
  remaining = 0;
  await expect(provider.setup('a function exists')).rejects.toThrow('No request is left');
  expect(journal.pending()).toHaveLength(1);
  expect(setup.ok && (await setup.tearDown())).toMatchObject({ ok: true });
});

test('a token that a state answers is not written down', async () => {
  const url = await httpServer((_, response) => answerJson(response, 200, { token: 'secret' }));
  const journal = openJournal();
  const provider = createStates(url, { journal });
  onTestFinished(() => provider.close());
  await provider.setup('the token has no permission');
  expect(JSON.stringify(journal.pending())).not.toContain('secret');
});

test('a call that breaks off leaves a state to tear down; one that reaches nobody does not', async () => {
  const journal = openJournal();
  const broken = createStates(await rawServer(socket => socket.end()), { journal });
  expect(await broken.setup('s')).toMatchObject({ ok: false });
  expect(journal.pending()).toMatchObject([{ kind: 'state', state: 's' }]);
  await broken.close();

  const unused = openJournal();
  const unreachable = createStates(await closedPort(), { journal: unused });
  const setup = await unreachable.setup('s');
  expect(setup).toMatchObject({ ok: false, reason: expect.stringMatching(/connection was refused/) });
  expect(unused.pending()).toEqual([]);
  await unreachable.close();
});

test('a states URL that is none is refused', () => {
  expect(() => createStates('states')).toThrow(/no http or https URL/);
});

test('a state that is set up while another one is waits for it, and breaks nothing off', async () => {
  let second: Promise<unknown> | undefined;
  const url = await httpServer((_, response) => {
    second ??= provider.setup('the second');
    answerJson(response, 200, {});
  });
  const provider = createStates(url);
  onTestFinished(() => provider.close());
  expect(await provider.setup('the first')).toMatchObject({ ok: true });
  expect(await second).toMatchObject({ ok: true });
});
