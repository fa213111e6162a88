/** Records an interaction in a pact, by letting the consumer go through it against Pact's mock server. */

import { PactV4, SpecificationVersion } from '@pact-foundation/pact';
import { request as send } from 'undici';
import type { PactNaming } from '../src/pact/naming.ts';
import { isObject } from '../src/page/formats.ts';
import type { PublishRequest } from '../src/page/tables/publish-request.ts';
import { createClient, functionPath, type PublishResult } from '../src/target/index.ts';
import { expectedError, expectedVersion, JSON_TYPE } from './expectations.ts';
import {
  CONSUMER_TOKEN,
  type ConsumerRequest,
  FORBIDDEN_TOKEN,
  FUNCTION_URN,
  type Interaction,
  PROJECT_ID,
} from './interaction.ts';
import { fromState, regex, stateValue } from './matchers.ts';

/** What the consumer was answered with; by the typed client, but for the one request that it cannot send. */
export type ConsumerResult = PublishResult | { readonly status: number; readonly error: unknown };

/** Attempts at recording an interaction whose request arrived, but was counted too late. */
const MOST_ATTEMPTS = 10;

/**
 * Lets the consumer go through the interaction, and adds it to the pact file.
 *
 * @throws Error when the consumer sends another request than the interaction has
 */
export async function record(interaction: Interaction, naming: PactNaming): Promise<ConsumerResult> {
  for (let attempt = 1; ; attempt++) {
    let answered: ConsumerResult | undefined;
    try {
      await execute(interaction, naming, async endpoint => {
        answered = await publish(endpoint, interaction.request);
      });
      if (answered === undefined) throw new Error('The consumer got no answer.');
      return answered;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isCountedLate(error, answered, interaction)) throw error;
    }
  }
}

/**
 * Whether Pact's mock server answered as expected, which it does for the expected request only, and said
 * afterwards that it got none: it counts beside answering, and on a busy machine it is asked before it counted.
 */
function isCountedLate(
  error: unknown,
  answered: ConsumerResult | undefined,
  { response }: Interaction,
): boolean {
  const expected: readonly unknown[] = [response.status].flat();
  if (!expected.includes(answered?.status) || !(error instanceof Error)) return false;
  return error.message.includes('expected but not received') && !error.message.includes('was incorrect');
}

async function execute(
  { description, states, request, response, pending }: Interaction,
  { dir, consumer, provider }: PactNaming,
  consume: (endpoint: string) => Promise<void>,
): Promise<void> {
  const pact = new PactV4({
    dir,
    consumer,
    provider,
    logLevel: 'error',
    spec: SpecificationVersion.SPECIFICATION_VERSION_V4,
  });
  const begun = pact.addInteraction();
  for (const { name, params } of states) begun.given(name, atTheEdge(params));
  begun.uponReceiving(description);
  if (pending !== undefined) begun.pending(true).comment(`pending: ${pending}`);
  await begun
    .withRequest('POST', atTheEdge(pathOf(request)), to => {
      const token = tokenOf(request);
      if (token !== undefined) to.headers({ 'X-Auth-Token': atTheEdge(token) });
      to.jsonBody(JSON.stringify(request.body));
    })
    .willRespondWith(atTheEdge(statusOf(response)), to => {
      to.headers({ 'Content-Type': atTheEdge(JSON_TYPE) });
      to.jsonBody(response.status === 200 ? expectedVersion(request, response) : expectedError(response));
    })
    .executeTest(mock => consume(mock.url));
}

/** Pact's types know no matcher that has a generator, or several rules; its core does. */
function atTheEdge(value: unknown): never {
  return value as never;
}

function pathOf({ projectId, functionUrn }: ConsumerRequest): unknown {
  const example = functionPath(projectId ?? PROJECT_ID, functionUrn ?? FUNCTION_URN, 'versions');
  const project = projectId ?? stateValue('project_id');
  const urn = functionUrn ?? stateValue('function_urn');
  return fromState(`/v2/${project}/fgs/functions/${urn}/versions`, example);
}

/** A verifier puts the provider's token in place of the consumer's; a wrong one stays as it is. */
function tokenOf({ token = CONSUMER_TOKEN }: ConsumerRequest): unknown {
  if (token === null) return undefined;
  if (token === FORBIDDEN_TOKEN) return fromState(stateValue('token'), token);
  return token === CONSUMER_TOKEN ? regex('^[!-~]+$', token) : token;
}

function statusOf({ status }: Interaction['response']): unknown {
  if (status === 200 || status.length === 1) return [status].flat()[0];
  return { 'pact:matcher:type': 'statusCode', status, value: status[0] };
}

async function publish(endpoint: string, request: ConsumerRequest): Promise<ConsumerResult> {
  const { token = CONSUMER_TOKEN, projectId = PROJECT_ID, functionUrn = FUNCTION_URN, body } = request;
  if (token === null) return publishWithoutToken(endpoint, body);
  const client = createClient({ endpoint, projectId, token });
  try {
    // What the type rules out, a caller in JavaScript sends all the same.
    return await client.publishVersion(functionUrn, body as PublishRequest);
  } finally {
    await client.close();
  }
}

/** The client does not go without a token, so this request is sent without it. */
async function publishWithoutToken(endpoint: string, body: unknown): Promise<ConsumerResult> {
  const answer = await send(`${endpoint}${functionPath(PROJECT_ID, FUNCTION_URN, 'versions')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const error: unknown = await answer.body.json();
  if (!isObject(error)) throw new Error('The answer is no JSON object.');
  return { status: answer.statusCode, error };
}
