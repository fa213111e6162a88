import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

/** Something that goes on until it is let go. */
function pending(): { readonly promise: Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const promise = new Promise<void>(resolve => {
    end = resolve;
  });
  return { promise, end };
}

/** Lets everything happen that waits for nothing. */
function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

test('a thing is used by one at a time, and who finds none free waits in line', async () => {
  const slots = createSlots(['a', 'b']);
  const seen: string[] = [];
  const gates = [pending(), pending(), pending()];
  const runs = gates.map((gate, index) =>
    slots.use(async thing => {
      seen.push(`${index} has ${thing}`);
      await gate.promise;
    }),
  );
  await settle();
  expect(seen).toEqual(['0 has b', '1 has a']);
  gates[1]?.end();
  await settle();
  expect(seen).toEqual(['0 has b', '1 has a', '2 has a']);
  for (const gate of gates) gate.end();
  await Promise.all(runs);
});

test('what runs with many things uses them at the same time, and nobody in between', async () => {
  const slots = createSlots(['a', 'b', 'c']);
  const seen: string[] = [];
  const before = pending();
  const busy = slots.use(() => before.promise);
  const together = slots.useMany(3, () =>
    Promise.all([1, 2, 3].map(each => slots.use(async thing => seen.push(`${each} has ${thing}`)))),
  );
  await settle();
  const after = slots.use(async thing => seen.push(`later has ${thing}`));
  await settle();
  expect(seen).toEqual([]);
  before.end();
  await Promise.all([busy, together, after]);
  expect(seen.filter(each => !each.startsWith('later'))).toHaveLength(3);
  expect(new Set(seen.map(each => each.at(-1)))).toEqual(new Set(['a', 'b', 'c']));
});

test('who needs many waits for what is under way and no longer, and those come right after each other', async () => {
  const slots = createSlots(['a', 'b', 'c']);
  const seen: string[] = [];
  const gates = [pending(), pending(), pending()];
  const first = gates.map(({ promise }) => slots.use(() => promise));
  const noting = (text: string) => async (): Promise<void> => void seen.push(text);
  const rest = [
    slots.use(noting('one')),
    slots.useMany(2, noting('two')),
    slots.use(noting('another')),
    slots.alone(noting('all')),
  ];
  gates[0]?.end();
  await settle();
  expect(seen).toEqual([]);
  gates[1]?.end();
  await settle();
  expect(seen).toEqual(['two']);
  gates[2]?.end();
  await Promise.all([...first, ...rest]);
  expect(seen).toEqual(['two', 'all', 'one', 'another']);
});

test('of what runs alone nothing else is under way, and what fails gives back what it had', async () => {
  const slots = createSlots(['a', 'b']);
  let others = 0;
  const other = (): Promise<void> =>
    slots.use(async () => {
      others++;
      await settle();
      others--;
    });
  const failing = slots.alone(async () => {
    await slots.use(settle);
    expect(others).toBe(0);
    throw new Error('failed');
  });
  const rest = [other(), other(), other()];
  await expect(failing).rejects.toThrow('failed');
  await Promise.all(rest);
  expect(await slots.alone(() => slots.use(async thing => thing))).toMatch(/^[ab]$/);
});
