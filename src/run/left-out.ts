/** What a profile does not ask for, so that the report can say it. */

import { type Profile, profiles } from './profiles.ts';
import type { Session } from './session.ts';

/** The profile that leaves nothing out. */
export const EVERYTHING = 'deep';

/** Counts of a profile that are numbers of random inputs. */
type RandomInputs = Extract<
  keyof Profile,
  'randomConfigurations' | 'randomPublishRequests' | 'randomInvalidRequests' | 'damagedRequests' | 'histories'
>;

/** Notes how many of these inputs the profile leaves out: `values outside what is documented`. */
export function leaveOut({ evidence }: Session, inputs: string, all: number, asked: number): void {
  evidence.leaveOut(inputs, Math.max(0, all - asked));
}

/** Notes how many fewer random inputs the profile has than the one that leaves nothing out. */
export function leaveOutRandom(session: Session, inputs: string, count: RandomInputs): void {
  leaveOut(session, inputs, profiles[EVERYTHING][count], session.profile[count]);
}
