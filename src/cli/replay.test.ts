import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ENDPOINT, failed, findingAt, publication, reportWith } from '../report/example.test.reports.ts';
import type { Report } from '../verdict/report.ts';
import { replaying, tellReplay } from './replay.ts';

const MESSAGE = 'memory_size is 129; documented: 128, 256';
const failing = reportWith({ 'body.memory_size.values': failed(findingAt('memory_size', 129, MESSAGE)) });

/** The options of a run that is told nothing but what to repeat. */
const NOTHING = { out: 'fgs-report' } as const;

/** What is printed meanwhile. */
function listening(stream: 'stdout' | 'stderr'): () => string {
  const spy = vi.spyOn(process[stream], 'write').mockReturnValue(true);
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.map(([text]) => String(text)).join('');
}

async function fileOf(report: Report): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-replay-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.json');
  await writeFile(file, JSON.stringify(report));
  return file;
}

function withRun(report: Report, run: Partial<Report['run']>): Report {
  return { ...report, run: { ...report.run, ...run } };
}

test('a replay asks the target of the report for what failed there, with its seed and profile, and says so', async () => {
  const said = listening('stderr');
  const file = await fileOf(failing);
  const { options } = await replaying(NOTHING, file);
  expect(options).toEqual({
    seed: 42,
    profile: 'standard',
    endpoint: ENDPOINT,
    projectId: 'p',
    only: ['body.memory_size.values'],
    out: 'fgs-report',
  });
  expect(said()).toBe(`replay of ${file}: body.memory_size.values, with seed 42, at ${ENDPOINT}\n`);
});

test('what is given otherwise wins, and the address of the report is left out then', async () => {
  listening('stderr');
  const file = await fileOf(failing);
  const { options } = await replaying(
    { ...NOTHING, endpoint: 'http://127.0.0.1:1', seed: 7, profile: 'deep' },
    file,
  );
  expect(options).toMatchObject({ endpoint: 'http://127.0.0.1:1', seed: 7, profile: 'deep' });
  expect(options).not.toHaveProperty('projectId');
});

test('a report of a server that arranged through states, or one function, is repeated in that way', async () => {
  listening('stderr');
  const known = { endpoint: ENDPOINT, projectId: 'q', functionUrn: 'urn', statesUrl: 'http://127.0.0.1:2' };
  const report = withRun(failing, { options: known });
  const file = await fileOf({ ...report, target: { endpoint: ENDPOINT, arranged: 'states' } });
  const { options } = await replaying(NOTHING, file);
  expect(options).toMatchObject({ ...known, arrange: 'states' });
});

test('of the embedded mock server, which is gone, a new one is asked', async () => {
  const said = listening('stderr');
  const { options } = await replaying(NOTHING, await fileOf(withRun(failing, { options: {} })));
  expect(options).not.toHaveProperty('endpoint');
  expect(said()).toMatch(/at the embedded mock server\n$/);
});

test('of many clauses the first ones are named', async () => {
  const said = listening('stderr');
  const ids = [
    'body.timeout.range',
    'body.handler.length',
    'body.runtime.values',
    'body.cpu.range',
    'body.type',
  ];
  const finding = findingAt('timeout', 2, 'wrong');
  const more = reportWith(
    Object.fromEntries(
      [...ids, 'body.digest.format', 'body.version.format'].map(id => [id, failed(finding)]),
    ),
  );
  const { options } = await replaying(NOTHING, await fileOf(more));
  expect(options.only).toHaveLength(7);
  expect(said()).toMatch(/: (?:[a-z_.-]+, ){4}[a-z_.-]+ and 2 more, with seed 42/);
});

test('a report without findings has nothing to repeat', async () => {
  const file = await fileOf(reportWith());
  await expect(replaying(NOTHING, file)).rejects.toThrow(
    `--replay ${file}: the report has no findings to repeat.`,
  );
});

test.each<[string, Parameters<typeof reportWith>[0], string]>([
  ['again', { 'body.memory_size.values': failed(findingAt('memory_size', 129, MESSAGE)) }, 'seen again'],
  ['not any more', {}, 'not seen again'],
  [
    'otherwise',
    { 'body.memory_size.values': failed(findingAt('memory_size', 130, 'memory_size is 130')) },
    'fails, but otherwise',
  ],
  [
    'not at all',
    { 'body.memory_size.values': { verdict: 'not-exercised', exercised: 0, reason: 'no answer' } },
    'not asked again',
  ],
])('of each finding it is told whether it was seen %s', (_, now, outcome) => {
  const said = listening('stdout');
  tellReplay(failing, reportWith(now));
  expect(said().replaceAll(/ +/g, ' ')).toBe(`replay:\n ${outcome} body.memory_size.values: ${MESSAGE}\n`);
});

test('names of a run, and the time in a version, do not make a finding another one', () => {
  const said = listening('stdout');
  const id = 'state.unique-version.fresh';
  const of = (name: string, version: string) =>
    reportWith({
      [id]: failed({ message: `${version} of fgsc-${name}-1 exists already`, exchange: publication('{}') }),
    });
  tellReplay(of('0123456789', 'v20260101-000000'), of('abcdefghij', 'v20260202-111111'));
  expect(said()).toMatch(/^replay:\n {2}seen again /);
});

test('where stdout is JSON, it is told on stderr', () => {
  const [printed, said] = [listening('stdout'), listening('stderr')];
  tellReplay(failing, failing, ['json']);
  expect(printed()).toBe('');
  expect(said()).toMatch(/^replay:\n {2}seen again /);
});
