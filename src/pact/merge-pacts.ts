import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../page/formats.ts';
import { UsageError } from '../run/options.ts';
import { type PactDocument, withInteractions } from './pact-document.ts';

/**
 * The pacts with one for each consumer and provider: those that lie in several files are put together, as
 * Pact's own command does.
 *
 * @throws UsageError when two files say different things of the same interaction
 */
export function mergedPacts(pacts: readonly PactDocument[]): readonly PactDocument[] {
  const merged = new Map<string, PactDocument>();
  for (const pact of pacts) {
    const parties = JSON.stringify([pact.consumer, pact.provider]);
    const before = merged.get(parties);
    merged.set(parties, before === undefined ? pact : merge(before, pact));
  }
  return [...merged.values()];
}

function merge(pact: PactDocument, other: PactDocument): PactDocument {
  const added = other.interactions.filter(each => {
    const same = pact.interactions.find(one => interactionKey(one.content) === interactionKey(each.content));
    if (same !== undefined && !isDeepStrictEqual(same.content, each.content))
      throw new UsageError(
        `${pact.source} and ${other.source} have different interactions "${each.description}" in the same state.`,
      );
    return same === undefined;
  });
  return withInteractions(pact, [...pact.interactions, ...added]);
}

/** The interactions as they were read. */
export function rawInteractions({ content }: Pick<PactDocument, 'content'>): readonly unknown[] {
  return Array.isArray(content.interactions) ? content.interactions : [];
}

/** What tells an interaction from the others of its pact: its description and its states. */
export function interactionKey(interaction: unknown): string {
  const { description, providerStates, providerState } = isObject(interaction) ? interaction : {};
  return JSON.stringify([description, providerStates ?? providerState ?? []]);
}
