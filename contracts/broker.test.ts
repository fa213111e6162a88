import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startMock } from '../src/mock/index.ts';
import { canIDeploy } from '../src/pact/can-i-deploy.ts';
import { generatePact } from '../src/pact/generate.ts';
import { publishPacts } from '../src/pact/publish.ts';
import { verifyPacts } from '../src/pact/verify.ts';
import { type BrokerDouble, type BrokerDoubleOptions, startBrokerDouble } from './broker-double.test.support.ts';

let dir: string;
let file: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fgs-conformance-broker-'));
  ({ file } = await generatePact({ dir, consumer: 'my-sdk' }));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

const doubles: BrokerDouble[] = [];
afterEach(async () => {
  for (const each of doubles.splice(0)) await each.close();
});

async function broker(options?: BrokerDoubleOptions): Promise<BrokerDouble> {
  const double = await startBrokerDouble(options);
  doubles.push(double);
  return double;
}

test('generated, published, verified, told to the broker, and then deployable', async () => {
  const double = await broker({ token: 'broker-token-4711' });
  const at = { brokerBaseUrl: double.url, brokerToken: 'broker-token-4711' };
  const published = await publishPacts({
    ...at,
    dir,
    consumerAppVersion: '1.0.0',
    branch: 'main',
    tag: ['a', 'b'],
  });
  console.log(published);
  const question = { ...at, pacticipant: 'my-sdk', appVersion: '1.0.0', toEnvironment: 'production' };
  console.log(await canIDeploy(question));
  const log = () => { for (const { method, url, authorization, body } of double.requests) console.log(method, url, authorization, JSON.stringify(body)?.slice(0, 900)); };
  const verified = await verifyPacts({
    ...at,
    publishResults: true,
    providerAppVersion: '7.0.0',
    providerBranch: 'main',
    enablePending: true,
    consumerVersionSelector: [{ branch: 'main' }],
  }).finally(log);
  console.log(verified.verdict, verified.reason, verified.notices);
  console.log(await canIDeploy(question));
log();
});
