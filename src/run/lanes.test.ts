import { describe, expect, test } from 'vitest';
import { createLanes, type Order } from './lanes.ts';

/** Lets whoever may enter do so. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('createLanes', () => {
  test('lets in so many, and then who stands first in the order of the run', async () => {
    const lanes = createLanes(2, () => Number.POSITIVE_INFINITY);
    const inside: string[] = [];
    const orders: readonly Order[] = [[1], [2], [10], [3], [2, 2], [2, 1]];
    for (const order of orders) void lanes.enter(order).then(() => inside.push(order.join('.')));
    await settled();
    expect(inside).toEqual(['1', '2']);
    for (const _ of orders) lanes.leave();
    await settled();
    expect(inside).toEqual(['1', '2', '2.1', '2.2', '3', '10']);
  });

  test('goes one by one when the budget is nearly used up', async () => {
    let remaining = 60;
    const lanes = createLanes(8, () => remaining);
    const inside: number[] = [];
    for (const number of [1, 2, 3]) void lanes.enter([number], 25).then(() => inside.push(number));
    await settled();
    expect(inside).toEqual([1, 2]);
    remaining = 10;
    lanes.leave();
    await settled();
    expect(inside).toEqual([1, 2]);
    lanes.leave();
    await settled();
    expect(inside).toEqual([1, 2, 3]);
  });
});
