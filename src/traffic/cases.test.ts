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

async function reportOn(file: string): Promise<Report> {
  const recording = await openRecording(new URL(file, folder).pathname);
  try {
    const evidence = createEvidence(clauses.map(({ id }) => id));
    const { byAnother } = await judgeRecording(recording, { evidence });
    return trafficReport({
      tool: { name: 'fgs-conformance', version: '0' },
      endpoint: file,
      profile: 'recorded',
      evidence: evidence.take(),
      byAnother,
      failOn: 'required',
      startedAt: new Date(0),
      reproduce: ({ exchange }) => exchange.request.url,
    });
  } finally {
    await recording.close();
  }
}

describe('a recording whose right outcome is known', () => {
  test.each(cases.map(each => [each.name, each] as const))('%s', async (_, each) => {
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
});
