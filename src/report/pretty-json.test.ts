import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from './pretty-json.ts';

function marked(text: string, pointer: string): string | undefined {
  const pretty = prettyJson(text, pointer);
  return pretty?.span === undefined ? undefined : pretty.text.slice(...pretty.span);
}

test('lays out JSON as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), text => {
      expect(prettyJson(text)?.text).toBe(JSON.stringify(JSON.parse(text), null, 2));
    }),
    { seed: 7 },
  );
});

test('keeps numbers and escapes as they were sent', () => {
  expect(prettyJson('{"a":12345678901234567890,"b":1.0,"c":"\\u0041\\ud800"}')?.text).toBe(
    '{\n  "a": 12345678901234567890,\n  "b": 1.0,\n  "c": "\\u0041\\ud800"\n}',
  );
});

test.each([
  ['/a', '"a": 1'],
  ['/b/c', '"c": {\n      "d": []\n    }'],
  ['/b/c/d', '"d": []'],
  ['/e/1', '"}{"'],
  ['/e/2/x~1y~0', '"x/y~": null'],
  ['/missing', undefined],
  ['/e/9', undefined],
])('finds %s', (pointer, expected) => {
  const text = '{"a":1,"b":{"c":{"d":[]}},"e":["[", "}{", {"x/y~": null}]}';
  expect(marked(text, pointer)).toBe(expected);
});

test('finds the member that counts when a name stands twice', () => {
  expect(marked('{"a":1,"a":2}', '/a')).toBe('"a": 2');
});

test.each(['', '{', '{"a":}', 'nope', '{"a":1}}', `${'['.repeat(500)}${']'.repeat(500)}`])(
  'leaves %j alone',
  text => {
    expect(prettyJson(text)).toBeUndefined();
  },
);

test('lays out a megabyte without ado', () => {
  const text = JSON.stringify({ items: Array.from({ length: 60_000 }, (_, id) => ({ id })), end: true });
  expect(marked(text, '/end')).toBe('"end": true');
});
