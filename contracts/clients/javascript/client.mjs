// The cloud's SDK for JavaScript.

import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core';
import { v2 } from '@huaweicloud/huaweicloud-sdk-functiongraph';

const { FGS_ENDPOINT, FGS_PROJECT_ID, FGS_AK, FGS_SK, FUNCTION_NAME } = process.env;

// The SDK logs every refusal to the standard output.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;

function say(call, said) {
  write(`${JSON.stringify({ call, said })}\n`);
}

async function refusal(call, promise) {
  const said = await promise.then(
    () => 'accepted',
    error => `${error.httpStatusCode} ${error.errorCode}`,
  );
  say(call, said);
}

const credentials = new BasicCredentials().withAk(FGS_AK).withSk(FGS_SK).withProjectId(FGS_PROJECT_ID);
const client = v2.FunctionGraphClient.newBuilder()
  .withCredential(credentials)
  .withEndpoint(FGS_ENDPOINT)
  .build();

const creation = new v2.CreateFunctionRequestBody()
  .withFuncName(FUNCTION_NAME)
  .withPackage('default')
  .withRuntime(v2.CreateFunctionRequestBodyRuntimeEnum.PYTHON3_9)
  .withTimeout(30)
  .withHandler('index.handler')
  .withMemorySize(128)
  .withCodeType(v2.CreateFunctionRequestBodyCodeTypeEnum.INLINE)
  .withFuncCode(
    new v2.FuncCode().withFile(Buffer.from('def handler(event, context): pass').toString('base64')),
  );
const create = () => client.createFunction(new v2.CreateFunctionRequest().withBody(creation));

if (process.env.CREDENTIALS?.startsWith('wrong')) {
  await refusal('create', create());
  process.exit();
}

const created = await create();
const urn = created.func_urn.replace(/:latest$/, '');
say('create', created.func_name);

const configuration = new v2.UpdateFunctionConfigRequestBody()
  .withFuncName(FUNCTION_NAME)
  .withRuntime(v2.UpdateFunctionConfigRequestBodyRuntimeEnum.PYTHON3_9)
  .withTimeout(60)
  .withHandler('index.handler')
  .withMemorySize(256);
const configured = await client.updateFunctionConfig(
  new v2.UpdateFunctionConfigRequest(urn).withBody(configuration),
);
say('configure', configured.timeout);

const version = new v2.CreateFunctionVersionRequestBody().withVersion('v1').withDescription('first');
const publish = () =>
  client.createFunctionVersion(new v2.CreateFunctionVersionRequest(urn).withBody(version));
const published = await publish();
say('publish', [published.version, published.version_description, published.memory_size]);
version.withVersion('v2');
await refusal('publish unchanged', publish());

const { versions } = await client.listFunctionVersions(new v2.ListFunctionVersionsRequest(urn));
say(
  'list',
  versions.map(each => each.version),
);

const alias = new v2.CreateVersionAliasRequestBody('stable', 'v1');
const named = await client.createVersionAlias(new v2.CreateVersionAliasRequest(urn).withBody(alias));
say('create alias', named.version);
const existing = request => request.withFunctionUrn(urn).withAliasName('stable');
const read = await client.showVersionAlias(existing(new v2.ShowVersionAliasRequest()));
say('read alias', read.version);
await client.deleteVersionAlias(existing(new v2.DeleteVersionAliasRequest()));
say('delete alias', 'done');

await client.deleteFunction(new v2.DeleteFunctionRequest(urn));
say('delete', 'done');
await refusal('read deleted', client.showFunctionConfig(new v2.ShowFunctionConfigRequest(urn)));
