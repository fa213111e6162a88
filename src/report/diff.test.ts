import { expect, test } from 'vitest';
import { diffReports } from '../verdict/diff.ts';
import { diffJson, terminalDiff } from './diff.ts';
import { choosing, failed, notExercised, reportWith } from './example.test.reports.ts';

const PLAIN = { colour: false, width: 80 };

const diff = diffReports(
  reportWith({
    'body.type': failed({ message: 'it is a list' }),
    'status.documented': notExercised('no target'),
  }),
  reportWith({
    'body.cpu.type': failed({ message: 'cpu is \u001b[31m"300"' }),
    'robustness.answered': notExercised('the target was too slow'),
  }),
);

test('what differs is told list by list, and the last line sums it up', () => {
  expect(terminalDiff(diff, PLAIN)).toBe(`Newly failing: 1
  required     body.cpu.type
    cpu is \\u001b[31m"300"

Fixed: 1
  required     body.type

Newly exercised: 1
  required     status.documented

No longer exercised: 1
  required     robustness.answered
    the target was too slow

still nonconformant · 1 newly failing, 1 fixed, 1 newly exercised, 1 no longer exercised, 0 still failing, 0 changed choices
`);
});

test('a report does not differ from itself', () => {
  expect(terminalDiff(diffReports(reportWith(), reportWith()), PLAIN)).toBe(
    'still conformant · 0 newly failing, 0 fixed, 0 newly exercised, 0 no longer exercised, 0 still failing, 0 changed choices\n',
  );
});

test('JSON has it all', () => {
  expect(JSON.parse(diffJson(diff))).toEqual(diff);
});

test('choices that changed are told apart from verdicts', () => {
  const before = choosing({ 'malformed-json': { 400: 7 }, times: { 'RFC 3339': 9 } });
  const after = choosing({ 'malformed-json': { 406: 5, 400: 2 }, times: { 'RFC 3339': 1 } });
  const changes = diffReports(before, after);
  expect(changes.choices).toMatchObject([{ id: 'malformed-json', was: ['400'], is: ['406', '400'] }]);
  expect(terminalDiff(changes, PLAIN)).toContain(`Changed choices: 1
  malformed-json: 400, now 406 or 400
    Which status answers a body that is not JSON?`);
  expect(terminalDiff(changes, PLAIN)).toMatch(/^still conformant .* 1 changed choice$/m);
});

test('a choice that one of the reports did not see has not changed', () => {
  const before = choosing({ 'malformed-json': { 400: 7 } });
  expect(diffReports(before, choosing({})).choices).toEqual([]);
  expect(diffReports(choosing({}), before).choices).toEqual([]);
  expect(diffReports(reportWith(), before).choices).toEqual([]);
});
