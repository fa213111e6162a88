import { faults, type MockOptions, startMock } from '../mock/index.ts';
import { UsageError } from '../run/usage-error.ts';
import { readInputFile } from './input-file.ts';

/** The options of `mock` as the command line gives them. */
export interface MockCommandOptions extends Omit<MockOptions, 'functions'> {
  readonly format: 'text' | 'json';
  /** A file that holds them. */
  readonly functions?: string;
}

/** Starts the reference server and says what it listens on, until SIGINT or SIGTERM. */
export async function mockCommand({
  format,
  functions: file,
  ...options
}: MockCommandOptions): Promise<void> {
  if (options.fault === 'list') {
    for (const { name, title } of faults) process.stdout.write(`${name.padEnd(56)} ${title}\n`);
    return;
  }
  const functions = file === undefined ? [] : await readFunctions(file);
  const mock = await startMock({ ...options, functions });
  const stop = (): void => void mock.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { url, projectId, token, forbiddenToken, statesUrl, accessKey, login, functionUrns } = mock;
  const facts = { url, projectId, token, forbiddenToken, statesUrl, ...accessKey, ...login };
  if (format === 'json') process.stdout.write(`${JSON.stringify({ ...facts, functionUrns })}\n`);
  else process.stdout.write(listeningInWords(facts, functionUrns, options.fault));
}

async function readFunctions(file: string): Promise<NonNullable<MockOptions['functions']>> {
  const functions = arrayIn(await readInputFile(file, `--functions ${file}`));
  if (functions === undefined) {
    throw new UsageError(
      `--functions ${file} is not a JSON array of functions, such as [{"func_name": "hello"}].`,
    );
  }
  // What is in it is checked as functions are made of it.
  return functions as NonNullable<MockOptions['functions']>;
}

function arrayIn(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function listeningInWords(
  facts: Readonly<Record<string, string>>,
  functionUrns: readonly string[],
  fault: string | undefined,
): string {
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
    ...functionUrns.map(urn => `function          ${urn}`),
    ...(fault === undefined ? [] : [`broken on purpose ${fault}`]),
  ];
  return `${lines.join('\n')}\n`;
}
