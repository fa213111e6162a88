/**
 * Clients that others wrote, against the mock server, each with one small program in its folder. Every program
 * does the same and says the same, one line of JSON a call; what passes is judged. `npm run test:clients`
 */

import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/judge/finding.ts';
import { type MockServer, startMock } from '../../src/mock/index.ts';
import { clauses } from '../../src/page/catalogue.ts';
import type { Exchange } from '../../src/page/exchange.ts';
import { createTrafficJudge, isLeftAlone } from '../../src/traffic/index.ts';
import { createEvidence } from '../../src/verdict/evidence.ts';
import { build, missingTool, run } from '../other-programs.test.support.ts';
import { CLIENTS_FOLDER, type Client, type CredentialsKind, clients } from './clients.test.support.ts';

const CALLS = [
  { call: 'create', said: 'client' },
  { call: 'configure', said: 60 },
  { call: 'publish', said: ['v1', 'first', 256] },
  { call: 'publish unchanged', said: '400 FSS.1016' },
  { call: 'list', said: ['latest', 'v1'] },
  { call: 'create alias', said: 'v1' },
  { call: 'read alias', said: 'v1' },
  { call: 'delete alias', said: 'done' },
  { call: 'delete', said: 'done' },
  { call: 'read deleted', said: '404 FSS.1051' },
];

const RUN_MS = 120_000;

interface Seen {
  /** What the program said, a line a call. */
  readonly said: readonly unknown[];
  readonly exchanges: readonly Exchange[];
  readonly projectId: string;
}

/** Runs a client's program against a mock server of its own. */
async function seen(client: Client, cwd: string, credentials: string): Promise<Seen> {
  const exchanges: Exchange[] = [];
  const mock = await startMock({ onExchange: exchange => void exchanges.push(exchange) });
  try {
    const env = { ...environment(mock, credentials.startsWith('wrong')), CREDENTIALS: credentials };
    const ended = await run(client.run, { cwd, env, timeoutMs: RUN_MS });
    if (ended?.code !== 0) throw new Error(`${client.name} failed: ${ended?.stdout}${ended?.stderr}`);
    const said = ended.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as unknown);
    return { said, exchanges, projectId: mock.projectId };
  } finally {
    await mock.close();
  }
}

function environment(mock: MockServer, isWrong: boolean): Readonly<Record<string, string>> {
  const { url, projectId, region, token, accessKey, login } = mock;
  return {
    FGS_ENDPOINT: url,
    FGS_PROJECT_ID: projectId,
    FGS_REGION: region,
    FGS_TOKEN: isWrong ? 'wrong' : token,
    FGS_AK: accessKey.ak,
    FGS_SK: isWrong ? 'wrong' : accessKey.sk,
    FGS_IAM_URL: login.iamUrl,
    FGS_USERNAME: login.username,
    FGS_PASSWORD: isWrong ? 'wrong' : login.password,
    FGS_DOMAIN: 'any',
    FGS_PROJECT_NAME: login.projectName,
    FUNCTION_NAME: 'client',
  };
}

/** What is held against the exchanges, each in the light of those before it. */
function judged({ exchanges, projectId }: Seen): { exercised: number; findings: readonly Finding[] } {
  const evidence = createEvidence(clauses.map(({ id }) => id));
  const { judge } = createTrafficJudge({ projectId, evidence });
  const outcomes = exchanges.map(exchange => judge({ exchange }));
  const all = outcomes.flatMap(each => (isLeftAlone(each) ? [] : [each]));
  const exercised = all.reduce((sum, each) => sum + each.exercised, 0);
  return { exercised, findings: all.flatMap(({ findings }) => findings) };
}

describe.each(clients)('$name', client => {
  let missing: string | undefined;
  let folder: string;
  beforeAll(async () => {
    missing = await missingTool(client.toolchain);
    if (missing === undefined) folder = await build(join(CLIENTS_FOLDER, client.name), client.build);
  });

  test.for(client.credentials)('does everything with its credentials: %s', async (kind, { skip }) => {
    if (missing !== undefined) skip(`${missing} is not there`);
    const everything = await seen(client, folder, kind);
    expect(everything.said).toEqual(CALLS);
    const { exercised, findings } = judged(everything);
    expect(findings.filter(({ level }) => level === 'required')).toEqual([]);
    expect(exercised).toBeGreaterThan(100);
  });

  const refusable = client.credentials.filter(
    (kind): kind is Exclude<CredentialsKind, 'project'> => kind !== 'project',
  );
  test.for(refusable)('is told that its credentials are wrong: %s', async (kind, { skip }) => {
    if (missing !== undefined) skip(`${missing} is not there`);
    const refused = await seen(client, folder, `wrong ${kind}`);
    expect(refused.said).toEqual([{ call: 'create', said: expect.stringMatching(/^401 /) }]);
    expect(judged(refused).findings.filter(({ level }) => level === 'required')).toEqual([]);
  });
});
