import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MockServer, startMock } from './index.ts';
import { clientOf } from './mock-client.test.support.ts';

let mock: MockServer;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  mock = await startMock();
  client = clientOf(mock);
});
afterAll(() => mock.close());

const file = (text: string) => Buffer.from(text).toString('base64');
const readCode = async (urn: string) => (await client.call('GET', `/${urn}/code`)).json;

describe('code that comes without a name gets one', () => {
  test.each([
    ['zip', 'Node.js14.18', 'index.zip'],
    ['jar', 'Java11', 'index.jar'],
    ['inline', 'Node.js14.18', 'index.js'],
    ['inline', 'Python3.9', 'index.py'],
    ['inline', 'PHP7.3', 'index.php'],
    ['inline', 'Custom', 'index.sh'],
  ])('%s of %s: %s', async (code_type, runtime, name) => {
    const urn = await client.create({ code_type, runtime, code_filename: undefined });
    expect((await client.publish(urn)).json).toMatchObject({ code_type, code_filename: name });
    await client.call('PUT', `/${urn}/code`, { body: { code_type, func_code: { file: file('other') } } });
    expect((await client.read(urn)).json).toMatchObject({ code_filename: name, code_size: 5 });
  });
});

test('code_url is a link to code of another type than obs', async () => {
  const code_url = 'https://bucket.obs.example.com/code.zip';
  const urn = await client.create({ code_type: 'zip', code_url, func_code: undefined });
  const { json } = await client.publish(urn);
  expect(json).toMatchObject({ code_type: 'zip', code_size: 0 });
  expect(json).not.toHaveProperty('code_url');
  expect(await readCode(urn)).toMatchObject({ func_code: { file: '', link: code_url } });
  const other = `${code_url}?2`;
  expect(
    await client.call('PUT', `/${urn}/code`, { body: { code_type: 'zip', code_url: other } }),
  ).toMatchObject({ status: 200, json: { func_code: { link: other } } });
});

test('code can be read as it was uploaded, with what is reported of the function', async () => {
  const urn = await client.create({ func_code: { file: file('the code') } });
  expect(await readCode(urn)).toMatchObject({
    func_urn: `${urn}:latest`,
    code_type: 'inline',
    func_code: { file: file('the code'), link: '' },
  });
});

test('of a large package there is a link', async () => {
  const package64 = Buffer.alloc(100 * 1024).toString('base64');
  const urn = await client.create({ code_type: 'zip', func_code: { file: package64 } });
  expect(await readCode(urn)).toMatchObject({
    code_size: 100 * 1024,
    func_code: { file: '', link: expect.stringMatching(/^https:/) },
  });
});

test('the very same code again is refused, other code is not', async () => {
  const urn = await client.create({ code_filename: undefined });
  const upload = (text: string, members = {}) =>
    client.call('PUT', `/${urn}/code`, {
      body: { code_type: 'inline', func_code: { file: file(text) }, ...members },
    });
  expect((await upload('1')).status).toBe(200);
  expect(await upload('1')).toMatchObject({ status: 409, json: { error_code: 'FSS.0409' } });
  expect((await upload('1', { code_filename: 'other.js' })).status).toBe(200);
  expect((await upload('2')).status).toBe(200);
});
