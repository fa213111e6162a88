import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { plainConfiguration } from '../generate/index.ts';
import { type MockServer, startMock } from '../mock/index.ts';
import { arrangeFunction, createTarget, joinJournal, listFunctions, type Target } from '../target/index.ts';
import { type Begun, begin, throughout } from './lifecycle.ts';
import { run } from './run.ts';

async function mockServer(): Promise<MockServer> {
  const mock = await startMock();
  onTestFinished(() => mock.close());
  return mock;
}

function targetOf({ url, projectId, token }: MockServer): Target {
  const target = createTarget({ endpoint: url, projectId, credentials: { token } });
  onTestFinished(() => target.close());
  return target;
}

/** Creates a function as a run does: written down in its journal. */
async function createFunction(target: Target, { settings }: Begun): Promise<void> {
  const journal = joinJournal(settings.journalPath, settings.runId);
  await arrangeFunction(target, journal, plainConfiguration(`fgsc-${settings.runId}-1`, 'first'));
  journal.close();
}

/** An address that nothing listens at. */
async function deadEndpoint(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

test('what was created is deleted when the run ends, and only once', async () => {
  const mock = await mockServer();
  const target = targetOf(mock);
  const begun = await begin({ ...mock, endpoint: mock.url });
  await createFunction(target, begun);
  expect(await begun.end()).toEqual({ remaining: [] });
  expect((await listFunctions(target)).entries).toEqual([]);
  const { sent } = begun.ledger;
  await begun.end();
  expect(begun.ledger.sent).toBe(sent);
});

test('what was created is deleted when using the run fails', async () => {
  const mock = await mockServer();
  const target = targetOf(mock);
  const failing = throughout({ ...mock, endpoint: mock.url }, async begun => {
    await createFunction(target, begun);
    throw new Error('a bug');
  });
  await expect(failing).rejects.toThrow(/^a bug$/);
  expect((await listFunctions(target)).entries).toEqual([]);
});

test('what could not be deleted is named, with the command that deletes it, when using the run fails', async () => {
  const mock = await startMock();
  const target = targetOf(mock);
  const failing = throughout({ ...mock, endpoint: mock.url }, async begun => {
    onTestFinished(() => rm(begun.settings.journalPath));
    await createFunction(target, begun);
    await mock.close();
    throw new Error('a bug');
  });
  await expect(failing).rejects.toThrow(/^a bug\nLeft behind: urn:fss:.*cleanup --journal /);
});

test('an unreachable target is an obstacle, not an error', async () => {
  const { obstacle, end } = await begin({ endpoint: await deadEndpoint(), projectId: 'p', token: 't' });
  expect(obstacle).toContain('not reachable');
  expect(await end()).toEqual({ remaining: [] });
});

test('runs leave no descriptor, listener or timer behind', { timeout: 300_000 }, async () => {
  const { signal } = new AbortController();
  const once = async () => {
    await run({ profile: 'smoke', only: ['body.memory_size.*'], seed: 1, signal });
    await run({ endpoint: await deadEndpoint(), projectId: 'p', token: 't', signal });
  };
  await once(); // what is loaded at first stays loaded
  const before = await held(signal);
  for (let count = 0; count < 2; count++) await once();
  expect(await held(signal)).toEqual(before);
});

/** What the process holds on to. Descriptors are only counted where they can be. */
async function held(signal: AbortSignal): Promise<object> {
  await sleep(100); // sockets that were closed are let go in the next turns of the event loop
  const listeners = process.eventNames().map(name => [String(name), process.listenerCount(name)]);
  return {
    descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : undefined,
    listeners: Object.fromEntries(listeners),
    onSignal: getEventListeners(signal, 'abort').length,
    timers: process.getActiveResourcesInfo().filter(name => name === 'Timeout').length,
  };
}
