/** The verification of a provider, whichever it is: run by "pact verify", which says what and with what. */

import { inject, test } from 'vitest';
import { verifyProvider } from '../src/pact/verifier.ts';

test('the provider honours the pacts', { timeout: 0 }, async ({ task, signal }) => {
  task.meta.verification = await verifyProvider(inject('verification'), signal);
});
