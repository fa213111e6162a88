import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { redactorOf } from '../target/index.ts';
import { type Broker, BrokerError, secretsOf } from './broker.ts';

/** What the Pact CLI printed, without secrets, and how it ended. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How often the Pact CLI repeats a request that a broker could not answer, when the environment does not say. */
const RETRIES = '2';

/**
 * Runs `pact broker <args>` of the Pact CLI. Address and credentials go through the environment, where no
 * process list shows them.
 *
 * @throws BrokerError when the Pact CLI is not installed for this platform
 */
export async function runPactCli(broker: Broker, args: readonly string[]): Promise<CliResult> {
  const child = spawn(process.execPath, [cliPath(), ...args], {
    env: environmentFor(broker),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const redact = redactorOf(secretsOf(broker));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    output.stderr += chunk;
  });
  const [code] = await once(child, 'close');
  const { stdout, stderr } = output;
  return { code: typeof code === 'number' ? code : 1, stdout: redact(stdout), stderr: redact(stderr) };
}

/** The script that finds the binary of this platform, an ordinary package beside it. */
function cliPath(): string {
  try {
    return createRequire(import.meta.url).resolve('@pact-foundation/pact-cli/bin/pact-broker.js');
  } catch {
    throw new BrokerError('failed', 'The Pact CLI is missing: install @pact-foundation/pact-cli.');
  }
}

function environmentFor({ baseUrl, token, username, password }: Broker): NodeJS.ProcessEnv {
  const { PACT_BROKER_TOKEN, PACT_BROKER_USERNAME, PACT_BROKER_PASSWORD, ...env } = process.env;
  return {
    PACT_BROKER_HTTP_RETRIES: RETRIES,
    ...env,
    PACT_DO_NOT_TRACK: 'true',
    NO_COLOR: '1',
    PACT_BROKER_BASE_URL: baseUrl,
    ...(token === undefined ? {} : { PACT_BROKER_TOKEN: token }),
    ...(username === undefined ? {} : { PACT_BROKER_USERNAME: username }),
    ...(password === undefined ? {} : { PACT_BROKER_PASSWORD: password }),
  };
}

/** What went wrong, in a sentence, from what the Pact CLI printed. */
export function troubleIn({ stdout, stderr }: CliResult, { baseUrl }: Broker): BrokerError {
  const text = `${stdout}\n${stderr}`;
  const status = /failed: (\d{3}) /.exec(text)?.[1];
  if (status === '401' || status === '403')
    return new BrokerError('refused', `The broker at ${baseUrl} refused the credentials (${status}).`);
  if (text.includes('error sending request') || text.includes('timed out'))
    return new BrokerError('not reachable', `The broker at ${baseUrl} is not reachable.`);
  const words = text
    .split('\n')
    .map(line => line.replace(/^[^\p{L}\p{N}]+/u, '').trim())
    .filter(line => line !== '' && !line.startsWith('Attempting to publish'));
  if (text.includes('Pact publication failed')) {
    const told = [...new Set(words.filter(line => !/^(?:Pact publication failed:|Details:)$/.test(line)))];
    return new BrokerError('conflict', `The broker did not take the pact: ${told.join(' ')}`);
  }
  return new BrokerError('failed', `The Pact CLI failed at ${baseUrl}: ${words.join(' ')}`);
}
