import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../page/formats.ts';
import { UsageError } from '../run/options.ts';
import { fileTrouble } from '../words/file-trouble.ts';
import { placeOfMistake } from '../words/json-mistake.ts';

/** A provider state of an interaction. */
export interface PactState {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What verifying needs to know of an interaction; the verifier reads the rest itself. */
export interface PactInteraction {
  /** By which a broker knows it. */
  readonly id: string | undefined;
  readonly description: string;
  readonly states: readonly PactState[];
  readonly isPending: boolean;
  /** The status of the answer that is expected. */
  readonly status: number | undefined;
  /** The X-Auth-Token of the request. */
  readonly token: string | undefined;
  /** Messages have no request that could be sent to a provider. */
  readonly isMessage: boolean;
  /** As it was read. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** A pact, read. */
export interface PactDocument {
  /** A file or a URL. */
  readonly source: string;
  readonly consumer: string;
  readonly provider: string;
  readonly interactions: readonly PactInteraction[];
  readonly content: Readonly<Record<string, unknown>>;
  /** As it was read: parsed, 1.0 is 1. */
  readonly text: string;
}

/**
 * The pacts in a folder, or the one in a file.
 *
 * @throws UsageError when there is none, or one cannot be read
 */
export async function readPacts(path: string): Promise<readonly PactDocument[]> {
  const files = await pactFilesAt(path);
  if (files.length === 0)
    throw new UsageError(`There is no pact in ${path}: "fgs-conformance pact generate" writes one.`);
  return Promise.all(files.map(readPact));
}

async function pactFilesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new UsageError(`There is no ${path}: "fgs-conformance pact generate" writes pacts.`);
  if (!found.isDirectory()) return [path];
  const names = await readdir(path);
  return names
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => join(path, name));
}

async function readPact(file: string): Promise<PactDocument> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${fileTrouble(error)}.`);
  });
  return pactIn(text, file);
}

/**
 * Reads a pact at the door.
 *
 * @throws UsageError when the text is none
 */
export function pactIn(text: string, source: string): PactDocument {
  const value = parsed(text, source);
  if (!isObject(value) || (!Array.isArray(value.interactions) && !Array.isArray(value.messages)))
    throw new UsageError(`${source} is no pact: it has no interactions.`);
  const { consumer, provider } = value;
  return {
    source,
    consumer: nameIn(consumer, source),
    provider: nameIn(provider, source),
    interactions: [
      ...listIn(value.interactions).map(each => interactionIn(each, source)),
      ...listIn(value.messages).map(each => ({ ...interactionIn(each, source), isMessage: true })),
    ],
    content: value,
    text,
  };
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the text, which may hold secrets.
    throw new UsageError(`${source} is no pact: it is no JSON, ${placeOfMistake(text)}.`);
  }
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameIn(party: unknown, source: string): string {
  if (isObject(party) && typeof party.name === 'string' && party.name.trim() !== '') return party.name;
  throw new UsageError(`${source} is no pact: it does not name a consumer and a provider.`);
}

function interactionIn(value: unknown, source: string): PactInteraction {
  if (!isObject(value) || typeof value.description !== 'string')
    throw new UsageError(`${source} is no pact: it has an interaction without a description.`);
  const { description, pending, response, request, type, _id: id } = value;
  return {
    id: typeof id === 'string' ? id : undefined,
    description,
    states: statesOf(value),
    isPending: pending === true,
    status: isObject(response) && typeof response.status === 'number' ? response.status : undefined,
    token: tokenOf(request),
    // Only specification V4 says what an interaction is.
    isMessage: typeof type === 'string' && type !== 'Synchronous/HTTP',
    content: value,
  };
}

/** The states as specification V3 and V4 have them, or the one of V2. */
function statesOf({ providerStates, providerState }: Record<string, unknown>): readonly PactState[] {
  if (typeof providerState === 'string') return [{ name: providerState, params: {} }];
  if (!Array.isArray(providerStates)) return [];
  return providerStates.flatMap((state: unknown): PactState[] => {
    if (!isObject(state) || typeof state.name !== 'string') return [];
    return [{ name: state.name, params: isObject(state.params) ? state.params : {} }];
  });
}

function tokenOf(request: unknown): string | undefined {
  if (!isObject(request) || !isObject(request.headers)) return undefined;
  const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-auth-token');
  const value: unknown = Array.isArray(header?.[1]) ? header[1][0] : header?.[1];
  return typeof value === 'string' ? value : undefined;
}

/** The pact with these interactions in place of its own. */
export function withInteractions(pact: PactDocument, interactions: readonly PactInteraction[]): PactDocument {
  const isSame = interactions.every((each, index) => each === pact.interactions[index]);
  if (isSame && interactions.length === pact.interactions.length) return pact;
  const { messages: _, ...rest } = pact.content;
  const content = { ...rest, interactions: interactions.map(each => each.content) };
  return { ...pact, interactions, content, text: JSON.stringify(content) };
}
