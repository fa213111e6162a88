import { faults, type MockOptions, startMock } from '../mock/index.ts';

/** The options of `mock` as the command line gives them. */
export interface MockCommandOptions extends MockOptions {
  readonly format: 'text' | 'json';
}

/** Starts the reference server and says what it listens on, until SIGINT or SIGTERM. */
export async function mockCommand({ format, ...options }: MockCommandOptions): Promise<void> {
  if (options.fault === 'list') {
    for (const { name, title } of faults) process.stdout.write(`${name.padEnd(56)} ${title}\n`);
    return;
  }
  const mock = await startMock(options);
  const stop = (): void => void mock.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { url, projectId, token, forbiddenToken, statesUrl, accessKey, login } = mock;
  const facts = { url, projectId, token, forbiddenToken, statesUrl, ...accessKey, ...login };
  if (format === 'json') process.stdout.write(`${JSON.stringify(facts)}\n`);
  else process.stdout.write(inWords(facts, options.fault));
}

function inWords(facts: Readonly<Record<string, string>>, fault: string | undefined): string {
  const lines = [
    `listening on      ${facts.url}`,
    `project           ${facts.projectId}`,
    `token             ${facts.token}`,
    `forbidden token   ${facts.forbiddenToken}`,
    `access key        ${facts.ak} ${facts.sk}`,
    `security token    ${facts.securityToken}`,
    `IAM               ${facts.iamUrl}/v3/auth/tokens`,
    `user              ${facts.username} ${facts.password}, any domain, project ${facts.projectName}`,
    `provider states   ${facts.statesUrl}`,
    ...(fault === undefined ? [] : [`broken on purpose ${fault}`]),
  ];
  return `${lines.join('\n')}\n`;
}
