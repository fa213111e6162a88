import { describe, expect, test } from 'vitest';
import type { FunctionPast } from '../page/choices/past.ts';
import type { Exchange } from '../page/exchange.ts';
import { createFollower } from './past.ts';
import { exchangeOf, FUNCTION_PATH, FUNCTION_URN } from './said.test.support.ts';

/** What a function reports of its configuration. */
const REPORT = {
  func_name: 'f',
  runtime: 'Go1.x',
  timeout: 30,
  handler: 'a.b',
  memory_size: 128,
  description: 'd',
};
const CHANGED = { ...REPORT, timeout: 31 };

const ZIP = { func_name: 'f', code_type: 'zip', code_filename: 'c.zip', func_code: { file: 'eA==' } };

function create(sent: object = {}, answered: object = {}, status = 200): Exchange {
  return exchangeOf('POST /v2/p/fgs/functions', { func_name: 'f', ...sent }, status, answered);
}

function publish(name: string, sent: object = {}, status = 200): Exchange {
  return exchangeOf(`POST ${FUNCTION_PATH}/versions`, sent, status, { version: name });
}

function read(answered: object, status = 200): Exchange {
  return exchangeOf(`GET ${FUNCTION_PATH}/config`, undefined, status, answered);
}

function change(answered: object = {}, sent: object = REPORT, status = 200): Exchange {
  return exchangeOf(`PUT ${FUNCTION_PATH}/config`, sent, status, answered);
}

function other(line: string, status = 200): Exchange {
  const [method, rest = ''] = line.split(' ');
  return exchangeOf(`${method} ${FUNCTION_PATH}${rest}`, {}, status, {});
}

/** What is known of the function after a history, when its versions are listed. */
function knownAfter(...history: readonly Exchange[]): FunctionPast {
  const follower = createFollower();
  for (const each of history) follower.next(each);
  return follower.next(exchangeOf(`GET ${FUNCTION_PATH}/versions`, undefined, 200, {}));
}

const unanswered = ({ request }: Exchange): Exchange => ({
  request,
  failure: { kind: 'timeout', message: 'no answer' },
});

const NOTHING = { names: [] };
const UNPUBLISHED = { names: [], unpublishedChanges: true };
const PUBLISHED = { names: ['v1'], unpublishedChanges: false };

describe('of a function is known', () => {
  test.each<[string, readonly Exchange[], object]>([
    ['nothing at first', [], NOTHING],
    ['that its creation is a change', [create()], UNPUBLISHED],
    ['what it reported', [create({}, REPORT)], { ...UNPUBLISHED, reported: REPORT }],
    ['nothing of one that was not created', [create({}, {}, 400)], NOTHING],
    ['nothing of another one', [create({ func_name: 'g' })], NOTHING],
    ['how its code came', [create(ZIP)], { ...UNPUBLISHED, codeFilename: 'c.zip' }],
    [
      'that its code came without a name',
      [create({ ...ZIP, code_filename: '' })],
      { ...UNPUBLISHED, codeFilename: null },
    ],
    ['how a jar came', [create({ ...ZIP, code_type: 'jar' })], { ...UNPUBLISHED, codeFilename: 'c.zip' }],
    [
      'nothing of an answer that broke off',
      [{ ...create(), failure: { kind: 'reset', message: 'why' } }],
      NOTHING,
    ],
    ['as much as before after a redirect', [publish('v1'), create({}, {}, 300)], PUBLISHED],
    ['nothing of code in a bucket', [create({ ...ZIP, code_type: 'obs' })], UNPUBLISHED],
    ['nothing of code that is not there', [create({ ...ZIP, func_code: 'x' })], UNPUBLISHED],
    ['nothing when nobody knows whether it was created', [unanswered(create())], NOTHING],

    [
      'the names of its versions',
      [create(), publish('v1'), publish('v2')],
      { names: ['v1', 'v2'], unpublishedChanges: false },
    ],
    [
      'a name once',
      [publish('v1'), publish('v2'), publish('v1')],
      { names: ['v2', 'v1'], unpublishedChanges: false },
    ],
    ['the name that was asked for', [publish('latest', { version: 'v1' })], PUBLISHED],
    ['the name that was given', [publish('v1', { version: '' })], PUBLISHED],
    ['no name when it is called latest', [publish('latest')], { names: [], unpublishedChanges: false }],
    ['nothing new when it was refused', [create(), publish('v1', {}, 400)], UNPUBLISHED],
    ['nothing after a 500', [create(), publish('v1', {}, 500)], NOTHING],
    ['nothing after a publication without an answer', [publish('v1'), unanswered(publish('v2'))], NOTHING],
    ['its code, after a publication', [create(ZIP), publish('v1')], { ...PUBLISHED, codeFilename: 'c.zip' }],

    [
      'the names after a version was deleted',
      [publish('v1'), publish('v2'), other('DELETE :v2')],
      { names: ['v1'] },
    ],
    ['nothing after it was deleted', [publish('v1'), other('DELETE ')], NOTHING],
    ['nothing after an alias was named in a deletion', [publish('v1'), other('DELETE :!a')], NOTHING],

    ['nothing of changes after one', [publish('v1'), other('PUT /config-max-instance')], { names: ['v1'] }],
    ['that there are changes after more', [create(), other('PUT /async-invoke-config')], UNPUBLISHED],
    ['that there are changes after fewer', [create(), other('DELETE /async-invoke-config')], UNPUBLISHED],
    [
      'its code after another change',
      [create(ZIP), other('PUT /config-max-instance')],
      { ...UNPUBLISHED, codeFilename: 'c.zip' },
    ],
    [
      'nothing after a request of which nothing is known',
      [publish('v1'), other('POST /tags/create')],
      NOTHING,
    ],
    ['as much as before after reading a list', [publish('v1'), other('GET /aliases')], PUBLISHED],
    ['as much as before after an alias', [publish('v1'), other('POST /aliases')], PUBLISHED],
    ['as much as before after a version was changed', [publish('v1'), other('PUT :v1/config')], PUBLISHED],
    ['as much as before when reading failed', [publish('v1'), read(REPORT, 500)], PUBLISHED],
    [
      'as much as before when a version was read',
      [publish('v1'), exchangeOf(`GET ${FUNCTION_PATH}:v1/config`, undefined, 200, REPORT)],
      PUBLISHED,
    ],
  ])('%s', (_what, history, expected) => {
    expect(knownAfter(...history)).toStrictEqual(expected);
  });

  test('another name of code that was changed', () => {
    const code = exchangeOf(`PUT ${FUNCTION_PATH}/code`, { ...ZIP, code_filename: 'd.zip' }, 200, REPORT);
    expect(knownAfter(create(ZIP), publish('v1'), code)).toEqual({
      names: ['v1'],
      codeFilename: 'd.zip',
      reported: REPORT,
    });
  });

  test('at most a hundred names, the last ones', () => {
    const { names } = knownAfter(...Array.from({ length: 101 }, (_, index) => publish(`v${index}`)));
    expect(names).toHaveLength(100);
    expect(names[0]).toBe('v1');
  });

  test('nothing of what overlaps with a change', () => {
    const follower = createFollower();
    follower.next(publish('v1'));
    expect(follower.next(other('GET /versions'), true)).toEqual(NOTHING);
    expect(follower.next(other('GET /versions'))).toEqual(PUBLISHED);
    expect(follower.next(publish('v2'), true)).toEqual(NOTHING);
    expect(follower.next(other('GET /versions'))).toEqual(NOTHING);
  });

  test('nothing of one that was seen least recently, of more than a thousand', () => {
    const follower = createFollower();
    const seen = (index: number) =>
      exchangeOf('POST /v2/p/fgs/functions', { func_name: `f${index}` }, 200, {});
    const asked = (index: number) =>
      follower.next(exchangeOf(`GET /v2/p/fgs/functions/f${index}/versions`, undefined, 200, {}));
    for (let index = 0; index < 1000; index++) follower.next(seen(index));
    expect(asked(0)).toEqual(UNPUBLISHED);
    follower.next(seen(1000));
    expect(asked(0)).toEqual(UNPUBLISHED);
    expect(asked(1)).toEqual(NOTHING);
  });
});

