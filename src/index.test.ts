import { expect, test } from 'vitest';
import * as library from './index.ts';

/** Takes nothing. */
const WITHOUT_ARGUMENTS = ['invalidPublishRequest'];

type Called = (argument: unknown) => unknown;

const exported: Readonly<Record<string, unknown>> = { ...library, ...library.arbitraries };

const functions = Object.entries(exported).filter(
  (entry): entry is [string, Called] =>
    typeof entry[1] === 'function' && !/^[A-Z]/.test(entry[0]) && !WITHOUT_ARGUMENTS.includes(entry[0]),
);

test.each(functions)('%s says what it expects when it is given something else', async (name, called) => {
  const calling = (async () => called(5))();
  await expect(calling).rejects.toThrow(TypeError);
  await expect(calling).rejects.toThrow(new RegExp(`^${name}: .*expected .*, not .*\\.$`));
});

test.each(Object.entries(library.reporters))('the form %s is made of a report', (_, { render }) => {
  const rendered: (...wrong: never[]) => unknown = render;
  expect(() => rendered()).toThrow(
    /^\w+: expected a report, as run\(\) and parseReport\(\) answer it, not undefined\.$/,
  );
});

test('a Promise is told to be one', () => {
  const judge: (exchange: never) => unknown = library.judge;
  expect(() => judge(Promise.resolve({}) as never)).toThrow('not a Promise: await it.');
});

test('headers have names in any case', () => {
  const request = { method: 'POST', url: '/v2/p/fgs/functions/f/versions', headers: { 'X-Auth-Token': 't' } };
  const response = { status: 404, headers: { 'Content-Type': 'text/html' }, body: '' };
  const { findings } = library.judge({ request, response });
  expect(findings.map(({ clause }) => clause)).not.toContain('request.auth.missing');
  expect(findings.map(({ clause }) => clause)).toContain('header.content-type.error');
});

test.each([
  [
    { projectID: 'p1' },
    'startMock: options has "projectID", which is no member of it. Did you mean projectId?',
  ],
  [{ fault: 'body.memory_size.value' }, 'Did you mean body.memory_size.values'],
])('startMock(%j) is told in one sentence', async (options, sentence) => {
  const start: (options: never) => Promise<unknown> = library.startMock;
  await expect(start(options as never)).rejects.toThrow(TypeError);
  await expect(start(options as never)).rejects.toThrow(sentence);
});

test.each([
  [{ profil: 'smoke' }, 'run: options has "profil", which is no member of it. Did you mean profile?'],
  [{ profile: 'smok' }, 'run: options.profile must be one of smoke, standard, deep. Did you mean smoke?'],
  [{ seed: '5' }, 'run: options.seed must be a whole number, not a text.'],
  [{ endpoint: 'http://127.0.0.1:1' }, '--endpoint needs credentials'],
  [{ only: ['body.memorysize.*'] }, 'matches no clause. Did you mean body.memory_size.*'],
])('run(%j) is told in one sentence', async (options, sentence) => {
  const run: (options: never) => Promise<unknown> = library.run;
  await expect(run(options as never)).rejects.toThrow(TypeError);
  await expect(run(options as never)).rejects.toThrow(sentence);
});
