import { clauseById } from '../../page/catalogue.ts';
import type { Level } from '../../page/clause.ts';
import type { Hooks, Publication } from '../call.ts';
import type { JsonObject } from '../json-object.ts';

/** A way of being wrong. */
export interface Fault {
  readonly name: string;
  /** What the server does, in a sentence. */
  readonly title: string;
  /** Ids of the clauses that it breaks; the first is the one that it is about. */
  readonly breaks: readonly [string, ...string[]];
  /** The level of the first of them. */
  readonly level: Level;
  readonly hooks: Hooks;
}

/**
 * A fault, with the level of the clause that it is about.
 *
 * @throws an Error when the catalogue does not have a clause that it breaks
 */
export function fault(name: string, title: string, breaks: Fault['breaks'], hooks: Hooks): Fault {
  const unknown = breaks.find(id => clauseById(id) === undefined);
  const about = clauseById(breaks[0]);
  if (unknown !== undefined || about === undefined) {
    throw new Error(`The fault ${name} breaks ${unknown ?? breaks[0]}, which is no clause of the page.`);
  }
  return { name, title, breaks, level: about.level, hooks };
}

/** A fault of what a published version reports. */
export function reporting(
  name: string,
  title: string,
  breaks: Fault['breaks'],
  version: (version: JsonObject, publication: Publication) => JsonObject,
): Fault {
  return fault(name, title, breaks, { version });
}
