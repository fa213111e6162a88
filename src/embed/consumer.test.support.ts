/** The files of a project that uses the package. */

const libraryJs = `
import { arbitraries, clauses, createClient, judge, judgeBody, parseReport, reporters, run, startMock } from 'fgs-conformance';
import example from 'fgs-conformance/fixtures/documented-examples.json' with { type: 'json' };

const mock = await startMock({ projectId: 'p1', token: 't1' });
const client = createClient({ endpoint: mock.url, projectId: 'p1', token: 't1' });
const result = await client.publishVersion('urn:fss:mock-1:p1:function:default:absent');
await client.close();
const { report } = await run({ endpoint: mock.url, projectId: 'p1', token: 't1', profile: 'smoke' });
await mock.close();
console.log(JSON.stringify({
  clauses: clauses.length,
  findings: judgeBody('{"memory_size":129}').findings.map(({ clause }) => clause),
  exercised: judge({ request: { method: 'POST', url: '/v2/p/fgs/functions/f/versions', headers: {} } }).exercised,
  arbitraries: Object.keys(arbitraries),
  status: result.status,
  verdict: report.summary.verdict,
  reread: parseReport(reporters.json.render(report)).summary.verdict,
  examples: example.cases.length,
}));
`;

/** Ends when the door loads what only a run, a server or a client needs. */
const lightJs = `
import { register } from 'node:module';

const hook = \`export async function resolve(specifier, context, next) {
  if (/^(?:vitest|fastify|undici|@pact-foundation)\\\\b/.test(specifier)) throw new Error('loaded ' + specifier);
  return next(specifier, context);
}\`;
register('data:text/javascript,' + encodeURIComponent(hook));
const { judge } = await import('fgs-conformance');
console.log(typeof judge);
await import('undici').catch(error => console.log(error.message));
`;

const typesTs = `
import { arbitraries, type Clause, clauses, createClient, type Exchange, judge, type PublishedVersion,
  type PublishRequest, type Report, reporters, run, startMock } from 'fgs-conformance';
import { type ConformanceSuiteOptions, conformanceSuite } from 'fgs-conformance/vitest';
import { expect } from 'vitest';

const exchange: Exchange = {
  request: { method: 'POST', url: '/v2/p/fgs/functions/f/versions', headers: {} },
  response: { status: 200, headers: {}, body: '{}' },
};
export const clause: Clause | undefined = clauses.find(({ id }) => id === judge(exchange).findings[0]?.clause);
const request: PublishRequest = { description: 'first' };
// @ts-expect-error: a description is text
export const wrongRequest: PublishRequest = { description: 7 };
const options: ConformanceSuiteOptions = { profile: 'smoke' };
// @ts-expect-error: there is no such profile
export const wrongOptions: ConformanceSuiteOptions = { profile: 'none' };

export async function consume(): Promise<Report> {
  const { url, projectId, token, close } = await startMock();
  const result = await createClient({ endpoint: url, projectId, token }).publishVersion('f', request);
  if (result.status === 200) {
    const version: PublishedVersion = result.version;
    // @ts-expect-error: memory_size is a number
    const memory: string = version.memory_size;
    console.log(memory);
  } else if (result.status !== 'undocumented') console.log(result.error.error_code.toLowerCase());
  const { report } = await run({ endpoint: url, projectId, token, only: ['body.*'] });
  console.log(reporters.json?.render(report, { colour: false, width: 80 }), arbitraries.publishedVersion());
  await close();
  return report;
}

export function declare(response: Response): void {
  conformanceSuite(options);
  const checked: Promise<void> = expect(response).toConformToPage({ projectId: 'p' });
  const judged: void = expect(exchange).not.toConformToPage();
  // @ts-expect-error: a context has no such member
  expect(exchange).toConformToPage({ project: 'p' });
  console.log(checked, judged);
}
`;

const libraryTs = `
import { type AnsweredVersion, createClient, type FaultName, faults, judge, type MockOptions, run, type RunResult,
  startMock } from 'fgs-conformance';

const options: MockOptions = { fault: 'body.memory_size.values' };
// @ts-expect-error: there is no such fault
export const wrongFault: MockOptions = { fault: 'body.memory_size.value' };
// @ts-expect-error: a misspelt member
export const wrongMember: MockOptions = { projectID: 'p' };
export const names: readonly FaultName[] = faults.map(({ name }) => name);
export const judged = judge({ request: { method: 'POST', url: '/', headers: {} } }).exercised;

export async function publish(): Promise<RunResult> {
  const { url, projectId, token } = await startMock(options);
  const answer = await createClient({ endpoint: url, projectId, token }).publishVersion('f');
  const version: AnsweredVersion | undefined = answer.status === 200 ? answer.version : undefined;
  const memory: number | undefined = version?.memory_size;
  // @ts-expect-error: a description need not be there
  const description: string | undefined = version === undefined ? '' : (version.description satisfies string);
  console.log(memory, description);
  return run({ endpoint: url, projectId, token });
}
`;

const conformanceTest = `
import { startMock } from 'fgs-conformance';
import { conformanceSuite } from 'fgs-conformance/vitest';
import { afterAll, expect, test } from 'vitest';

const { FAULT } = process.env;
const mock = await startMock(FAULT === undefined ? {} : { fault: FAULT });
afterAll(() => mock.close());
const { url, projectId, token, forbiddenToken } = mock;

conformanceSuite({ endpoint: url, projectId, token, forbiddenToken, profile: 'smoke' });

test('an answer conforms', { timeout: 30_000 }, async () => {
  const response = await fetch(\`\${url}/v2/\${projectId}/fgs/functions/absent/versions\`, {
    method: 'POST',
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    body: '{}',
  });
  await expect(response).toConformToPage();
});

test('nothing is left behind', { timeout: 30_000 }, async () => {
  const response = await fetch(\`\${url}/v2/\${projectId}/fgs/functions\`, { headers: { 'x-auth-token': token } });
  expect(await response.json()).toMatchObject({ count: 0 });
});
`;

/** With settings of a team's own that must not matter. */
const ownConfig = `
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    server: { deps: { inline: ['fgs-conformance'] } },
    sequence: { concurrent: true, shuffle: true },
    retry: 2,
    testTimeout: 1,
  },
});
`;

export const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  'library.js': libraryJs,
  'light.js': lightJs,
  'types.ts': typesTs,
  'library.ts': libraryTs,
  'conformance.test.js': conformanceTest,
  'own.config.js': ownConfig,
};
