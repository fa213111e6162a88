import { describe, expect, test } from 'vitest';
import { exampleVersion } from '../page/tables/examples.ts';
import { parseReport } from '../report/index.ts';
import {
  creation,
  entry,
  exchange,
  FUNCTION,
  har,
  publication,
  refusal,
  TOKEN,
  VERSION,
} from '../traffic/recordings.test.support.ts';
import { cli, failing, file, reportIn } from './command.test.support.ts';

const wrong = publication({ ...VERSION, memory_size: 129 });

describe('judge', () => {
  test('a conforming recording ends conformant', async () => {
    const foreign = entry(exchange('GET', '/assets/app.js', 200));
    await file(
      'good.har',
      har(foreign, entry(creation()), entry(publication()), entry(refusal(404, 'FSS.1051'))),
    );
    const { code, stdout, stderr } = await cli(['judge', 'good.har', '--out', 'good']);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/\nconformant: .*\nreport: good\/report\.json\n$/);
    expect(stderr).toBe('good.har: 3 exchanges judged, 1 left alone that are not of this API\n');
    const { run, target, summary } = await reportIn('good');
    expect(target.endpoint).toBe('https://functiongraph.example.com');
    expect(run).toMatchObject({ profile: 'recorded', exchanges: 3 });
    expect(summary.clauses.pass).toBeGreaterThan(60);
  });

  test('a wrong one ends nonconformant, with the finding and a line that repeats the request', async () => {
    await file('wrong.har', har(entry(wrong)));
    const { code, stdout } = await cli(['judge', 'wrong.har', '--out', 'wrong']);
    expect(code).toBe(1);
    expect(stdout).toContain('memory_size is 129; documented: 128, 256');
    const report = await reportIn('wrong');
    expect(failing(report)).toEqual(['body.memory_size.values']);
    const [finding] = report.clauses.find(({ id }) => id === 'body.memory_size.values')?.findings ?? [];
    expect(finding?.reproduce).toContain('"X-Auth-Token: $FGS_TOKEN"');
    expect(JSON.stringify(report) + stdout).not.toContain(TOKEN);
  });

  test('several files, JSON and the standard input among them', async () => {
    await file('one.json', JSON.stringify(publication()));
    const stdin = JSON.stringify({ exchanges: [wrong] });
    const { code, stdout } = await cli(
      ['judge', 'one.json', '-', '--reporter', 'json', '--out', 'several'],
      {},
      stdin,
    );
    expect(code).toBe(1);
    const report = parseReport(stdout);
    expect(report.run.exchanges).toBe(2);
    expect(failing(report)).toEqual(['body.memory_size.values']);
  });

  test('the body of a 200 answer alone', async () => {
    await file('body.json', JSON.stringify(exampleVersion));
    expect(await cli(['judge', '--body', 'body.json', '--out', 'body'])).toMatchObject({ code: 0 });
    const report = await reportIn('body');
    const exercised = report.clauses.filter(({ verdict }) => verdict !== 'not-exercised');
    expect(exercised.length).toBeGreaterThan(50);
    expect(exercised.filter(({ id }) => !id.startsWith('body.'))).toEqual([]);
    await file('body.json', JSON.stringify({ ...exampleVersion, timeout: 2 }));
    expect(await cli(['judge', '--body', 'body.json', '--out', 'body'])).toMatchObject({ code: 1 });
  });

  test('against recommended clauses and a known project, when asked', async () => {
    await file('cpu.json', JSON.stringify(publication({ ...VERSION, cpu: 50 })));
    expect(await cli(['judge', 'cpu.json'])).toMatchObject({ code: 0 });
    expect(await cli(['judge', 'cpu.json', '--fail-on', 'recommended'])).toMatchObject({ code: 1 });
    const { code, stdout } = await cli(['judge', 'cpu.json', '--project-id', 'other']);
    expect(code).toBe(1);
    expect(stdout).toContain('request.project_id.foreign');
  });

  test('what is left alone is counted, with the reasons', async () => {
    const cut = entry(publication());
    const content = { ...cut.response.content, size: 9000 };
    const alias = exchange('POST', `${FUNCTION}/aliases`, 201, { sent: { name: 'a', version: 'v1' } });
    await file(
      'odd.har',
      har({ ...cut, response: { ...cut.response, content } }, null, entry(alias), entry(publication())),
    );
    const { code, stderr } = await cli(['judge', 'odd.har', '--out', 'odd']);
    expect(code).toBe(0);
    expect(stderr).toBe(
      'odd.har: 1 exchanges judged, 1 left alone that were not recorded completely ' +
        '(1 with the body of the answer shorter than its size), 1 left alone of operations that are not judged, ' +
        '1 left alone that cannot be read (the first: log.entries[1] must be an object)\n',
    );
  });

  test('what something else than the API answered is told, and nothing more makes it inconclusive', async () => {
    const { request } = publication();
    const answered = (status: number, headers: Record<string, string>, body = '') =>
      entry({ request, response: { status, headers, body } });
    const login = answered(302, { location: 'https://login.example.com/sso?ticket=s3cret' });
    const page = answered(404, { 'content-type': 'text/html' }, '<html><title>\u009b31mNo</title></html>');
    await file('login.har', har(login, login, page));
    const { code, stdout, stderr } = await cli(['judge', 'login.har', '--out', 'login']);
    const told =
      '2 where something redirects to https://login.example.com/sso (302), ' +
      '1 where something answers with an HTML page (404, "\\u009b31mNo")';
    expect(code).toBe(3);
    expect(stderr).toBe(
      `login.har: 0 exchanges judged, 3 left alone that the API did not answer (${told})\n`,
    );
    expect(stdout).toContain('inconclusive: no clause was exercised: the API did not answer (2 where');
    expect(stdout + JSON.stringify(await reportIn('login'))).not.toContain('s3cret');
  });

  test('a recording without this API is inconclusive', async () => {
    await file('none.har', har(entry(exchange('GET', '/', 200))));
    const { code, stdout } = await cli(['judge', 'none.har']);
    expect(code).toBe(3);
    expect(stdout).toContain('inconclusive: no clause was exercised');
  });

  test.each([
    ['missing.har', undefined, 'missing.har cannot be read: it does not exist.'],
    ['empty.har', '', 'empty.har is empty.'],
    [
      'cut.har',
      '{"log":{"entries":[{"request":{"headers":[{"value":"s3cret',
      'cut.har is no JSON: it ends too early.',
    ],
    ['text.har', 'GET / HTTP/1.1', 'text.har is no JSON: the mistake is in line 1, column 1.'],
    [
      'exchange.json',
      '{"request":{},"response":{"status":200,"headers":{}}}',
      'exchange.json: request.method must be a text.',
    ],
    [
      'body.har',
      JSON.stringify(exampleVersion),
      'body.har: it is no exchange; with --body it is read as the body of a 200 answer.',
    ],
  ])('%s is a usage error in one sentence', async (name, text, message) => {
    if (text !== undefined) await file(name, text);
    const { code, stdout, stderr } = await cli(['judge', name]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `fgs-conformance: ${message}\n`,
    });
  });
});
