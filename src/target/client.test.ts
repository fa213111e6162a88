import { expect, test } from 'vitest';
import { exampleVersion } from '../page/tables/examples.ts';
import { createClient, NoAnswer } from './client.ts';
import { type Arrived, answerJson, closedPort, httpServer, TOKEN } from './loopback.test.servers.ts';

const URN = 'urn:fss:r:project:function:default:f';

async function answered(status: number, body: unknown) {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    answerJson(response, status, body);
  });
  const client = createClient({ endpoint, projectId: 'project', token: TOKEN });
  const result = await client.publishVersion(URN, { description: 'first' });
  await client.close();
  return { result, arrived };
}

test('a publication answers the version', async () => {
  const { result, arrived } = await answered(200, exampleVersion);
  expect(result).toEqual({ status: 200, version: exampleVersion });
  expect(arrived).toHaveLength(1);
  expect(arrived[0]).toMatchObject({
    method: 'POST',
    url: `/v2/project/fgs/functions/${URN}/versions`,
    headers: { 'x-auth-token': TOKEN, 'content-type': 'application/json' },
    body: '{"description":"first"}',
  });
});

test.each([400, 401, 403, 404, 500] as const)('a %i answers the error', async status => {
  const error = { error_code: 'FSS.0000', error_msg: 'no' };
  expect((await answered(status, error)).result).toEqual({ status, error });
});

test.each([
  [418, { error_code: 'FSS.0000', error_msg: 'no' }],
  [404, { message: 'no' }],
  [200, ['no']],
  [200, { ...exampleVersion, version: undefined }],
  [200, { ...exampleVersion, memory_size: '128' }],
])('a %i with %j is undocumented', async (status, body) => {
  expect((await answered(status, body)).result).toEqual({
    status: 'undocumented',
    httpStatus: status,
    body: JSON.stringify(body),
  });
});

test('calls at the same time are all answered', async () => {
  const endpoint = await httpServer((_, response) => answerJson(response, 200, exampleVersion));
  const client = createClient({ endpoint, projectId: 'project', token: TOKEN });
  const results = await Promise.all(Array.from({ length: 20 }, () => client.publishVersion('f')));
  expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  await client.close();
});

test('no answer rejects, saying why', async () => {
  const client = createClient({ endpoint: await closedPort(), projectId: 'project', token: TOKEN });
  const call = client.publishVersion(URN);
  await expect(call).rejects.toThrow(NoAnswer);
  await expect(call).rejects.toMatchObject({ kind: 'unreachable' });
  await client.close();
});

test.each([
  [{}, 'createClient: options has no "endpoint"'],
  [{ endpoint: 'http://127.0.0.1:1', projectId: 'p' }, 'createClient: options has no "token"'],
  [{ endpoint: 'http://127.0.0.1:1', projectID: 'p', token: 't' }, 'Did you mean projectId?'],
])('options such as %j are a TypeError that says what was expected', (options, sentence) => {
  const create: (options: never) => unknown = createClient;
  expect(() => create(options as never)).toThrow(TypeError);
  expect(() => create(options as never)).toThrow(sentence);
});

test('publishing nothing is a TypeError that says what was expected', async () => {
  const client = createClient({ endpoint: 'http://127.0.0.1:1', projectId: 'project', token: TOKEN });
  const publish: (...nothing: never[]) => Promise<unknown> = client.publishVersion;
  await expect(publish()).rejects.toThrow(
    new TypeError(
      'publishVersion: expected the URN of a function, such as urn:fss:region:project:function:default:name, not undefined.',
    ),
  );
  await client.close();
});

test('a function is created, and named without a version', async () => {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    answerJson(response, 200, { func_urn: `${URN}:latest`, version: 'latest' });
  });
  const client = createClient({ endpoint, projectId: 'project', token: TOKEN });
  const created = await client.createFunction({ func_name: 'f' });
  await client.close();
  expect(created).toMatchObject({ status: 200, functionUrn: URN, function: { version: 'latest' } });
  expect(arrived[0]).toMatchObject({
    method: 'POST',
    url: '/v2/project/fgs/functions',
    headers: { 'x-auth-token': TOKEN, 'content-type': 'application/json' },
    body: '{"func_name":"f"}',
  });
});

test('a function is deleted', async () => {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    response.writeHead(204).end();
  });
  const client = createClient({ endpoint, projectId: 'project', token: TOKEN });
  expect(await client.deleteFunction(URN)).toEqual({ status: 204 });
  await client.close();
  expect(arrived[0]).toMatchObject({ method: 'DELETE', url: `/v2/project/fgs/functions/${URN}`, body: '' });
});

test.each([409, 404, 418])(
  'a %i to a creation or deletion answers the error, or what it is',
  async status => {
    const error = { error_code: 'FSS.0000', error_msg: 'no' };
    const endpoint = await httpServer((_, response) => answerJson(response, status, error));
    const client = createClient({ endpoint, projectId: 'project', token: TOKEN });
    const undocumented = { status: 'undocumented', httpStatus: status, body: JSON.stringify(error) };
    const created = await client.createFunction({});
    const deleted = await client.deleteFunction(URN);
    await client.close();
    expect(created).toEqual(status === 418 ? undocumented : { status, error });
    expect(deleted).toEqual(status === 404 ? { status, error } : undocumented);
  },
);
