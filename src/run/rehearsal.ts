import { plainConfiguration } from '../generate/plain-configuration.ts';
import { type MockServer, startMock } from '../mock/index.ts';
import type { Report } from '../verdict/report.ts';
import type { RunOptions } from './options.ts';
import { run } from './run.ts';

/**
 * Runs the suite as it would be run against a conforming target that has what the options say, on a mock server:
 * to the target itself nothing is sent.
 */
export async function rehearse(options: RunOptions): Promise<Report> {
  const { endpoint, resources = {} } = options;
  // Of a live service nothing is known to exist but what is said to.
  const mock = await startMock(endpoint === undefined ? {} : { resources });
  try {
    const { report } = await run(await rehearsalOf(options, mock));
    return report;
  } finally {
    await mock.close();
  }
}

async function rehearsalOf(options: RunOptions, mock: MockServer): Promise<RunOptions> {
  const { profile, seed, maxRequests, only, shard, arrange, functionUrn, resources } = options;
  const isEmbedded = options.endpoint === undefined;
  const given = { profile, seed, maxRequests, only, shard, arrange, resources };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    endpoint: mock.url,
    projectId: mock.projectId,
    token: mock.token,
    ...(isEmbedded || options.forbiddenToken !== undefined ? { forbiddenToken: mock.forbiddenToken } : {}),
    ...(isEmbedded || options.statesUrl !== undefined ? { statesUrl: mock.statesUrl } : {}),
    ...(functionUrn === undefined ? {} : { functionUrn: await functionOn(mock) }),
  };
}

/** A function that stands for the one of `functionUrn`. */
async function functionOn({ url, projectId, token }: MockServer): Promise<string> {
  const name = 'rehearsal';
  await fetch(`${url}/v2/${projectId}/fgs/functions`, {
    method: 'POST',
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    body: JSON.stringify(plainConfiguration(name, name)),
  });
  return name;
}
