/** A first look at all items of a recording: what is there, and where, without keeping any of it. */

import { createdFunctionKeyOf, functionKeyOf } from '../judge/function-key.ts';
import { effectOf, type Interval } from '../judge/overlap.ts';
import type { Exchange } from '../page/exchange.ts';
import type { BodiesBeside } from './bodies-beside.ts';
import { cookiesOf, harExchange, hasCredentials, headOf, timesOf } from './har.ts';
import { isHarEntry, placeOf, type RecordedItem } from './items.ts';
import { readExchange, timesOfExchange } from './json-exchanges.ts';
import { concernOf } from './recording.ts';
import {
  cookieSecrets,
  createSecretKeeper,
  issuesCredentials,
  type SecretKeeper,
  secretsIn,
} from './secrets.ts';

/** Where an exchange of this API stands, and when it was under way; without times both are NaN. */
export interface Found extends Interval, Omit<RecordedItem, 'value'> {}

export function isTimed({ startedAt }: Found): boolean {
  return !Number.isNaN(startedAt);
}

/** What was found. */
export interface Surveyed {
  /** In the order in which they began; in that of the file when one of them does not say when. */
  readonly found: readonly Found[];
  /** Scheme, host and port of the requests, no more than two. */
  readonly origins: ReadonlySet<string>;
  readonly foreign: number;
  /** Of operations that are not judged, and change nothing. */
  readonly unjudged: number;
  readonly broken: number;
  readonly firstMistake: { readonly message: string; readonly isHarEntry: boolean } | undefined;
  /** Whether no request has credentials, so that a recorder may have left them out. */
  readonly areStripped: boolean;
}

export interface Survey {
  readonly secrets: SecretKeeper;
  look(item: RecordedItem): Promise<void>;
  end(): Surveyed;
}

const UNTIMED = { startedAt: Number.NaN, endedAt: Number.NaN };

export function createSurvey(beside: BodiesBeside): Survey {
  const secrets = createSecretKeeper();
  const found: Found[] = [];
  const origins = new Set<string>();
  const names = new Map<string, string>();
  let foreign = 0;
  let unjudged = 0;
  let broken = 0;
  let firstMistake: Surveyed['firstMistake'];
  let areStripped = true;

  /** Thousands of exchanges are on one function: its name is kept once. */
  const named = (key: string | undefined): string | undefined => {
    if (key === undefined) return undefined;
    const kept = names.get(key) ?? key;
    names.set(kept, kept);
    return kept;
  };

  const keep = (item: RecordedItem, exchange: Exchange, times = UNTIMED): void => {
    const { list, index, at, length } = item;
    const { request } = exchange;
    const key = functionKeyOf(request) ?? createdFunctionKeyOf(exchange);
    found.push({
      list: named(list) ?? '',
      index,
      at,
      length,
      ...times,
      key: named(key),
      effect: effectOf(request),
    });
    if (hasCredentials(exchange)) areStripped = false;
    if (origins.size < 2 && URL.canParse(request.url)) origins.add(new URL(request.url).origin);
  };

  const lookAtEntry = async (item: RecordedItem): Promise<void> => {
    const entry = { value: item.value, place: placeOf(item) };
    const head = headOf(entry);
    secrets.remember([...secretsIn(head), ...cookieSecrets(cookiesOf(entry))]);
    const concern = concernOf(head.request);
    if (concern === 'unjudged') {
      unjudged++;
      return;
    }
    const isForeign = concern === 'foreign';
    if (isForeign) foreign++;
    if (isForeign && !issuesCredentials(head.request)) return;
    // Bodies are only looked into where they tell what the exchange is about, or hold credentials.
    const isNamed = functionKeyOf(head.request) !== undefined;
    const exchange = isNamed ? head : (await harExchange(entry, beside)).exchange;
    if (isForeign) secrets.remember(secretsIn(exchange));
    else keep(item, exchange, timesOf(entry));
  };

  const lookAtExchange = (item: RecordedItem): void => {
    const unread = { value: item.value, place: placeOf(item) };
    const exchange = readExchange(unread);
    secrets.remember(secretsIn(exchange));
    const concern = concernOf(exchange.request);
    if (concern === 'foreign') foreign++;
    else if (concern === 'unjudged') unjudged++;
    else keep(item, exchange, timesOfExchange(unread));
  };

  return {
    secrets,
    async look(item) {
      try {
        await (isHarEntry(item) ? lookAtEntry(item) : lookAtExchange(item));
      } catch (error) {
        broken++;
        const message = error instanceof Error ? error.message : String(error);
        firstMistake ??= { message, isHarEntry: isHarEntry(item) };
      }
    },
    end() {
      if (found.every(isTimed)) found.sort((left, right) => left.startedAt - right.startedAt);
      return { found, origins, foreign, unjudged, broken, firstMistake, areStripped };
    },
  };
}
