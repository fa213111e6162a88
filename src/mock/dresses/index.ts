import { answerDresses } from './answers.ts';
import type { Dress } from './dress.ts';
import { refusalDresses } from './refusals.ts';
import { serviceDresses } from './services.ts';
import { versionDresses } from './versions.ts';

export type { Dress } from './dress.ts';

/** Servers in any of these are conforming: a suite that fails one is wrong. */
export const dresses: readonly Dress[] = [
  ...versionDresses,
  ...answerDresses,
  ...refusalDresses,
  ...serviceDresses,
];
