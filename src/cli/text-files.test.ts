import { describe, expect, test } from 'vitest';
import { cli, file } from './command.test.support.ts';

const SECRET = 'MIIEpAIBAAKCAQEA-of-a-user';

describe('a file that some shell or editor wrote', () => {
  const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
    ['with a byte order mark', text => Buffer.from(`\ufeff${text}`)],
    ['in UTF-16', text => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['in UTF-16, the other way round', text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['in UTF-16 without a mark', text => Buffer.from(text, 'utf16le')],
  ];

  test.each(encodings)('is read as configuration %s', async (_, encoded) => {
    await file('fgs.json', encoded('{"nöthing": 1}'));
    const { code, stderr } = await cli(['run', '--config', 'fgs.json', '--dry-run']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"nöthing", which is no option'),
    });
  });

  test.each(encodings)('is read as a baseline %s', async (_, encoded) => {
    await file('baseline.json', encoded('[{"id": "body.type"}]'));
    const { code, stderr } = await cli(['run', '--baseline', 'baseline.json']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('(body.type) has no'),
    });
  });

  test.each(encodings)('is read as a report %s', async (_, encoded) => {
    await file('report.json', encoded('{"tool": 1}'));
    const { code, stderr } = await cli(['report', 'merge', 'report.json']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('it has no "page"') });
  });
});

describe('a mistake in a file is told by its place, and nothing of the file is printed', () => {
  test.each([
    [
      'a configuration',
      ['mock', '--config', 'wrong.json'],
      'wrong.json is no JSON: the mistake is in line 2, column 3.',
    ],
    ['a baseline', ['run', '--baseline', 'wrong.json'], 'is no JSON: the mistake is in line 2, column 3.'],
    ['a report', ['report', 'merge', 'wrong.json'], 'it is not JSON.'],
    ['a recording', ['judge', 'wrong.json'], 'wrong.json is no JSON: the mistake is in line 2, column 3.'],
  ])('%s', async (_, args, message) => {
    await file('wrong.json', `{"token": "${SECRET}"\n  "password": "${SECRET}"}`);
    const { code, stdout, stderr } = await cli(args);
    expect({ code, stdout, stderr }).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
    expect(stderr).not.toContain('MIIE');
  });

  test('nor a password in a URL that an option does not take', async () => {
    await file('url.json', `{"endpoint": "ftp://someone:${SECRET}@example.com/"}`);
    const { code, stderr } = await cli(['run', '--config', 'url.json']);
    expect(code).toBe(2);
    expect(stderr).toContain('"endpoint"');
    expect(stderr).not.toContain('MIIE');
  });
});
