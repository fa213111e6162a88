import { faults, type MockOptions, type MockServer, startMock } from '../mock/index.ts';
import { UsageError } from '../run/usage-error.ts';
import { readInputFile } from './input-file.ts';
import { readReport } from './read-report.ts';
import { readResources } from './read-resources.ts';

/** The options of `mock` as the command line gives them. */
export interface MockCommandOptions extends Omit<MockOptions, 'functions' | 'like' | 'resources'> {
  readonly format: 'text' | 'json';
  /** A file that holds them. */
  readonly functions?: string;
  /** A report.json. */
  readonly like?: string;
  /** A file. */
  readonly resources?: string;
}

/** Starts the reference server and says what it listens on, until SIGINT or SIGTERM. */
export async function mockCommand({
  format,
  functions: functionsFile,
  like: reportFile,
  resources: resourcesFile,
  ...options
}: MockCommandOptions): Promise<void> {
  if (options.fault === 'list') {
    for (const { name, title } of faults) process.stdout.write(`${name.padEnd(56)} ${title}\n`);
    return;
  }
  const functions = functionsFile === undefined ? [] : await readFunctions(functionsFile);
  const like = reportFile === undefined ? {} : { like: await readChoices(reportFile) };
  const resources = resourcesFile === undefined ? {} : { resources: await readResources(resourcesFile) };
  const mock = await startMock({ ...options, ...like, ...resources, functions });
  const stop = (): void => void mock.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(
    format === 'json' ? `${JSON.stringify(factsOf(mock))}\n` : await inWords(mock, options.fault),
  );
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

/** What the target of a report chose. */
async function readChoices(file: string): Promise<NonNullable<MockOptions['like']>> {
  const { choices = [] } = await readReport(file);
  if (choices.some(({ answers }) => answers.length > 0)) return { choices };
  throw new UsageError(
    `--like ${file} holds no choices: it takes the report.json of a run, a judgement or a proxy that saw a target answer.`,
  );
}

/** Where it listens and what it accepts, for programs. */
function factsOf({ accessKey, login, ...mock }: MockServer): object {
  const { url, projectId, token, forbiddenToken, statesUrl, functionUrns, likeness } = mock;
  const accepted = { projectId, token, forbiddenToken, statesUrl, ...accessKey, ...login };
  return { url, ...accepted, functionUrns, ...(likeness === undefined ? {} : { likeness }) };
}

/** The same for people. */
async function inWords(mock: MockServer, fault: string | undefined): Promise<string> {
  const { accessKey, login, likeness } = mock;
  const lines = [
    `listening on      ${mock.url}`,
    `project           ${mock.projectId}`,
    `token             ${mock.token}`,
    `forbidden token   ${mock.forbiddenToken}`,
    `access key        ${accessKey.ak} ${accessKey.sk}`,
    `security token    ${accessKey.securityToken}`,
    `IAM               ${login.iamUrl}/v3/auth/tokens`,
    `user              ${login.username} ${login.password}, any domain, project ${login.projectName}`,
    `provider states   ${mock.statesUrl}`,
    ...mock.functionUrns.map(urn => `function          ${urn}`),
    ...(likeness === undefined ? [] : await likenessInWords(likeness)),
    ...(fault === undefined ? [] : [`broken on purpose ${fault}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** How it is like the target of a report. */
async function likenessInWords({
  answers,
  notImitated,
}: NonNullable<MockServer['likeness']>): Promise<readonly string[]> {
  const { printable } = await import('../report/index.ts');
  const others = notImitated.map(({ choice, answer, reason }) =>
    printable(`${choice} "${answer}" (${reason})`),
  );
  return [
    `like the target   in ${Object.keys(answers).length} choices`,
    ...(others.length === 0 ? [] : [`not imitated      ${others.join('; ')}`]),
  ];
}
