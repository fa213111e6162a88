import { expect, test } from 'vitest';
import { answerJson, httpServer, targetAt } from './loopback.test.servers.ts';

const PUBLISH = { method: 'POST', path: '/v2/p/fgs/functions/f/versions', body: '{}' };

/** A server that answers this many requests, and then everything with a 401 but for what it does not know. */
function expiringAfter(requests: number, { knowsLists = true, hoursAhead = 0 } = {}): Promise<string> {
  let arrived = 0;
  return httpServer(({ method }, response) => {
    response.setHeader('date', new Date(Date.now() + hoursAhead * 3600_000).toUTCString());
    if (method === 'GET' && !knowsLists) return answerJson(response, 404, {});
    return answerJson(response, arrived++ < requests ? 404 : 401, {});
  });
}

test.each([true, false])(
  'credentials that expire are told, and nothing more is sent (lists: %s)',
  async knowsLists => {
    let judged = 0;
    const target = targetAt(await expiringAfter(3, { knowsLists }), { observe: () => void judged++ });
    for (const _ of [1, 2, 3]) await target.send(PUBLISH);
    const said =
      'the credentials were accepted until request 3, and are refused since then: have they expired?';
    await expect(target.send(PUBLISH)).rejects.toThrow(said);
    await expect(target.send(PUBLISH)).rejects.toThrow(said);
    expect(judged).toBe(3);
  },
);

test('with a signature, the clock is looked at', async () => {
  const target = targetAt(await expiringAfter(1, { hoursAhead: 1 }), { credentials: { ak: 'AK', sk: 'SK' } });
  await target.send(PUBLISH);
  await expect(target.send(PUBLISH)).rejects.toThrow(
    /are refused since then; the clock of this machine is 60 minutes behind the target’s/,
  );
});

test('a target that refuses one kind of request wrongly is judged', async () => {
  const endpoint = await httpServer(({ url, body }, response) =>
    answerJson(response, url.endsWith('/f/versions') && body === '{}' ? 401 : 404, {}),
  );
  const statuses: unknown[] = [];
  const target = targetAt(endpoint, { observe: ({ response }) => void statuses.push(response?.status) });
  await target.send({ ...PUBLISH, body: '{"version":"a"}' });
  for (const _ of [1, 2, 3, 4, 5, 6, 7]) await target.send(PUBLISH);
  expect(statuses).toEqual([404, ...Array(7).fill(401)]);
  expect(target.sent).toBeLessThanOrEqual(8 + 10);
});

test('tokens of IAM are renewed as often as they expire', async () => {
  let logins = 0;
  let uses = 0;
  const endpoint = await httpServer(({ url, headers }, response) => {
    if (url === '/v3/auth/tokens') {
      logins++;
      uses = 0;
      response.setHeader('x-subject-token', `a-token-number-${logins}`);
      return answerJson(response, 201, { token: {} });
    }
    // Each token is good for two requests.
    const isGood = headers['x-auth-token'] === `a-token-number-${logins}` && uses++ < 2;
    return answerJson(response, isGood ? 404 : 401, {});
  });
  const account = {
    iamUrl: endpoint,
    username: 'u',
    password: 'the-password',
    domain: 'd',
    project: { id: 'p' },
  };
  const target = targetAt(endpoint, { credentials: { token: 'a-token-number-0', account } });
  for (const _ of [1, 2, 3, 4, 5, 6, 7, 8]) expect((await target.send(PUBLISH)).response?.status).toBe(404);
  expect(logins).toBe(3);
});
