import { describe, expect, test } from 'vitest';
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
  URN,
  VERSION,
  VERSIONS,
} from './recordings.test.support.ts';

const code = Buffer.from('exports.handler = () => 1').toString('base64');
const second = { ...VERSION, version: 'v20260102-000000' };
const reading = (latest: unknown) => exchange('GET', `${FUNCTION}/config`, 200, { answered: latest });
const change = (sent: unknown, status = 200) =>
  exchange('PUT', `${FUNCTION}/config`, status, { sent, answered: VERSION });

describe('what was configured earlier in the recording is what a version reports', () => {
  test('after a creation', async () => {
    const { broken, exercised } = await judgedInOrder(creation(), publication({ ...VERSION, timeout: 4 }));
    expect(broken).toEqual(['body.timeout.echo']);
    expect(exercised).toContain('body.memory_size.echo');
  });

  test('after a change, of what was sent again', async () => {
    const { runtime, timeout, handler, func_name } = CONFIGURATION;
    const sent = { func_name, runtime, timeout, handler, memory_size: 256 };
    const changed = { ...VERSION, memory_size: 256, cpu: 400, description: 'unset or kept' };
    const created = creation({ ...CONFIGURATION, description: 'before' });
    expect((await judgedInOrder(created, change(sent), publication(changed))).broken).toEqual([]);
    expect((await judgedInOrder(change(sent), publication(VERSION))).broken).toEqual([
      'body.memory_size.echo',
    ]);
  });

  test('after new code', async () => {
    const sent = { code_type: 'inline', code_filename: 'inline.js', func_code: { file: code } };
    const changed = exchange('PUT', `${FUNCTION}/code`, 200, { sent, answered: VERSION });
    expect((await judgedInOrder(creation(), changed, publication())).broken).toEqual([
      'body.code_size.code',
      'body.digest.code',
    ]);
  });

  test('unless a change was answered with 409: the one before it may have got no answer, and done it', async () => {
    const withCode = { ...CONFIGURATION, code_type: 'inline', func_code: { file: code } };
    const other = { code_type: 'inline', func_code: { file: Buffer.from('another').toString('base64') } };
    const again = exchange('PUT', `${FUNCTION}/code`, 409, { sent: other });
    const refused = exchange('PUT', `${FUNCTION}/code`, 400, { sent: other });
    expect((await judgedInOrder(creation(withCode), again, publication())).broken).toEqual([]);
    expect((await judgedInOrder(creation(withCode), refused, publication())).broken).toEqual([
      'body.code_size.code',
      'body.digest.code',
    ]);
  });

  test('after its instances and its notification were set', async () => {
    const instances = exchange('PUT', `${FUNCTION}/config-max-instance`, 200, {
      sent: { max_instance_num: 5 },
    });
    const notified = exchange('PUT', `${FUNCTION}/async-invoke-config`, 200, {
      sent: { max_async_retry_attempts: 2 },
    });
    const conforming = {
      ...VERSION,
      strategy_config: { concurrency: 5 },
      function_async_config: { max_async_retry_attempts: 2 },
    };
    expect((await judgedInOrder(instances, notified, publication(conforming))).broken).toEqual([]);
    expect((await judgedInOrder(instances, notified, publication())).broken).toEqual([
      'body.function_async_config.max_async_retry_attempts.echo',
      'body.strategy_config.concurrency.echo',
    ]);
  });

  test('under any form of the URN', async () => {
    const short = exchange('POST', '/v2/p/fgs/functions/default:f/versions', 200, {
      sent: {},
      answered: { ...VERSION, timeout: 4 },
    });
    expect((await judgedInOrder(creation(), short)).broken).toEqual(['body.timeout.echo']);
  });
});

