import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exchange, publication, VERSION } from '../traffic/recordings.test.support.ts';
import { cli, file, folder, reportIn, start } from './command.test.support.ts';

/** A report of a target that was seen to write times in RFC 3339 and, once, otherwise. */
async function seenTarget(): Promise<string> {
  const live = publication({ ...VERSION, last_modified: '2019-10-25T15:37:27+08:00' });
  await file('seen.json', JSON.stringify([live, live, publication({ ...VERSION })]));
  await cli(['judge', 'seen.json', '--out', 'seen']);
  return 'seen/report.json';
}

describe('mock --like', () => {
  test('answers as the target of the report did, and names what it does not imitate', async () => {
    const report = await seenTarget();
    const { child, ended, printed } = start(['mock', '--format', 'json', '--like', report]);
    const facts = JSON.parse(await printed(/^(\{.*\})\n/));
    expect(facts.likeness).toMatchObject({
      answers: { times: 'RFC 3339' },
      notImitated: [
        {
          choice: 'times',
          answer: 'YYYY-MM-DD HH:MM:SS',
          reason: '"RFC 3339" was seen at least as often',
        },
      ],
    });
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  test('says so in a line each for people, with nothing of the file that moves their cursor', async () => {
    const report = await reportIn((await seenTarget()).replace('/report.json', ''));
    const choices = report.choices?.map(({ id, ...rest }) => ({
      id: id === 'times' ? 'ti\u001b[2Jmes' : id,
      ...rest,
    }));
    await file('newer.json', JSON.stringify({ ...report, choices }));
    const { child, printed } = start(['mock', '--like', 'newer.json']);
    expect(await printed(/^(like the target .*)$/m)).toMatch(/^like the target {3}in \d+ choices$/);
    expect(await printed(/^not imitated {6}(.*)$/m)).toContain(
      'ti\\u001b[2Jmes "RFC 3339" (this choice is not known)',
    );
    child.kill('SIGTERM');
  });

  test.each([
    ['a report without choices', (report: object) => ({ ...report, choices: undefined }), /holds no choices/],
    ['a report that saw nothing', (report: object) => ({ ...report, choices: [] }), /holds no choices/],
    ['another file', () => exchange('GET', '/', 200), /no report of fgs-conformance/],
  ])('does not begin with %s', async (_title, change, message) => {
    await seenTarget();
    await file('other.json', JSON.stringify(change(await reportIn('seen'))));
    const { code, stdout, stderr } = await cli(['mock', '--like', 'other.json']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('does not begin with a file that is not there', async () => {
    expect(await cli(['mock', '--like', 'nowhere.json'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/nowhere\.json cannot be read: it does not exist/),
    });
  });
});

test('mock says in one line of JSON what it listens on and accepts', async () => {
  const { child, ended, printed } = start([
    'mock',
    '--format',
    'json',
    '--token',
    't1',
    '--project-id',
    'p1',
  ]);
  const facts = JSON.parse(await printed(/^(\{.*\})\n/));
  expect(facts).toMatchObject({ projectId: 'p1', token: 't1' });
  const answer = await fetch(`${facts.url}/v2/p1/fgs/functions/f/versions`, {
    method: 'POST',
    headers: { 'x-auth-token': 't1' },
  });
  expect(answer.status).toBe(404);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('mock begins with the functions of a file', async () => {
  const functions = join(folder, 'functions.json');
  await writeFile(functions, '[{"func_name": "hello", "memory_size": 256}]');
  const { child, ended, printed } = start([
    'mock',
    '--format',
    'json',
    '--project-id',
    'p1',
    '--functions',
    functions,
  ]);
  const { functionUrns } = JSON.parse(await printed(/^(\{.*\})\n/));
  expect(functionUrns).toEqual(['urn:fss:mock-1:p1:function:default:hello']);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test.each([
  [undefined, /--functions .* cannot be read: it does not exist/],
  ['{}', /--functions .* is not a JSON array/],
  ['[{', /--functions .* is not a JSON array/],
  ['[7]', /functions\[0\] is not an object/],
  ['[{"timeout": 2}]', /functions\[0\] cannot be: timeout is 2/],
])('mock does not begin with %s', async (text, message) => {
  const functions = join(folder, 'functions.json');
  if (text === undefined) await rm(functions, { force: true });
  else await writeFile(functions, text);
  expect(await cli(['mock', '--functions', functions])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(message),
  });
});
