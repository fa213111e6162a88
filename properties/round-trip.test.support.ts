/** There and back: what a target chose, and what a mock server that is like it chooses. */

import { type MockOptions, startMock } from '../src/mock/index.ts';
import { run } from '../src/run/run.ts';
import type { Report } from '../src/verdict/report.ts';

const SEED = 1;

/** What shows every choice: half of what a run asks. */
const SHOWING = ['request.*', 'state.*', 'body.encrypted_user_data.echo'];

/** The report of a run against a mock server. */
async function reportOn(server: MockOptions): Promise<Report> {
  const mock = await startMock(server);
  const options = { ...mock, endpoint: mock.url, seed: SEED, only: SHOWING };
  const { report } = await run(options).finally(() => mock.close());
  return report;
}

/** The answer to each choice that was seen most often; nothing for what was not seen. */
function chosenIn({ choices = [] }: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(
    choices.flatMap(({ id, answers: [first] }) => (first === undefined ? [] : [[id, first.answer]])),
  );
}

/** What a target chose, and what a server that is started like it chose in its turn. */
export interface RoundTrip {
  readonly target: Report;
  readonly there: Readonly<Record<string, string>>;
  readonly back: Readonly<Record<string, string>>;
}

/** Runs against a server, starts another one like it, and runs against that. */
export async function roundTrip(options: MockOptions): Promise<RoundTrip> {
  const target = await reportOn(options);
  const likeness = await reportOn({ like: target });
  return { target, there: chosenIn(target), back: chosenIn(likeness) };
}
