/** The consumer contracts of the typed client: each test records one interaction in the pact. */

import { expect, inject, test } from 'vitest';
import { record } from './consumer.ts';
import { exampleOf } from './expectations.ts';
import { interactions } from './interactions/index.ts';

test.each(interactions)('$description', async interaction => {
  const { request, response } = interaction;
  const result = await record(interaction, inject('pacts'));
  if (response.status === 200) {
    expect(result).toEqual({ status: 200, version: exampleOf(request, response) });
  } else {
    expect(result).toEqual({ status: response.status[0], error: response.error });
  }
});
