import { expectTypeOf, test } from 'vitest';
import type { Configuration } from './configuration.ts';
import type { PublishedVersion } from './tables/published-version.ts';

// tsc checks these: they say nothing when they run.
test('a misspelt member of a body does not compile', () => {
  expectTypeOf<PublishedVersion>().toHaveProperty('cpu');
  expectTypeOf<PublishedVersion>().not.toHaveProperty('cpuu');
  expectTypeOf<Configuration>().not.toHaveProperty('memory');
});

test('members that can be absent are optional at every depth', () => {
  type Mounts = NonNullable<NonNullable<PublishedVersion['mount_config']>['func_mounts']>;
  expectTypeOf<Mounts[number]['mount_type']>().toEqualTypeOf<'sfs' | 'sfsTurbo' | 'ecs' | undefined>();
  type Strategy = NonNullable<PublishedVersion['strategy_config']>;
  expectTypeOf<Strategy['concurrency']>().toEqualTypeOf<number | undefined>();
});

test('what creating a function demands is not optional', () => {
  expectTypeOf<Configuration['timeout']>().toEqualTypeOf<number>();
  expectTypeOf<Configuration['description']>().toEqualTypeOf<string | undefined>();
});
