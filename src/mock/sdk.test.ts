/** The cloud's own SDK, as its users call it, against the mock server. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core';
import { v2 } from '@huaweicloud/huaweicloud-sdk-functiongraph';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type MockServer, startMock } from './index.ts';

let mock: MockServer;
let home: string;

beforeAll(async () => {
  mock = await startMock();
  home = await mkdtemp(join(tmpdir(), 'fgs-sdk-'));
  // The SDK keeps an id in the home directory, and logs every refusal.
  vi.stubEnv('HOME', home);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await mock.close();
  await rm(home, { recursive: true, force: true });
});

interface Keys {
  readonly sk?: string;
  readonly securityToken?: string;
}

function clientWith({ sk = mock.accessKey.sk, securityToken }: Keys = {}): v2.FunctionGraphClient {
  const credentials = new BasicCredentials()
    .withAk(mock.accessKey.ak)
    .withSk(sk)
    .withProjectId(mock.projectId);
  if (securityToken !== undefined) credentials.withSecurityToken(securityToken);
  return v2.FunctionGraphClient.newBuilder().withCredential(credentials).withEndpoint(mock.url).build();
}

function create(client: v2.FunctionGraphClient, name: string): Promise<v2.CreateFunctionResponse> {
  const code = Buffer.from('def handler(event, context): pass').toString('base64');
  const body = new v2.CreateFunctionRequestBody()
    .withFuncName(name)
    .withPackage('default')
    .withRuntime(v2.CreateFunctionRequestBodyRuntimeEnum.PYTHON3_9)
    .withTimeout(30)
    .withHandler('index.handler')
    .withMemorySize(128)
    .withCodeType(v2.CreateFunctionRequestBodyCodeTypeEnum.INLINE)
    .withCodeFilename('index.py')
    .withFuncCode(new v2.FuncCode().withFile(code));
  return client.createFunction(new v2.CreateFunctionRequest().withBody(body));
}

function publish(client: v2.FunctionGraphClient, urn: string): Promise<unknown> {
  const body = new v2.CreateFunctionVersionRequestBody().withDescription('first');
  return client.createFunctionVersion(new v2.CreateFunctionVersionRequest(urn).withBody(body));
}

/** The SDK passes answers through as they are, whatever its types say. */
function urnIn(created: unknown): string {
  const { func_urn } = created as { readonly func_urn: string };
  return func_urn.replace(/:latest$/, '');
}

test('create, publish, list, read and delete', async () => {
  const client = clientWith();
  const created = await create(client, 'whole-life');
  expect(created).toMatchObject({ httpStatusCode: 200, func_name: 'whole-life', version: 'latest' });
  const urn = urnIn(created);

  const published = await publish(client, urn);
  expect(published).toMatchObject({ httpStatusCode: 200, func_urn: urn, version_description: 'first' });
  const { version } = published as { readonly version: string };
  expect(version).toMatch(/^v\d{8}-\d{6}$/);

  const { versions } = await client.listFunctionVersions(new v2.ListFunctionVersionsRequest(urn));
  expect(versions).toMatchObject([{ version: 'latest' }, { version }]);

  const configuration = await client.showFunctionConfig(new v2.ShowFunctionConfigRequest(urn));
  expect(configuration).toMatchObject({ func_name: 'whole-life', memory_size: 128 });

  const request = new v2.DeleteFunctionRequest(urn);
  expect(await client.deleteFunction(request)).toMatchObject({ httpStatusCode: 204 });
  await expect(client.deleteFunction(request)).rejects.toMatchObject({
    httpStatusCode: 404,
    errorCode: 'FSS.1051',
  });
});

test('publishing again with no change is refused with FSS.1016', async () => {
  const client = clientWith();
  const urn = urnIn(await create(client, 'unchanged'));
  await publish(client, urn);
  await expect(publish(client, urn)).rejects.toMatchObject({ httpStatusCode: 400, errorCode: 'FSS.1016' });
});

test('a wrong key is refused with 401', async () => {
  await expect(create(clientWith({ sk: 'wrong' }), 'never')).rejects.toMatchObject({
    httpStatusCode: 401,
    errorCode: 'FSS.0401',
    errorMsg: expect.stringContaining('the signature does not fit the request'),
  });
});

test('a temporary key is accepted with its token only', async () => {
  const { securityToken } = mock.accessKey;
  expect(await create(clientWith({ securityToken }), 'temporary')).toMatchObject({ httpStatusCode: 200 });
  const other = clientWith({ securityToken: 'other' });
  await expect(create(other, 'never')).rejects.toMatchObject({ httpStatusCode: 401 });
});
