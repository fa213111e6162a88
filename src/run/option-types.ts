import type { MockServer } from '../mock/index.ts';
import { resourcesSchema } from '../page/resources.ts';
import { expectArgument } from '../words/arguments.ts';
import type { CredentialOptions } from './credential-options.ts';
import { profiles } from './profiles.ts';
import type { RunOptions } from './run-options.ts';

const text = { type: 'string' } as const;
const object = { type: 'object' } as const;

const credentials = {
  token: text,
  ak: text,
  sk: text,
  securityToken: text,
  iamUrl: text,
  username: text,
  password: text,
  domain: text,
  projectName: text,
  forbiddenToken: text,
} as const satisfies Readonly<Record<keyof CredentialOptions, object>>;

/** What `startMock` answers may be spread into the options. */
const ofMock = {
  url: {},
  accessKey: {},
  login: {},
  functionUrns: {},
  likeness: {},
  close: {},
} as const satisfies Readonly<Record<Exclude<keyof MockServer, keyof RunOptions>, object>>;

const properties = {
  ...ofMock,
  ...credentials,
  endpoint: text,
  projectId: text,
  region: text,
  functionUrn: text,
  arrange: { enum: ['auto', 'api', 'states', 'none'] },
  statesUrl: text,
  resources: resourcesSchema,
  profile: { enum: Object.keys(profiles) },
  seed: { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 },
  maxRequests: { type: 'integer', minimum: 1 },
  rate: { type: 'number', exclusiveMinimum: 0 },
  concurrency: { type: 'integer', minimum: 1 },
  timeoutMs: { type: 'number', minimum: 1 },
  cacert: text,
  only: { type: 'array', items: text },
  failOn: { enum: ['required', 'recommended'] },
  shard: text,
  keepExchanges: { type: 'boolean' },
  baseline: { type: 'array', items: { type: 'object', required: ['id', 'reason'] } },
  expectChoices: { type: 'array', items: { type: 'object', required: ['id', 'question', 'answers'] } },
  keep: { type: 'boolean' },
  journalPath: text,
  signal: object,
  watcher: object,
} as const satisfies Readonly<Record<keyof RunOptions, object>>;

/** @throws TypeError that says what was expected */
export const checkOptionTypes = expectArgument({
  call: 'run',
  name: 'options',
  example: "options such as { endpoint: 'http://127.0.0.1:8080', projectId: 'p1', token: 't1' }",
  schema: { type: 'object', properties, additionalProperties: false },
  mayBeSpread: true,
});
