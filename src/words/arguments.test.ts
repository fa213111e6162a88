import { expect, test } from 'vitest';
import { expectArgument } from './arguments.ts';

const check = expectArgument({
  call: 'startMock',
  name: 'options',
  example: "options such as { projectId: 'p1' }",
  schema: {
    type: 'object',
    properties: {
      projectId: { type: 'string' },
      port: { type: 'integer' },
      arrange: { enum: ['api', 'none'] },
      nested: { type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
    },
    required: ['projectId'],
    additionalProperties: false,
  },
});

test.each([
  [undefined, "startMock: expected options such as { projectId: 'p1' }, not undefined."],
  [null, "startMock: expected options such as { projectId: 'p1' }, not null."],
  ['p1', "startMock: expected options such as { projectId: 'p1' }, not a text."],
  [[], "startMock: expected options such as { projectId: 'p1' }, not an array."],
  [Promise.resolve({}), "startMock: expected options such as { projectId: 'p1' }, not a Promise: await it."],
  [{}, 'startMock: options has no "projectId": expected options such as { projectId: \'p1\' }.'],
  [
    { projectId: 'p', projectID: 'p' },
    'startMock: options has "projectID", which is no member of it. Did you mean projectId?',
  ],
  [
    { projectID: 'p' },
    'startMock: options has "projectID", which is no member of it. Did you mean projectId?',
  ],
  [{ projectId: 5 }, 'startMock: options.projectId must be a text, not the number 5.'],
  [{ projectId: 'p', port: '80' }, 'startMock: options.port must be a whole number, not a text.'],
  [
    { projectId: 'p', arrange: 'apis' },
    'startMock: options.arrange must be one of api, none. Did you mean api?',
  ],
  [{ projectId: 'p', nested: {} }, 'startMock: options.nested has no "url".'],
])('%o: %s', (value, sentence) => {
  expect(() => check(value)).toThrow(new TypeError(sentence));
});

test('what is undefined is not given, and what fits passes', () => {
  expect(() => check({ projectId: 'p', port: undefined })).not.toThrow();
});

test('what may be spread is refused for mistyped members only', () => {
  const schema = { type: 'object', properties: { token: { type: 'string' } }, additionalProperties: false };
  const lenient = expectArgument({ call: 'run', name: 'options', example: '', schema, mayBeSpread: true });
  expect(() => lenient({ token: 't', url: 'http://127.0.0.1' })).not.toThrow();
  expect(() => lenient({ url: 'http://127.0.0.1', tokn: 't' })).toThrow('Did you mean token?');
  expect(() => lenient({ url: 'http://127.0.0.1', token: 5 })).toThrow('options.token must be a text');
});
