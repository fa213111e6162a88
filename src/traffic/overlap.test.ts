import { describe, expect, test } from 'vitest';
import { type Interval, overlapsOf, watchOverlaps } from '../judge/overlap.ts';
import {
  CONFIGURATION,
  creation,
  entry,
  exchange,
  FUNCTION,
  har,
  judged,
  listing,
  publication,
  refusal,
  VERSION,
  VERSIONS,
} from './recordings.test.support.ts';

/** An entry that began so many milliseconds after the first one, and took so long. */
function at(start: number, time: number, made: ReturnType<typeof exchange>) {
  return entry(made, { startedDateTime: new Date(Date.UTC(2026, 0, 1) + start).toISOString(), time });
}

const v2 = { ...CONFIGURATION, type: 'v2' };
const change = (sent: unknown, status = 200) =>
  exchange('PUT', `${FUNCTION}/config`, status, { sent, answered: VERSION });
const instances = (sent: number, status: number) =>
  exchange('PUT', `${FUNCTION}/config-max-instance`, status, {
    sent: { max_instance_num: sent },
    answered: { error_code: 'FSS.1026', error_msg: 'max_instance_num' },
  });
const named = (version: string, status = 200) =>
  status === 200
    ? publication({ ...VERSION, version }, { version })
    : refusal(status, 'FSS.1062', { version });

describe('what overlaps in time is held against nothing that is not certain', () => {
  test.each([
    ['a name that two publications take at once', [at(0, 50, named('v1')), at(10, 50, named('v1', 409))]],
    ['a taken name while the list is read', [at(0, 90, listing()), at(20, 30, named('v1', 409))]],
    [
      'the list that is read while a version is published',
      [at(0, 10, creation()), at(20, 50, publication()), at(40, 10, listing())],
    ],
    [
      'the configuration that is changed while a version is published',
      [at(0, 10, creation()), at(20, 50, change({ timeout: 9 })), at(40, 10, publication())],
    ],
    [
      'the same the other way round',
      [
        at(0, 10, creation()),
        at(20, 50, publication({ ...VERSION, timeout: 9 })),
        at(40, 10, change({ timeout: 9 })),
      ],
    ],
    [
      'instances that are set while the type is changed by somebody',
      [at(0, 10, creation(v2)), at(20, 50, change({ timeout: 3 })), at(40, 10, instances(1, 400))],
    ],
    [
      'a creation under which a version is published',
      [at(0, 50, creation({ ...CONFIGURATION, timeout: 9 })), at(20, 10, publication())],
    ],
    [
      'a version that is published while the function is deleted',
      [at(0, 10, creation()), at(20, 50, exchange('DELETE', FUNCTION, 204)), at(40, 50, publication())],
    ],
    [
      'a list after a version was deleted and published at once',
      [
        at(0, 10, creation()),
        at(20, 10, named('v1')),
        at(40, 50, exchange('DELETE', `${FUNCTION}:v1`, 204)),
        at(50, 50, named('v1')),
        at(200, 10, listing()),
      ],
    ],
  ])('%s', async (_, entries) => {
    expect((await judged(har(...entries))).broken).toEqual([]);
  });
});

describe('what is certain all the same is held against', () => {
  test.each([
    [
      'a configuration under publications at once',
      [at(0, 10, creation()), at(20, 50, named('v1')), at(30, 50, publication({ ...VERSION, timeout: 9 }))],
      'body.timeout.echo',
    ],
    [
      'a publication while a list is read',
      [at(0, 10, creation()), at(20, 90, listing()), at(40, 10, publication({ ...VERSION, timeout: 9 }))],
      'body.timeout.echo',
    ],
    [
      'a change under which a version was published, for the next one',
      [
        at(0, 10, creation()),
        at(20, 50, change({ timeout: 9 })),
        at(40, 10, publication()),
        at(200, 10, named('v2')),
      ],
      'body.timeout.echo',
    ],
    [
      'versions that were published at once, for the next list',
      [at(0, 10, creation()), at(20, 50, named('v1')), at(30, 50, named('v2')), at(200, 10, listing())],
      'state.listed.once',
    ],
    [
      'a 409 that asks for no name',
      [at(0, 50, named('v1')), at(10, 50, refusal(409, 'FSS.1062'))],
      'status.documented',
    ],
  ])('%s', async (_, entries, clause) => {
    expect((await judged(har(...entries))).broken).toContain(clause);
  });
});

test('instances that are refused where nothing tells the type are put down to nobody', async () => {
  expect((await judged(har(at(0, 10, instances(5, 400))))).broken).toEqual([]);
  expect((await judged(har(at(0, 10, creation(v2)), at(20, 10, instances(5, 400))))).broken).toEqual([]);
});

test('overlaps are found between neighbours and over long ones, and rounding is none', () => {
  const interval = (startedAt: number, endedAt: number, effect: Interval['effect'], key = 'f'): Interval => ({
    startedAt,
    endedAt,
    effect,
    key,
  });
  expect(
    overlapsOf([
      interval(0, 100, 'nothing'),
      interval(10, 20, 'versions'),
      interval(19, 30, 'versions'),
      interval(40, 60, 'everything'),
      interval(50, 70, 'versions'),
      interval(80, 300, 'nothing', 'g'),
      interval(120, 130, 'everything'),
    ]),
  ).toEqual(['everything', 'nothing', 'nothing', 'versions', 'everything', 'nothing', 'nothing']);
});

test('a watch tells of an exchange what others changed under it, also when its function shows late', () => {
  const watch = watchOverlaps();
  const publish = { method: 'POST', url: VERSIONS };
  const create = { method: 'POST', url: '/v2/p/fgs/functions' };
  const created = watch.begin(create, undefined);
  const first = watch.begin(publish, 'f');
  const second = watch.begin({ method: 'GET', url: VERSIONS }, 'f');
  const elsewhere = watch.begin(publish, 'g');
  expect(created('f')).toBe('versions');
  expect(second()).toBe('everything');
  expect(first()).toBe('everything');
  expect(elsewhere()).toBe('nothing');
  expect(watch.begin(publish, 'f')()).toBe('nothing');
});
