import { expect, test } from 'vitest';
import { answerJson, closedPort, httpServer, rawServer } from './loopback.test.servers.ts';
import { createStates } from './states.ts';

async function states(known: readonly string[]) {
  const calls: unknown[] = [];
  const url = await httpServer(({ body }, response) => {
    const call = JSON.parse(body);
    calls.push(call);
    answerJson(response, known.includes(call.state) ? 200 : 404, { function_urn: 'urn' });
  });
  return { calls, states: createStates(`${url}/states?key=1`) };
}

test('a state is set up and torn down with its parameters', async () => {
  const { calls, states: provider } = await states(['a function exists']);
  const params = { timeout: 3 };
  expect(await provider.setup('a function exists', params)).toEqual({
    ok: true,
    values: { function_urn: 'urn' },
  });
  const toTearDown = { ...params, function_urn: 'urn' };
  expect(provider.pending()).toEqual([{ state: 'a function exists', params: toTearDown }]);
  await provider.teardown('a function exists', params);
  expect(provider.pending()).toEqual([]);
  expect(calls).toEqual([
    { state: 'a function exists', action: 'setup', params },
    { state: 'a function exists', action: 'teardown', params },
  ]);
  await provider.close();
});

test('a state is known again by its function', async () => {
  const { states: provider } = await states(['a function exists']);
  await provider.setup('a function exists', { timeout: 3 });
  await provider.teardown('a function exists', { function_urn: 'another' });
  expect(provider.pending()).toHaveLength(1);
  await provider.teardown('a function exists', { function_urn: 'urn' });
  expect(provider.pending()).toEqual([]);
  await provider.close();
});

test('a state that the target does not know is no state', async () => {
  const { states: provider } = await states([]);
  const setup = await provider.setup('the service fails');
  expect(setup).toEqual({ ok: false, reason: 'The target does not know the state "the service fails".' });
  expect(provider.pending()).toEqual([]);
  await provider.close();
});

test('a call that breaks off leaves a state to tear down; one that reaches nobody does not', async () => {
  const broken = createStates(await rawServer(socket => socket.end()));
  expect(await broken.setup('s')).toMatchObject({ ok: false, brokeOff: true });
  expect(broken.pending()).toHaveLength(1);
  await broken.close();

  const unreachable = createStates(await closedPort());
  const setup = await unreachable.setup('s');
  expect(setup).toMatchObject({ ok: false, reason: expect.stringMatching(/connection was refused/) });
  expect(unreachable.pending()).toEqual([]);
  await unreachable.close();
});

test('a states URL that is none is refused', () => {
  expect(() => createStates('states')).toThrow(/no http or https URL/);
});
