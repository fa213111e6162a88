/** What the tests against a double of a broker share. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type MockOptions, startMock } from '../src/mock/index.ts';
import { generatePact } from '../src/pact/generate.ts';
import { publishPacts } from '../src/pact/publish.ts';
import { type VerifyOptions, type VerifyResult, verifyPacts } from '../src/pact/verify.ts';
import {
  type BrokerDouble,
  type BrokerDoubleOptions,
  startBrokerDouble,
} from './broker-double.test.support.ts';

export const TOKEN = 'broker-token-4711';
export const VERSION = { consumerAppVersion: '1.0.0', branch: 'main' };
export const RESULTS = { publishResults: true, providerAppVersion: '7.0.0', providerBranch: 'main' };

/** Whose pact is published. */
export const MY_SDK = { pacticipant: 'my-sdk', version: '1.0.0' };

export interface BrokerTrial {
  /** The folder of the pact of `my-sdk`, and the pact. */
  readonly dir: string;
  readonly file: string;
  startDouble(options?: BrokerDoubleOptions): Promise<BrokerDouble>;
  /** A double that lets the token in, with the pact published. */
  brokerWithPact(
    options?: BrokerDoubleOptions,
  ): Promise<{ double: BrokerDouble; at: { brokerBaseUrl: string; brokerToken: string } }>;
  /** Publishes a pact that is no file yet. */
  publish(at: object, pact: object, version?: typeof VERSION): Promise<void>;
}

/** Generates a pact before the tests of a file, and ends the doubles of each. */
export function brokerTrial(): BrokerTrial {
  let dir = '';
  let file = '';
  const doubles: BrokerDouble[] = [];
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fgs-conformance-broker-'));
    ({ file } = await generatePact({ dir, consumer: 'my-sdk' }));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));
  afterEach(async () => {
    for (const each of doubles.splice(0)) await each.close();
  });
  const startDouble = async (options: BrokerDoubleOptions = {}): Promise<BrokerDouble> => {
    const double = await startBrokerDouble(options);
    doubles.push(double);
    return double;
  };
  return {
    get dir() {
      return dir;
    },
    get file() {
      return file;
    },
    startDouble,
    brokerWithPact: async options => {
      const double = await startDouble({ token: TOKEN, ...options });
      const at = { brokerBaseUrl: double.url, brokerToken: TOKEN };
      await publishPacts({ ...at, ...VERSION, dir: file });
      return { double, at };
    },
    publish: async (at, pact, version = VERSION) => {
      const folder = await mkdtemp(join(dir, 'other-'));
      await writeFile(join(folder, 'pact.json'), JSON.stringify(pact));
      await publishPacts({ ...at, ...version, dir: folder });
    },
  };
}

/** Verifies a mock server with its provider states. */
export async function verifyMock(
  options: VerifyOptions,
  mockOptions: MockOptions = {},
): Promise<VerifyResult> {
  const mock = await startMock(mockOptions);
  const { url: endpoint, projectId, token, statesUrl } = mock;
  try {
    return await verifyPacts({ endpoint, projectId, token, statesUrl, ...options });
  } finally {
    await mock.close();
  }
}

/** Verifies a mock server without provider states, as a live endpoint is. */
export async function verifyLive(
  options: VerifyOptions,
  mockOptions: MockOptions = {},
): Promise<VerifyResult> {
  const mock = await startMock(mockOptions);
  const { url: endpoint, projectId, token } = mock;
  try {
    return await verifyPacts({ endpoint, projectId, token, ...options });
  } finally {
    await mock.close();
  }
}
