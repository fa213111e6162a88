import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../mock/index.ts';
import { cli, reportIn, start } from './command.test.support.ts';

/** A run of its own each time: what fails is repeated with the seed that is printed. */
const seed = Math.floor(Math.random() * 2 ** 31);

test.each([
  ['as it is', undefined],
  ['that ends each answer with its connection', 'until-close'],
  ['with a list of small pages', 'small-pages'],
  ['that counts the entries of each page of a list', 'counted-pages'],
])(
  `the recording of a run against a server ${'%s'} is judged as the run was (seed ${seed})`,
  async (_, dress) => {
    const mock = await startMock(dress === undefined ? {} : { dress });
    onTestFinished(() => mock.close());
    const target = ['--endpoint', mock.url, '--project-id', mock.projectId, '--states-url', mock.statesUrl];
    const how = ['--seed', String(seed), '--reporter', 'har', '--out', 'recorded'];
    const env = { FGS_TOKEN: mock.token, FGS_FORBIDDEN_TOKEN: mock.forbiddenToken };
    const run = await start(['run', ...target, ...how], env).ended;
    expect(run).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await cli(['judge', 'recorded/report.har', '--out', 'judged']);
    expect(code, stdout).toBe(0);
    expect(stderr).toMatch(/: \d{3} exchanges judged, .*\(\d+ that a HAR file cannot hold/);
    const { summary } = await reportIn('judged');
    expect(summary.clauses.fail).toBe(0);
  },
);
