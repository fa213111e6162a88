import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../page/formats.ts';
import { BrokerError } from './broker.ts';
import type { BrokerClient, Resource } from './broker-client.ts';
import { brokerWords } from './broker-words.ts';
import { interactionKey, rawInteractions } from './merge-pacts.ts';
import type { PactDocument } from './pact-document.ts';

/**
 * That the broker holds another pact under the version: its own first sentence, how many interactions differ,
 * and the file in which its whole comparison stands.
 */
export async function conflictOver(
  pacts: readonly PactDocument[],
  version: string,
  client: BrokerClient,
  { message, answer }: BrokerError,
): Promise<BrokerError> {
  const body = answer?.body ?? {};
  const [words = message] = brokerWords(body).map(firstSentence);
  const counts: string[] = [];
  for (const pact of pacts) counts.push(...(await changesIn(pact, version, client)));
  const file = await comparisonFile(body);
  const where = file === undefined ? [] : [`the whole comparison is in ${file}`];
  return new BrokerError('conflict', `${[words, ...counts, ...where].join('; ')}.`, answer);
}

/** A version may hold periods; a sentence ends in one and a blank. */
function firstSentence(text: string): string {
  return text.split(/\.\s/)[0]?.replace(/\.$/, '') ?? text;
}

/** `1 of 49 interactions changed, 2 are new`; nothing when the broker does not show what it holds. */
async function changesIn(
  { consumer, provider, content }: PactDocument,
  version: string,
  client: BrokerClient,
): Promise<readonly string[]> {
  const path = ['pacts', 'provider', provider, 'consumer', consumer, 'version', version];
  const held = await client
    .get([client.baseUrl, ...path.map(encodeURIComponent)].join('/'))
    .catch(() => undefined);
  if (held === undefined) return [];
  const before = interactionsByKey(held);
  const now = interactionsByKey(content);
  const common = [...now].filter(([key]) => before.has(key));
  const changed = common.filter(([key, each]) => !isDeepStrictEqual(before.get(key), each)).length;
  const counted = [
    [changed, 'changed'],
    [now.size - common.length, 'new'],
    [before.size - common.length, 'gone'],
  ] as const;
  const told = counted.filter(([count]) => count > 0).map(([count, how]) => `${count} ${how}`);
  return told.length === 0 ? [] : [`of its ${before.size} interactions: ${told.join(', ')}`];
}

/** Without the ids that a broker gives them. */
function interactionsByKey(content: Resource): ReadonlyMap<string, unknown> {
  return new Map(
    rawInteractions({ content }).map(each => {
      const { _id, ...interaction } = isObject(each) ? each : {};
      return [interactionKey(each), interaction];
    }),
  );
}

/** What the broker says of the differences, which may be as long as the pact, in a file. */
async function comparisonFile({ notices }: Resource): Promise<string | undefined> {
  const texts = (Array.isArray(notices) ? notices : []).flatMap((notice: unknown) =>
    isObject(notice) && notice.type === 'info' && typeof notice.text === 'string' ? [notice.text] : [],
  );
  if (texts.length === 0) return undefined;
  const file = join(await mkdtemp(join(tmpdir(), 'fgs-conformance-conflict-')), 'comparison.diff');
  await writeFile(file, `${texts.join('\n')}\n`);
  return file;
}
