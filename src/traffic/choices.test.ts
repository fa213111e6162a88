import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import {
  CONFIGURATION,
  creation,
  entry,
  exchange,
  FUNCTION,
  har,
  judged,
  judgedInOrder,
  listing,
  publication,
  refusal,
  VERSION,
  VERSIONS,
} from './recordings.test.support.ts';

/** The answers to a choice that a recording shows, with how often each was seen. */
async function answersIn(id: string, ...exchanges: readonly Exchange[]) {
  const { evidence } = await judgedInOrder(...exchanges);
  return Object.fromEntries((evidence.choices[id] ?? []).map(({ answer, seen }) => [answer, seen]));
}

const second = { ...VERSION, version: 'v20260102-000000' };
const change = (sent: object) =>
  exchange('PUT', `${FUNCTION}/config`, 200, { sent, answered: { ...CONFIGURATION, ...sent } });
const created = creation({
  ...CONFIGURATION,
  description: 'the first',
  func_code: { file: Buffer.from('exports.handler = 1').toString('base64') },
});
const read = exchange('GET', `${FUNCTION}/config`, 200, {
  answered: { ...CONFIGURATION, description: 'the first' },
});

test('a recording shows choices that hang on what came before', async () => {
  const unchanged = refusal(400, 'FSS.1016');
  expect(await answersIn('unchanged', created, publication(), unchanged)).toEqual({ refused: 1 });
  expect(await answersIn('unchanged', created, publication(), publication(second))).toEqual({ published: 1 });
  expect(await answersIn('unchanged', unchanged)).toEqual({});
  const invoked = exchange('POST', `${FUNCTION}/invocations`, 200, { sent: {}, answered: {} });
  expect(await answersIn('unchanged', created, publication(), invoked, unchanged)).toEqual({ refused: 1 });
  const taken = refusal(409, 'FSS.1062', { version: 'a' });
  const named = publication({ ...VERSION, version: 'a' }, { version: 'a' });
  expect(await answersIn('taken-name', created, named, taken)).toEqual({ 409: 1 });
  expect(
    await answersIn('list-order', created, publication(), publication(second), listing(second, VERSION)),
  ).toEqual({
    'newest first': 1,
  });
  expect(await answersIn('left-out-members', created, read, change(CONFIGURATION))).toEqual({ unset: 1 });
  const back = [
    change({ ...CONFIGURATION, timeout: 4 }),
    change({ ...CONFIGURATION, description: 'the first' }),
  ];
  expect(await answersIn('change-and-back', created, read, publication(), ...back, unchanged)).toEqual({
    'no change': 1,
  });
});

test('what overlaps in time is not told', async () => {
  const at = (second: number, time: number) => ({
    startedDateTime: `2026-01-01T00:00:0${second}.000Z`,
    time,
  });
  const told = async (time: number) => {
    const made = [
      entry(created, at(0, 5)),
      entry(publication(), at(1, time)),
      entry(refusal(400, 'FSS.1016'), at(2, 5)),
    ];
    const { evidence } = await judged(har(...made));
    return evidence.choices.unchanged?.map(({ answer }) => answer) ?? [];
  };
  expect(await told(5)).toEqual(['refused']);
  expect(await told(1500)).toEqual([]);
});

test('an example holds no credentials', async () => {
  const secret = 'CaNaRy+of/this=recording';
  const made = exchange('POST', `${VERSIONS}?token=${encodeURIComponent(secret)}`, 200, {
    sent: {},
    answered: { ...VERSION, [`echo-${secret}`]: secret, last_modified: '2026-01-02 03:04:05' },
    headers: { 'x-auth-token': secret },
  });
  const { evidence } = await judgedInOrder(made);
  expect(evidence.choices['extra-members']?.[0]?.answer).toBe('some');
  expect(JSON.stringify(evidence.choices)).not.toContain('CaNaRy');
});
