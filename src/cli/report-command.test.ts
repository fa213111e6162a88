import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reporterNames } from '../report/index.ts';
import { cli, failing, folder, reportIn } from './command.test.support.ts';
import { REPORTERS } from './options/index.ts';
import { against, mock } from './servers.test.support.ts';

test('a report comes in every form, beside report.json or on the standard output', async () => {
  const [args, env] = against(
    await mock({ fault: 'body.cpu.range' }),
    '--profile',
    'smoke',
    '--out',
    'forms',
  );
  const forms = REPORTERS.flatMap(name => ['--reporter', name]);
  expect((await cli([...args, ...forms], env)).code).toBe(1);
  expect((await readdir(join(folder, 'forms'))).sort()).toEqual(
    ['ctrf-report.json', 'junit.xml', 'report.har', 'report.html', 'report.json', 'report.sarif'].sort(),
  );
  const archive = JSON.parse(await readFile(join(folder, 'forms', 'report.har'), 'utf8'));
  expect(archive.log.entries).toHaveLength((await reportIn('forms')).run.exchanges);
  const later = await cli(['report', 'forms/report.json', '--format', 'junit']);
  expect(later.stdout).toBe(await readFile(join(folder, 'forms', 'junit.xml'), 'utf8'));
});

test('a report is offered in the forms that there are', () => {
  expect([...REPORTERS].sort()).toEqual([...reporterNames].sort());
});

test('of two runs a report tells what fails now, and merged what fails in any', async () => {
  const fine = await mock();
  const wrong = await mock({ fault: 'body.cpu.range' });
  for (const [server, out] of [
    [fine, 'fine'],
    [wrong, 'wrong'],
  ] as const) {
    const [args, env] = against(server, '--profile', 'smoke', '--out', out);
    await cli(args, env);
  }
  const diff = await cli(['report', 'diff', 'fine/report.json', 'wrong/report.json']);
  expect(diff.stdout).toMatch(/body\.cpu\.range/);
  expect(diff.code).toBe(1);
  expect((await cli(['report', 'diff', 'wrong/report.json', 'fine/report.json'])).code).toBe(0);
  const merged = await cli(['report', 'merge', 'fine/report.json', 'wrong/report.json', '--out', 'merged']);
  expect(merged.code).toBe(1);
  expect(failing(await reportIn('merged'))).toContain('body.cpu.range');
});
