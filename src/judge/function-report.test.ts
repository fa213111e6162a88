import { expect, test } from 'vitest';
import { functionReportIn } from './function-report.ts';
import { judge } from './judge.ts';
import { exchangeOf, FUNCTION_PATH, published } from './said.test.support.ts';

const REPORT = { func_name: 'f', runtime: 'Go1.x', timeout: 30, handler: 'a.b', memory_size: 128 };

function read(answered: unknown, status = 200, line = `GET ${FUNCTION_PATH}/config`) {
  return exchangeOf(line, undefined, status, answered);
}

test.each<[string, unknown, number, object | undefined]>([
  ['a whole report', REPORT, 200, REPORT],
  [
    'what is set in it',
    { ...REPORT, xrole: '', description: null, type: 'v2' },
    200,
    { ...REPORT, type: 'v2' },
  ],
  ['what can be configured', { ...REPORT, digest: 'a', last_modified: 'today' }, 200, REPORT],
  ['nothing of one without a handler', { ...REPORT, handler: '' }, 200, undefined],
  ['nothing of a refusal', REPORT, 404, undefined],
  ['nothing of an array', [REPORT], 200, undefined],
])('%s is reported', (_what, answered, status, expected) => {
  expect(functionReportIn(read(answered, status))).toStrictEqual(expected);
});

test('nothing is reported by an answer that broke off, or that did not come', () => {
  const exchange = read(REPORT);
  const failure = { kind: 'reset', message: 'why' } as const;
  expect(functionReportIn({ ...exchange, failure })).toBeUndefined();
  expect(functionReportIn({ request: exchange.request })).toBeUndefined();
});

test('two reports that say the same read the same', () => {
  const reversed = Object.fromEntries(Object.entries(REPORT).reverse());
  expect(JSON.stringify(functionReportIn(read(reversed)))).toBe(
    JSON.stringify(functionReportIn(read(REPORT))),
  );
});

test.each<[string, string, string | undefined]>([
  ['GET', '/config', 'unset'],
  ['PUT', '/config', 'unset'],
  ['PUT', '/code', undefined],
  ['GET', ':v1/config', undefined],
])('%s %s shows what became of members that were left out: %s', (method, rest, expected) => {
  const exchange = read(REPORT, 200, `${method} ${FUNCTION_PATH}${rest}`);
  const { choices } = judge(exchange, {}, { names: [], leftOut: { description: 'd' } });
  expect(choices.find(({ choice }) => choice === 'left-out-members')?.answer).toBe(expected);
});

test('what is no whole report shows nothing', () => {
  const past = { names: [], leftOut: { description: 'd' } };
  expect(judge(read({ timeout: 30 }), {}, past).choices).toEqual([]);
});

test('a choice that is shown has an answer, and what shows it', () => {
  const { choices } = judge(published());
  expect(choices.length).toBeGreaterThan(0);
  for (const { answer, by } of choices) expect([typeof answer, typeof by]).toEqual(['string', 'string']);
});
