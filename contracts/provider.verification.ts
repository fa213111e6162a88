/** The verification of a provider, whichever it is: run by "pact verify", which says what and with what. */

import { afterAll, inject, test } from 'vitest';
import { type VerificationOutcome, verifyProvider } from '../src/pact/verifier.ts';

let verification: Promise<VerificationOutcome> | undefined;

test('the provider honours the pacts', { timeout: 0 }, async ({ task, signal }) => {
  verification = verifyProvider(inject('verification'), signal);
  task.meta.verification = await verification;
});

// A test that is cancelled ends at once; what it set up is taken away all the same.
afterAll(async () => {
  await verification?.catch(() => undefined);
});
