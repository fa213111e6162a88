import { expect, test } from 'vitest';
import { exchangeOf, FUNCTION_PATH, said } from '../../judge/said.test.support.ts';

function isExercised(status: number, body: unknown): boolean {
  const exchange = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, status, body);
  return Object.hasOwn(said(exchange, /^status/), 'status.documented');
}

test.each([
  { error_code: 'FSS.1041', error_msg: 'no' },
  { error_code: 'FGS.1042' },
  { error_code: 'FSS.0400', error_msg: 'Quota exceeded' },
  { error_msg: 'no quotas left' },
  { error_msg: 'the number of versions exceeds the maximum' },
  { error_code: 7, error_msg: 'too many functions' },
])('a refusal with %j is about the account, and says nothing of the operation', body => {
  for (const status of [400, 418, 499]) expect(isExercised(status, body)).toBe(false);
});

test.each([
  { error_code: 'FSS.1043', error_msg: 'no' },
  { error_code: ['FSS.1041'] },
  { error_msg: ['quota'] },
  { error_msg: 'the description exceeds the maximum' },
  { error_msg: 'functions have no such member' },
  { error_msg: `${'x'.repeat(1000)} quota` },
  '"quota"',
])('a refusal with %j is about the operation', body => {
  expect(isExercised(400, body)).toBe(true);
});

test.each([200, 500])('no quota makes an answer with %i', status => {
  expect(isExercised(status, { error_code: 'FSS.1041', error_msg: 'quota' })).toBe(true);
});
