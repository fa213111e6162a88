import { expect, test } from 'vitest';
import { terminalReport } from '../report/index.ts';
import { run } from './run.ts';

test('a run says what its profile left out, and the profile that asks for it', async () => {
  const { report } = await run({ seed: 1, only: ['request.body.*'] });
  expect(report.run.leftOut).toContainEqual({
    inputs: 'publish requests with a fault',
    count: expect.any(Number),
    profile: 'deep',
  });
  expect(terminalReport(report)).toMatch(
    /^Left out by the profile\n {2}\d+ [a-z ]+, (?:.|\n)*\(--profile\s+deep\s+asks\s+for\s+them\)$/m,
  );
});
