/** Runs the scripts of findings, against a server that has the fault and against one that has none. */

import { execFile } from 'node:child_process';
import { type MockOptions, startMock } from '../src/mock/index.ts';
import { DOUBT } from '../src/report/index.ts';
import { inParallel } from '../src/run/explore.ts';
import type { Report } from '../src/verdict/report.ts';

/** What the server that a report is about was told, and where it was. */
export type Server = Required<Pick<MockOptions, 'projectId' | 'token' | 'forbiddenToken'>> & {
  readonly url: string;
  readonly fault?: string | undefined;
};

/** What came of the script of one finding. */
export interface Played {
  readonly clause: string;
  readonly message: string;
  readonly script: string;
  /** Whether it prints something else than on a server without the fault. */
  readonly isReproduced: boolean;
  /** Whether it says itself why it may show nothing. */
  readonly isDoubtful: boolean;
  /** Functions that it left behind. */
  readonly left: readonly string[];
}

/** Scripts mostly wait. */
const AT_A_TIME = 2;

/** Plays the script of every finding. */
export async function playScripts({ clauses }: Report, server: Server): Promise<readonly Played[]> {
  const findings = clauses.flatMap(({ id, findings }) => findings.map(finding => ({ id, ...finding })));
  const played: Played[] = [];
  await inParallel(findings, AT_A_TIME, async ({ id, message, reproduce: script = '' }, index) => {
    const [wrong, right] = await Promise.all([
      play(script, server),
      play(script, { ...server, fault: undefined }),
    ]);
    played[index] = {
      clause: id,
      message,
      script,
      isReproduced: alike(wrong.printed) !== alike(right.printed),
      isDoubtful: script.includes(DOUBT),
      left: [...wrong.left, ...right.left],
    };
  });
  return played;
}

/** Runs a script against a server that nobody has used, as if that were where the report's was. */
async function play(script: string, server: Server): Promise<{ printed: string; left: readonly string[] }> {
  const { fault, url, ...identity } = server;
  const mock = await startMock({ ...identity, ...(fault === undefined ? {} : { fault }) });
  try {
    const printed = await bash(elsewhere(script, url, mock.url), {
      PATH: process.env.PATH,
      FGS_TOKEN: server.token,
      FGS_FORBIDDEN_TOKEN: server.forbiddenToken,
    });
    return { printed: elsewhere(printed, mock.url, url), left: await functionsOf(mock.url, server) };
  } finally {
    await mock.close();
  }
}

/** A text with another port, as a URL has it and as bash's `/dev/tcp` does. */
function elsewhere(text: string, from: string, to: string): string {
  const port = new RegExp(`(?<=127\\.0\\.0\\.1[:/])${new URL(from).port}\\b`, 'g');
  return text.replaceAll(port, new URL(to).port);
}

function bash(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise(resolve => {
    execFile('bash', ['-c', script], { env, timeout: 60_000, maxBuffer: 64 * 2 ** 20 }, (_, stdout, stderr) =>
      resolve(`${stdout}\n${stderr}`),
    );
  });
}

async function functionsOf(url: string, { projectId, token }: Server): Promise<readonly string[]> {
  const path = `/v2/${projectId}/fgs/functions?maxitems=100`;
  const answer = await fetch(`${url}${path}`, { headers: { 'x-auth-token': token } });
  const { functions } = (await answer.json()) as { functions: readonly { func_urn: string }[] };
  return functions.map(({ func_urn }) => func_urn);
}

const YEAR = new Date().getUTCFullYear();

/** What differs from one run to the next on any server. A time of long ago, or that cannot be, does not: it is what is wrong. */
const CHANCE = [
  new RegExp(`v${YEAR}(?:0[1-9]|1[0-2])\\d{2}-\\d{6}`, 'g'),
  /\d{12}@[0-9a-f]{6}/g,
  new RegExp(`${YEAR}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z?`, 'g'),
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
  /"domain_id":"[0-9a-f]{32}"/g,
  /"request_id":"[0-9a-f]{32}"/g,
  /Date: [^\r\n]*/g,
] as const;

/** The text with what differs by chance numbered in the order of its appearance. */
function alike(printed: string): string {
  return CHANCE.reduce((text, pattern) => {
    const seen: string[] = [];
    return text.replaceAll(pattern, match => {
      if (!seen.includes(match)) seen.push(match);
      return `<${seen.indexOf(match)}>`;
    });
  }, printed);
}