describe('what the recording does not show is not claimed', () => {
  const other = { ...VERSION, timeout: 4 };

  test.each([
    ['a refused creation', [creation(CONFIGURATION, 409)]],
    ['a refused change', [creation({ ...CONFIGURATION, timeout: 4 }), change(CONFIGURATION, 400)]],
    ['a change whose outcome nobody knows', [creation(), change({ timeout: 9 }, 503)]],
    [
      'a creation at another host',
      [
        {
          ...creation(),
          request: { ...creation().request, url: 'https://other.example.com/v2/p/fgs/functions' },
        },
      ],
    ],
    ['a creation of another function', [creation({ ...CONFIGURATION, func_name: 'g' })]],
    [
      'a change that the page does not know',
      [creation(), exchange('DELETE', `${FUNCTION}/async-invoke-config`, 204)],
    ],
    [
      'a deletion',
      [creation(), exchange('DELETE', FUNCTION, 204), creation({ ...CONFIGURATION, timeout: 4 })],
    ],
  ])('after %s', async (_, before) => {
    expect((await judgedInOrder(...before, publication(other))).broken).toEqual([]);
  });

  test.each([
    ['an unknown function', refusal(404, 'FSS.1051')],
    ['an unknown token', refusal(401, 'FSS.0401')],
    ['a token without permission', refusal(403, 'FSS.0403')],
    ['no change since the last publication', refusal(400, 'FSS.1016')],
    ['a long description and no change', refusal(400, 'FSS.1016', { description: 'x'.repeat(513) })],
    ['a taken name', refusal(409, 'FSS.1062', { version: 'v1' })],
    ['a gateway', refusal(503, 'APIG.0503')],
    [
      'an empty body for an unknown function',
      exchange('POST', VERSIONS, 404, { answered: { error_code: 'FSS.1051', error_msg: 'no' } }),
    ],
    ['a wrong type under a token that expired', refusal(401, 'APIG.0301', { version: 7 })],
    ['several faults for an unknown function', refusal(404, 'FSS.1051', { version: 7, description: 7 })],
  ])('a refusal for %s is none of a valid request', async (_, refused) => {
    expect((await judgedInOrder(refused)).broken).toEqual([]);
  });

  test('a failure of the service in answer to a valid request is one', async () => {
    expect((await judgedInOrder(refusal(500, 'FSS.0500'))).broken).toEqual(['request.body.accepted']);
  });

  test('changes and publications at the same time say nothing of each other', async () => {
    const at = (second: number, time: number) => ({
      startedDateTime: `2026-01-01T00:00:0${second}.000Z`,
      time,
    });
    const created = entry(creation(), at(0, 500));
    const sent = { ...CONFIGURATION, timeout: 4 };
    const apart = har(created, entry(change(sent), at(1, 900)), entry(publication(), at(2, 500)));
    expect((await judged(apart)).broken).toEqual(['body.timeout.echo']);
    const together = har(created, entry(change(sent), at(1, 1900)), entry(publication(), at(2, 500)));
    expect((await judged(together)).broken).toEqual([]);
  });

  test('the order of a HAR file is that of its times', async () => {
    const at = (second: number) => ({ startedDateTime: `2026-01-01T00:00:0${second}.000Z`, time: 10 });
    const later = entry(publication({ ...VERSION, timeout: 4 }), at(5));
    expect((await judged(har(later, entry(creation(), at(1))))).broken).toEqual(['body.timeout.echo']);
  });
});

