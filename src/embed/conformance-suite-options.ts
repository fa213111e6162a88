import type { RunOptions } from '../run/options.ts';

/** What a suite within somebody's own tests is told: a run's options but for those of the command line. */
export type ConformanceSuiteOptions = Omit<RunOptions, 'shard' | 'signal' | 'watcher'>;
