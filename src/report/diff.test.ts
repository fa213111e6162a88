import { expect, test } from 'vitest';
import { diffReports } from '../verdict/diff.ts';
import { diffJson, terminalDiff } from './diff.ts';
import { failed, notExercised, reportWith } from './example.test.reports.ts';

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

still nonconformant · 1 newly failing, 1 fixed, 1 newly exercised, 1 no longer exercised, 0 still failing
`);
});

test('a report does not differ from itself', () => {
  expect(terminalDiff(diffReports(reportWith(), reportWith()), PLAIN)).toBe(
    'still conformant · 0 newly failing, 0 fixed, 0 newly exercised, 0 no longer exercised, 0 still failing\n',
  );
});

test('JSON has it all', () => {
  expect(JSON.parse(diffJson(diff))).toEqual(diff);
});
