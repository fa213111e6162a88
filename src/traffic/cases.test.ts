import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../cli/exit-codes.ts';
import { clauses } from '../page/catalogue.ts';
import { reporters } from '../report/index.ts';
import { createEvidence } from '../verdict/evidence.ts';
import { matchesAny } from '../verdict/globs.ts';
import type { Report } from '../verdict/report.ts';
import { judgeRecording } from './judge-recording.ts';
import { openRecording } from './read-recording.ts';
import { trafficReport } from './traffic-report.ts';

/** A recording, and what must come out of judging it: cases/README.md. */
interface Case {
  readonly name: string;
  readonly file: string;
  readonly exit: number | null;
  readonly fails: readonly string[];
  readonly passes_over: readonly string[];
  readonly requiredFails: boolean | null;
  readonly absent: readonly string[];
}

const folder = new URL('./cases/', import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8'));

/** What the page does not say yet as it is ruled. */
const AWAITED: ReadonlySet<string> = new Set([
  'initializer blank and 0 on create',
  'pre-stop timeout 0 on create',
  'a change switches the initializer off with blank and 0',
  'configuration of a version changed, next version reports latest',
  'maximum instances of a version changed, next version reports latest',
  'asynchronous notification of a version changed, next version reports latest',
  'list shows what was changed on a version',
  'a change of a version is refused with 400',
  'next version reports what was changed on the one before',
  'timeout 2 accepted and raised to 3',
  'memory 130 accepted and raised to 256',
  'concurrent_num 0 accepted and raised to 1',
  'asynchronous age 30 accepted and raised to 60',
  'zip created with a code_url that the version leaves blank',
  'inline code named otherwise by the service',
  'zip named otherwise by the service',
  'handler - on Custom refused',
  'encrypted_user_data of 3000 bytes refused',
  'code_type left out and refused',
  'package with a slash refused',
  'vpc without a subnet refused',
  'ecs mount without a share path refused',
  'taken name answered with 500',
  'publication refused with 409 for the quota of versions',
  'obs with a blank file',
]);

async function reportOn(file: string): Promise<Report> {
  const recording = await openRecording(new URL(file, folder).pathname);
  try {
    const evidence = createEvidence(clauses.map(({ id }) => id));
    await judgeRecording(recording, { evidence });
    return trafficReport({
      tool: { name: 'fgs-conformance', version: '0' },
      endpoint: file,
      profile: 'recorded',
      evidence: evidence.take(),
      failOn: 'required',
      startedAt: new Date(0),
      reproduce: ({ exchange }) => exchange.request.url,
    });
  } finally {
    await recording.close();
  }
}

describe('a recording whose right outcome is known', () => {
  const settled = cases.filter(({ name }) => !AWAITED.has(name));

  test.each(settled.map(each => [each.name, each] as const))('%s', async (_, each) => {
    const report = await reportOn(each.file);
    const failed = report.clauses.filter(({ verdict }) => verdict === 'fail');
    const ids = failed.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...each.fails]));
    expect(ids.filter(id => matchesAny(each.passes_over, id))).toEqual([]);
    const required = failed.filter(({ level }) => level === 'required').map(({ id }) => id);
    if (each.requiredFails === false) expect(required).toEqual([]);
    if (each.requiredFails === true) expect(required).not.toEqual([]);
    if (each.exit !== null) expect(EXIT[report.summary.verdict]).toBe(each.exit);
    for (const { render } of Object.values(reporters)) {
      const text = render(report, { colour: false, width: 120 });
      for (const secret of each.absent) expect(text).not.toContain(secret);
    }
  });

  test('the awaited ones are cases', () => {
    expect([...AWAITED].filter(name => !cases.some(each => each.name === name))).toEqual([]);
  });
});
