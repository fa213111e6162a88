import { expect, test } from 'vitest';
import { borrowFunction } from './borrowed-function.ts';
import { cleanUp } from './clean-up.ts';
import { openJournal } from './journal.ts';
import { answerJson, httpServer, targetAt } from './loopback.test.servers.ts';
import { publish } from './operations.ts';

const URN = 'urn:fss:r:project:function:default:theirs';

interface Owner {
  /** What a publication is answered with in place of the version. */
  readonly answer?: object | 'nothing';
  readonly listStatus?: number;
  /** Versions that stay whatever their deletion is answered with. */
  readonly isUndying?: boolean;
}

/** A service with one function, which has a version of its owner's. */
async function service({ answer, listStatus = 200, isUndying = false }: Owner = {}) {
  const versions = [
    { version: 'latest' },
    { version: 'v20250101-000000', version_description: 'the owner’s' },
  ];
  const deletions: string[] = [];
  const endpoint = await httpServer(({ method, url, body }, response) => {
    const urn = decodeURIComponent(url).split('/functions/')[1]?.split(/[/?]/)[0] ?? '';
    if (method === 'GET' && url.includes('/versions')) {
      const entries = versions.map(each => ({ ...each, func_urn: `${URN}:${each.version}` }));
      answerJson(response, listStatus, { versions: entries });
    } else if (method === 'DELETE') {
      deletions.push(urn);
      const index = versions.findIndex(({ version }) => urn === `${URN}:${version}`);
      if (index !== -1 && !isUndying) versions.splice(index, 1);
      answerJson(response, index === -1 ? 404 : 204, { error_code: 'FSS.1051' });
    } else if (method === 'POST') {
      const { version = `v20260101-00000${versions.length}`, description } = JSON.parse(body);
      versions.push({ version, version_description: description });
      if (answer === 'nothing') response.write('{', () => response.destroy());
      else answerJson(response, 200, answer ?? { version });
    } else answerJson(response, 404, {});
  });
  const target = targetAt(endpoint);
  const journal = openJournal();
  const publishOn = async (given: string, asked: { version?: string; description?: string } = {}) => {
    const borrowed = await borrowFunction(target, journal, given);
    await borrowed.publish(asked, () => publish(target, given, asked));
    return borrowed;
  };
  const names = () => versions.map(({ version }) => version);
  return { target, journal, versions, deletions, names, publishOn };
}

const AS_IT_WAS = ['latest', 'v20250101-000000'];

test.each([URN, `${URN}:latest`, 'theirs', 'default:theirs', 'project:default:theirs'])(
  'what is published on %s is deleted by its long URN',
  async given => {
    const { publishOn, deletions, names, journal } = await service();
    expect(await publishOn(given)).toMatchObject({ urn: URN, versions: 0 });
    expect(deletions).toEqual([`${URN}:v20260101-000002`]);
    expect(names()).toEqual(AS_IT_WAS);
    expect(journal.pending()).toEqual([]);
  },
);

test.each([
  ['says latest', { version: 'latest' }],
  ['names nothing', {}],
  ['names a version of the owner’s', { version: 'v20250101-000000' }],
  ['is lost', 'nothing'],
] as const)('a version whose answer %s is found in the version list', async (_, answer) => {
  const { publishOn, names, journal } = await service({ answer });
  await publishOn('theirs', { description: 'ours' });
  expect(names()).toEqual(AS_IT_WAS);
  expect(journal.pending()).toEqual([]);
});

test('a version that came to be meanwhile is the owner’s, and is named when nobody knows', async () => {
  const { target, journal, versions, names } = await service({ answer: 'nothing' });
  const borrowed = await borrowFunction(target, journal, URN);
  versions.push({ version: 'v2', version_description: 'the owner’s too' });
  await borrowed.publish({ description: 'ours' }, () => publish(target, URN, { description: 'ours' }));
  expect(names()).toEqual([...AS_IT_WAS, 'v2']);
  const { remaining } = await cleanUp(target, journal);
  expect(names()).toEqual([...AS_IT_WAS, 'v2']);
  expect(remaining).toEqual([
    { urn: `${URN}:v2`, why: expect.stringContaining('it may be somebody else’s') },
  ]);
});

test('of two versions that may both be it, none is deleted', async () => {
  const { target, journal, versions, names } = await service({ answer: 'nothing' });
  const borrowed = await borrowFunction(target, journal, URN);
  versions.push({ version: 'v2', version_description: '' });
  await borrowed.publish({}, () => publish(target, URN, {}));
  expect(names()).toHaveLength(4);
  expect((await cleanUp(target, journal)).remaining).toHaveLength(2);
  expect(names()).toHaveLength(4);
});

test('a deletion that does not delete is told at the end', async () => {
  const { target, journal, publishOn } = await service({ isUndying: true });
  await publishOn(URN);
  const { remaining } = await cleanUp(target, journal);
  expect(remaining).toEqual([
    {
      urn: `${URN}:v20260101-000002`,
      why: 'its deletion was answered with success, and it is still there',
    },
  ]);
});

test('without a version list nothing is deleted, and what was published is named', async () => {
  const { target, journal, publishOn, deletions } = await service({ listStatus: 501 });
  expect(await publishOn(URN)).toMatchObject({ versions: 1 });
  const { remaining } = await cleanUp(target, journal);
  expect(deletions).toEqual([]);
  expect(remaining).toEqual([
    {
      urn: `${URN}:v20260101-000002`,
      why: 'it may be somebody else’s: the versions that were there before could not be listed',
    },
  ]);
});

test('a run that was killed in the middle of a publication left a version that its journal finds', async () => {
  const { target, journal, publishOn, names } = await service();
  await publishOn(URN);
  journal.publishing(URN, { description: 'ours' });
  await publish(target, URN, { description: 'ours' });
  expect(await cleanUp(target, journal)).toMatchObject({ deleted: 1, remaining: [] });
  expect(names()).toEqual(AS_IT_WAS);
  expect(journal.pending()).toEqual([]);
});

test('a publication that never arrived leaves nothing to delete', async () => {
  const { target, journal, publishOn, deletions } = await service();
  await publishOn(URN);
  journal.publishing(URN, {});
  deletions.length = 0;
  expect(await cleanUp(target, journal)).toEqual({ deleted: 0, gone: 0, remaining: [] });
  expect(deletions).toEqual([]);
});
