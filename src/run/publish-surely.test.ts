import { expect, test } from 'vitest';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import { targetAt } from '../target/loopback.test.servers.ts';
import { publishSurely } from './publish-surely.ts';

const request = {
  method: 'POST',
  url: 'http://127.0.0.1:1/v2/p/fgs/functions/f/versions',
  headers: { 'x-auth-token': 't', 'content-type': 'application/json' },
  body: '{}',
};
const version: PublishedVersion = { ...exampleVersion, version: 'v1' };

/** Publishes on a target that loses the answers for which this says so; answers what was judged. */
async function published(isLost: () => boolean, lanes: number) {
  const judged: { readonly exchange: Exchange; readonly context: Context }[] = [];
  const target = targetAt('http://127.0.0.1:1', {
    observe: (exchange, context) => judged.push({ exchange, context }),
  });
  // What runs beside keeps step.
  const send = (): boolean => Array.from({ length: lanes }, isLost).at(-1) === true;
  await publishSurely({
    publish: async () => ({
      exchange: send()
        ? { request, failure: { kind: 'reset', message: 'the connection was closed' } }
        : { request, response: { status: 200, headers: {}, body: JSON.stringify(version) } },
    }),
    context: () => ({}),
    target,
    look: async () => {
      send();
      return { kind: 'published', version };
    },
    restore: async () => {
      send();
      send();
      return true;
    },
  });
  return judged;
}

function everyTwentieth(): () => boolean {
  let requests = 15;
  return () => ++requests % 20 === 0;
}

test.each([1, 2, 3, 4, 5, 8, 10])(
  'a target that loses every 20th answer is not blamed by what comes in step with it: %i at once',
  async lanes => {
    const judged = await published(everyTwentieth(), lanes);
    expect(judged.at(-1)?.exchange.response?.status).toBe(200);
    const blamed = judged.filter(
      ({ exchange, context }) => exchange.response === undefined && context.dropped === undefined,
    );
    expect(blamed).toEqual([]);
  },
);

test('a target that always loses the answer is blamed', async () => {
  const judged = await published(() => true, 1);
  expect(judged.map(({ exchange, context }) => [exchange.failure?.kind, context.dropped])).toEqual([
    ['reset', undefined],
  ]);
});
