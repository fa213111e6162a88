/**
 * The mock server as the command starts it, for as long as a team may leave it running: what it holds levels
 * off, it does not end, and it answers no 5xx. `npm run test:long`; FGS_PUBLICATIONS says how many there are.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { expectLevel, PUBLICATIONS, publications, repeated, served } from './longevity.test.support.ts';
import { plain } from './mock-client.test.support.ts';

test(`${PUBLICATIONS} publications`, async () => {
  const { child, call } = await served(8);
  expectLevel(await publications(child, call, PUBLICATIONS));
});

test('ten thousand functions, one after the other', async () => {
  const { child, call } = await served(8);
  const held = await repeated(child, 10_000, 8, async index => {
    const created = await call('POST', '', { ...plain, func_name: `f${index}` });
    expect(created.status).toBe(200);
    expect((await call('POST', `/f${index}/versions`, {})).status).toBe(200);
    expect((await call('POST', `/f${index}/aliases`, { name: 'a', version: 'latest' })).status).toBe(200);
    expect((await call('DELETE', `/f${index}`)).status).toBe(204);
  });
  expectLevel(held);
});

test('a hundred thousand provider states, of which nothing is torn down', async () => {
  const { url, child } = await served(8);
  const held = await repeated(child, 100_000, 8, async index => {
    const state = 'the function does not exist';
    const answer = await fetch(`${url}/provider-states`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ state, params: { func_name: `f${index}` } }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { project_id: 'p' }]);
  });
  expectLevel(held);
});

test('ten thousand functions at a time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-long-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'functions.json');
  await writeFile(
    file,
    JSON.stringify(Array.from({ length: 10_000 }, (_, index) => ({ func_name: `f${index}` }))),
  );
  const { child, call } = await served(8, ['--functions', file]);
  await repeated(child, 10_000, 8, async index => {
    expect((await call('POST', `/f${index - 1}/versions`, {})).status).toBe(200);
  });
  const { json } = await call('GET', '?marker=9999&maxitems=400');
  expect(json).toMatchObject({ functions: [{ func_name: 'f9999' }], count: 10_000 });
});

test('five hundred connections', async () => {
  const { child, call } = await served(500);
  await call('POST', '', { ...plain, func_name: 'f' });
  const held = await repeated(child, 100_000, 500, async index => {
    const { status } = await call('POST', '/f/versions', index % 2 === 0 ? {} : { version: '' });
    // The first publication, and then nothing has changed.
    expect([200, 400]).toContain(status);
  });
  expectLevel(held);
});

test('bodies of 20 MB, of a hundred connections', async () => {
  const { child, call } = await served(100);
  await call('POST', '', { ...plain, func_name: 'f' });
  const most = Buffer.from(Buffer.alloc(20 * 1024 * 1024).toString('base64'));
  const held = await repeated(child, 300, 100, async index => {
    if (index % 3 === 0) {
      const published = await call('POST', '/f/versions', ['{"description":"', most, '"}']);
      expect(published.status).toBe(413);
      return;
    }
    const own = Buffer.alloc(3);
    own.writeUInt16BE(index);
    const file = [own.toString('base64'), most];
    const body = ['{"code_type":"zip","func_code":{"file":"', ...file, '"}}'];
    expect((await call('PUT', '/f/code', body)).status).toBe(200);
  });
  expectLevel(held);
  expect(Math.max(...held)).toBeLessThan(3000);
});

const MALFORMED: readonly (string | Buffer)[] = [
  'HELLO\r\n\r\n',
  'GET / HTTP/1.1\r\nHost x\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'POST /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{',
  `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  Buffer.from('1603010200010001fc0303', 'hex'),
  Buffer.alloc(64 * 1024, 0xff),
  '',
];

/** Sends bytes on a connection of their own; answers the status, if there is an answer. */
function thrownAt(url: string, bytes: string | Buffer): Promise<number | undefined> {
  return new Promise(resolve => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(bytes));
    socket.setEncoding('latin1').on('data', text => {
      answer += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      resolve(status === undefined ? undefined : Number(status));
    });
  });
}

test('a flood of what is no HTTP', async () => {
  const { url, child, call } = await served(1);
  const held = await repeated(child, 60_000, 100, async index => {
    const status = await thrownAt(url, MALFORMED[index % MALFORMED.length] ?? '');
    expect(status ?? 400).toBeLessThan(500);
  });
  expectLevel(held);
  expect((await call('GET', '')).status).toBe(200);
});
