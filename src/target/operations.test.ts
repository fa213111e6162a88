import { expect, test } from 'vitest';
import { functionPath, pathSegment } from './function-paths.ts';
import { type Arrived, answerJson, httpServer, targetAt } from './loopback.test.servers.ts';
import {
  changeCode,
  createFunction,
  deleteFunction,
  deleteVersion,
  publish,
  readConfiguration,
  setMaximumInstances,
} from './operations.ts';

const URN = 'urn:fss:r:project:function:default:f';
const BELOW = '/v2/project/fgs/functions';

/** A target that answers everything alike, and what arrives at it. */
async function answering(status: number, body?: unknown) {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    answerJson(response, status, body);
  });
  return { target: targetAt(endpoint), arrived };
}

test('paths keep colons and encode what is unsafe', () => {
  expect(functionPath('p', URN, 'versions')).toBe(`/v2/p/fgs/functions/${URN}/versions`);
  expect(pathSegment('a/b?c#d e%!é')).toBe('a%2Fb%3Fc%23d%20e%25!%C3%A9');
  expect(pathSegment('\ud800')).toBe('%EF%BF%BD');
});

test('each operation has its method, path and body', async () => {
  const { target, arrived } = await answering(200, {});
  await createFunction(target, { func_name: 'f' });
  await changeCode(target, URN, { code_type: 'inline' });
  await setMaximumInstances(target, URN, 5);
  await readConfiguration(target, URN);
  await deleteFunction(target, `${URN}:latest`);
  await deleteVersion(target, `${URN}:v1`);
  expect(arrived.map(({ method, url, body }) => [method, url, body])).toEqual([
    ['POST', BELOW, '{"func_name":"f"}'],
    ['PUT', `${BELOW}/${URN}/code`, '{"code_type":"inline"}'],
    ['PUT', `${BELOW}/${URN}/config-max-instance`, '{"max_instance_num":5}'],
    ['GET', `${BELOW}/${URN}/config`, ''],
    ['DELETE', `${BELOW}/${URN}`, ''],
    ['DELETE', `${BELOW}/${URN}:v1`, ''],
  ]);
});

test('a creation answers the URN without version', async () => {
  const { target } = await answering(200, { func_urn: `${URN}:latest` });
  expect((await createFunction(target, { func_name: 'f' })).urn).toBe(URN);
});

test.each([
  [400, { func_urn: URN }],
  [200, { func_urn: 'nonsense' }],
  [200, []],
])('a %i with %j answers no URN', async (status, body) => {
  const { target } = await answering(status, body);
  expect((await createFunction(target, { func_name: 'f' })).urn).toBeUndefined();
});

test('a publication sends text as it is, nothing, or JSON', async () => {
  const { target, arrived } = await answering(200, {});
  for (const body of ['{"version":', undefined, { version: 'v1' }, [], null])
    await publish(target, URN, body);
  expect(arrived.map(({ body }) => body)).toEqual(['{"version":', '', '{"version":"v1"}', '[]', 'null']);
});

test('a publication in another project names it in the path', async () => {
  const { target, arrived } = await answering(403, {});
  await publish(target, URN, {}, { projectId: 'other', credentials: 'missing', contentType: null });
  expect(arrived[0]?.url).toBe(`/v2/other/fgs/functions/${URN}/versions`);
  expect(arrived[0]?.headers).not.toHaveProperty('x-auth-token');
  expect(arrived[0]?.headers).not.toHaveProperty('content-type');
});

test('a refused publication publishes nothing', async () => {
  const { target } = await answering(400, { version: 'v1' });
  const answered = await publish(target, URN, {});
  expect(answered.published).toBeUndefined();
  expect(answered.body).toEqual({ version: 'v1' });
});
