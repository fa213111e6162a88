import { expect, test } from 'vitest';
import { createKnownState, type FirstState, type KnownState } from './known-state.ts';

const OWN: FirstState = { configuration: { memory_size: 128 }, unpublishedChanges: true, isOwn: true };

function stateOf(changed: Partial<FirstState> = {}): KnownState {
  return createKnownState({ ...OWN, ...changed }, 'p1');
}

test('a publication leaves nothing to publish; new code is a change, of a change of the configuration nobody knows', () => {
  const known = stateOf();
  known.publishedAs({ version: 'v1' }, 'v1');
  expect(known.context()).toMatchObject({ unpublishedChanges: false, published: [{ version: 'v1' }] });
  known.changed({ memory_size: 256 }, false);
  expect(known.context()).not.toHaveProperty('unpublishedChanges');
  expect(known.context()).toMatchObject({ configuration: { memory_size: 256 } });
  known.changed({ memory_size: 256 }, true);
  expect(known.context()).toMatchObject({ unpublishedChanges: true });
});

test('whether somebody else’s function has anything to publish, and which versions, nobody knows', () => {
  const known = stateOf({ isOwn: false, unpublishedChanges: undefined });
  known.publishedAs({ version: 'v1' }, 'v1');
  expect(known.context()).not.toHaveProperty('unpublishedChanges');
  expect(known.published).toBeUndefined();
  expect(known.versions).toBe(1);
});

test('a name is taken when it was asked for or answered; one that the service gave in its place is free', () => {
  const known = stateOf();
  known.publishedAs({ version: 'latest' }, 'asked');
  known.publishedAs({ version: 'v20261127-080000' }, 'ignored');
  expect(['asked', 'v20261127-080000', 'ignored', undefined].map(known.isTaken)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a publication without an answer may have made a version, and which there are is not known any more', () => {
  const known = stateOf();
  known.publishedAs({ version: 'v1' }, 'v1');
  known.mayHavePublished();
  expect(known.versions).toBe(2);
  expect(known.context()).not.toHaveProperty('published');
  expect(known.context()).not.toHaveProperty('unpublishedChanges');
});

test('the oldest version that is removed takes its name along', () => {
  const known = stateOf();
  known.publishedAs({ version: 'v1' }, 'v1');
  known.publishedAs({ version: 'v2' }, 'v2');
  known.removedOldest();
  expect(known.published).toEqual([{ version: 'v2' }]);
  expect([known.isTaken('v1'), known.isTaken('v2')]).toEqual([false, true]);
  expect(known.context()).not.toHaveProperty('unpublishedChanges');
});
