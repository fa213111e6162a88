import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { sampleOf } from './mutants.ts';
import { mutationsOf } from './operators.ts';

/** A program with each of its mutations. */
function mutated(source: string): readonly string[] {
  return mutationsOf(parseAst(source), source).map(
    ({ start, end, text }) => source.slice(0, start) + text + source.slice(end),
  );
}

test.each([
  ['x = a < b', ['x = a <= b', 'x = a >= b', ';']],
  ['x = a && !b', ['x = a || !b', 'x = a && (b)', ';']],
  ['x = a ? 1 : 2', ['x = true ? 1 : 2', 'x = false ? 1 : 2', 'x = a ? 2 : 2', 'x = a ? 1 : 3', ';']],
  ['x = all.filter(odd)', ['x = all', ';']],
  ['x = all.some(odd)', ['x = all.every(odd)', ';']],
  ['x = { a, b: true }', ['x = {  b: true }', 'x = { a,  }', 'x = { a, b: false }', ';']],
  ['const f = () => { g(); }', ['const f = () => {}', 'const f = () => { ; }']],
  ['const f = () => a', ['const f = () => undefined']],
])('%s is changed in each way', (source, expected) => {
  expect([...mutated(source)].sort()).toEqual([...expected].sort());
});

test('what names a module or a member is left alone', () => {
  expect(
    mutated("import { a } from './a.js'; export { b } from './b.js'; export const c = { 'd': a };"),
  ).toEqual(["import { a } from './a.js'; export { b } from './b.js'; export const c = {  };"]);
});

test('a sample is the same for the same seed, and another for another one', () => {
  const all = Array.from({ length: 50 }, (_, index) => index);
  expect(sampleOf(all, 5, 1)).toEqual(sampleOf(all, 5, 1));
  expect(sampleOf(all, 5, 1)).not.toEqual(sampleOf(all, 5, 2));
  expect(new Set(sampleOf(all, 50, 1)).size).toBe(50);
});