describe('versions', () => {
  test('are in the list that follows, when the recording begins with the function', async () => {
    const { broken, exercised } = await judgedInOrder(
      creation(),
      publication(),
      listing({ version: 'latest' }),
    );
    expect(broken).toEqual(['state.listed.once']);
    expect(exercised).toContain('state.listed.once');
    const listed = await judgedInOrder(creation(), publication(), listing(VERSION));
    expect(listed.broken).toEqual([]);
    expect(listed.exercised).toContain('state.snapshot.frozen');
  });

  test('are not missed when others may exist, or were deleted', async () => {
    expect((await judgedInOrder(publication(), listing())).exercised).not.toContain('state.listed.once');
    const deleted = exchange('DELETE', `${FUNCTION}:${VERSION.version}`, 204);
    const { broken } = await judgedInOrder(
      creation(),
      publication(),
      publication(second),
      deleted,
      listing(second),
    );
    expect(broken).toEqual([]);
  });

  test('stay what publishing returned', async () => {
    const moved = listing({ ...VERSION, timeout: 30 });
    expect((await judgedInOrder(creation(), publication(), moved)).broken).toEqual(['state.snapshot.frozen']);
  });

  test('never take a name twice', async () => {
    const { broken } = await judgedInOrder(creation(), publication(), publication());
    expect(broken).toEqual(['state.unique-version.fresh']);
  });

  test('are not missed on a page that may be followed by another', async () => {
    const page = (query: string, versions: readonly unknown[], next_marker: number) =>
      exchange('GET', `${VERSIONS}${query}`, 200, {
        answered: { versions, next_marker, count: versions.length },
      });
    const published = [creation(), publication(), publication(second)];
    const [first, last] = [page('', [VERSION], 1), page('?marker=1', [second], 2)];
    expect((await judgedInOrder(...published, first)).broken).toEqual([]);
    expect((await judgedInOrder(...published, first, last)).broken).toEqual([]);
    const empty = page('?marker=1', [], 1);
    expect((await judgedInOrder(...published, first, empty)).broken).toEqual(['state.listed.once']);
  });

  test('may fill several pages', async () => {
    const page = (path: string, versions: readonly unknown[], next_marker: unknown) =>
      exchange('GET', `${VERSIONS}${path}`, 200, { answered: { versions, next_marker } });
    const published = [creation(), publication(), publication(second)];
    const whole = [page('?maxitems=1', [VERSION], 1), page('?maxitems=1&marker=1', [second], '')];
    expect((await judgedInOrder(...published, ...whole)).broken).toEqual([]);
    const lastAlone = page('?maxitems=1&marker=1', [second], '');
    expect((await judgedInOrder(...published, lastAlone)).broken).toEqual([]);
    const short = [page('?maxitems=1', [VERSION], 1), page('?maxitems=1&marker=1', [], '')];
    expect((await judgedInOrder(...published, ...short)).broken).toEqual(['state.listed.once']);
  });
});

describe('latest', () => {
  test('is held against its last reading before a publication', async () => {
    const { broken } = await judgedInOrder(
      reading(VERSION),
      publication(),
      reading({ ...VERSION, timeout: 30 }),
    );
    expect(broken).toEqual(['state.unchanged.latest']);
  });

  test('may change by a change, and is not one of its versions', async () => {
    const sent = { ...CONFIGURATION, timeout: 30 };
    const changed = reading({ ...VERSION, timeout: 30 });
    expect((await judgedInOrder(reading(VERSION), publication(), change(sent), changed)).broken).toEqual([]);
    const ofVersion = exchange('GET', `/v2/p/fgs/functions/${URN}:v1/config`, 200, {
      answered: { ...VERSION, timeout: 30 },
    });
    expect((await judgedInOrder(reading(VERSION), publication(), ofVersion)).broken).toEqual([]);
  });
});

test('a function that was deleted is not found', async () => {
  const gone = exchange('DELETE', FUNCTION, 204);
  const accepted = await judgedInOrder(creation(), gone, publication());
  expect(accepted.broken).toEqual(['request.function_urn.absent']);
  expect((await judgedInOrder(creation(), gone, refusal(404, 'FSS.1051'))).broken).toEqual([]);
  expect((await judgedInOrder(creation(), gone, refusal(401, 'FSS.0401'))).broken).toEqual([]);
});

test('a project that is not the one of the credentials is refused, when that one is known', async () => {
  const text = JSON.stringify(publication());
  expect((await judged(text)).broken).toEqual([]);
  expect((await judged(text, 'p')).broken).toEqual([]);
  expect((await judged(text, 'q')).broken).toEqual(['request.project_id.foreign']);
});

test('every exchange counts once', async () => {
  const { evidence, counts } = await judgedInOrder(creation(), publication(), listing(VERSION));
  expect(evidence.exchanges).toBe(3);
  expect(counts).toEqual({ judged: 3, incomplete: {}, byAnother: {}, other: 0, foreign: 0, broken: 0 });
});
