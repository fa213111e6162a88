/** The proxy as the command starts it, for as many exchanges as a team may send through it in weeks. */

import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  callerOf,
  expectLevel,
  PUBLICATIONS,
  publications,
  served,
  started,
} from '../mock/longevity.test.support.ts';

/** Each is changed, published, and deleted later on. */
const EXCHANGES_A_PUBLICATION = 3;

test(`${PUBLICATIONS} exchanges, judged`, async () => {
  const mock = await served(1);
  const out = await mkdtemp(join(tmpdir(), 'fgs-proxy-'));
  onTestFinished(() => rm(out, { recursive: true }));
  const { child, line } = await started(['proxy', '--endpoint', mock.url, '--out', out]);
  const [, url = ''] = /listening on (\S+),/.exec(line) ?? [];
  const held = await publications(child, callerOf(url, 8), Math.ceil(PUBLICATIONS / EXCHANGES_A_PUBLICATION));
  expectLevel(held);
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
  expect(report.summary).toMatchObject({ verdict: 'conformant' });
});
