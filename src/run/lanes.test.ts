import { describe, expect, test } from 'vitest';
import { createLanes, type Order, type Place } from './lanes.ts';

/** Lets whoever may enter do so. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Lanes, who is inside in the order in which they were let in, and the way out for the first of them. */
function watched(limit: number, remaining: () => number) {
  const lanes = createLanes(limit, remaining);
  const entered: string[] = [];
  const places: Place[] = [];
  const enter = (order: Order, most?: number): void => {
    void lanes.enter(order, most).then(place => {
      entered.push(order.join('.'));
      places.push(place);
    });
  };
  return { enter, entered, places, leaveFirst: () => places.shift()?.leave() };
}

describe('createLanes', () => {
  test('lets in so many, and then who stands first in the order of the run', async () => {
    const { enter, entered, leaveFirst } = watched(2, () => Number.POSITIVE_INFINITY);
    const orders: readonly Order[] = [[1], [2], [10], [3], [2, 2], [2, 1]];
    for (const order of orders) enter(order);
    await settled();
    expect(entered).toEqual(['1', '2']);
    for (const _ of orders) {
      leaveFirst();
      await settled();
    }
    expect(entered).toEqual(['1', '2', '2.1', '2.2', '3', '10']);
  });

  test('lets nobody in who could use up the budget beside the others', async () => {
    let remaining = 60;
    const { enter, entered, places, leaveFirst } = watched(8, () => remaining);
    for (const number of [1, 2, 3, 4]) enter([number], 25);
    await settled();
    expect(entered).toEqual(['1', '2']);
    for (let sent = 0; sent < 20; sent++) places[1]?.spend();
    remaining = 40;
    leaveFirst();
    await settled();
    expect(entered).toEqual(['1', '2', '3']);
    remaining = 5;
    leaveFirst();
    leaveFirst();
    await settled();
    expect(entered).toEqual(['1', '2', '3', '4']);
  });
});