describe('a change and back again', () => {
  const published = [read(REPORT), publish('v1'), read(REPORT)];

  test.each<[string, readonly Exchange[], boolean | undefined]>([
    ['is seen in reports', [...published, change(CHANGED), read(CHANGED), change(REPORT)], true],
    ['is seen in readings', [...published, change(CHANGED), change(), read(REPORT)], true],
    [
      'is seen when what was published is read after it',
      [publish('v1'), read(REPORT), change(CHANGED), change(REPORT)],
      true,
    ],
    [
      'is seen after several',
      [...published, change(CHANGED), change({ ...REPORT, timeout: 32 }), change(REPORT), read(REPORT)],
      true,
    ],
    [
      'is none of what was changed when it was read',
      [create(), read(REPORT), change(CHANGED), change(REPORT)],
      undefined,
    ],
    ['is none as long as it is another', [...published, change(CHANGED)], false],
    ['is none without a change', [...published, change(REPORT)], false],
    [
      'is none after other changes',
      [...published, change(CHANGED), other('PUT /config-max-instance'), change(REPORT)],
      undefined,
    ],
    ['is not known without what was published', [publish('v1'), change(CHANGED), change(REPORT)], undefined],
    ['begins anew with a publication', [...published, change(CHANGED), publish('v2'), read(CHANGED)], false],
  ])('%s', (_what, history, expected) => {
    expect(knownAfter(...history).isChangedBack).toBe(expected);
  });
});

describe('members that a change left out', () => {
  const { description: _description, ...silent } = REPORT;
  const follow = (...history: readonly Exchange[]): FunctionPast => {
    const follower = createFollower();
    return history.map(each => follower.next(each)).at(-1) ?? NOTHING;
  };

  test.each<[string, readonly Exchange[], object | undefined]>([
    ['are known when it is answered', [read(REPORT), change({}, silent)], { description: 'd' }],
    ['are known until it is read', [read(REPORT), change({}, silent), read(silent)], { description: 'd' }],
    ['are told once', [read(REPORT), change({}, silent), read(silent), read(silent)], undefined],
    ['are none when they were sent', [read(REPORT), change({}, REPORT)], undefined],
    ['are none when they were not set', [read(silent), change({}, silent)], undefined],
    ['are none when the change was refused', [read(REPORT), change({}, silent, 400)], undefined],
    ['are none when nothing was reported', [change({}, silent)], undefined],
    ['are none of a version', [read(REPORT), other('PUT :v1/config')], undefined],
  ])('%s', (_what, history, expected) => {
    expect(follow(...history).leftOut).toEqual(expected);
  });
});

test('the function is the same under every form of its URN', () => {
  const follower = createFollower();
  follower.next(create());
  for (const urn of [FUNCTION_URN, `${FUNCTION_URN}:latest`, 'f', 'default:f', 'p:default:f'])
    expect(follower.next(exchangeOf(`GET /v2/p/fgs/functions/${urn}/versions`, undefined, 200, {}))).toEqual(
      UNPUBLISHED,
    );
});
