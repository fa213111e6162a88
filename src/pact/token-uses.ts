import type { PactDocument } from './pact-document.ts';

/** What stands for a token of a pact on the wire. `as it is`: a token that the target must not know. */
export type TokenUse = 'valid' | 'forbidden' | 'missing' | 'as it is';

const UNAUTHENTICATED = 401;
const FORBIDDEN = 403;

/**
 * What the tokens that stand in pacts mean. No pact holds a real one, so they are told apart by what is
 * expected: a token that is always answered with 401 is wrong and stays as it is, one that is always answered
 * with 403 has no permission, and any other stands for valid credentials.
 */
export function tokenUses(pacts: readonly PactDocument[]): Readonly<Record<string, TokenUse>> {
  const statuses = new Map<string, Set<number | undefined>>();
  for (const { token, status } of pacts.flatMap(pact => pact.interactions)) {
    if (token !== undefined) statuses.set(token, (statuses.get(token) ?? new Set()).add(status));
  }
  return Object.fromEntries([...statuses].map(([token, expected]) => [token, useFor([...expected])]));
}

function useFor([status, ...others]: readonly (number | undefined)[]): TokenUse {
  if (others.length > 0) return 'valid';
  if (status === UNAUTHENTICATED) return 'as it is';
  return status === FORBIDDEN ? 'forbidden' : 'valid';
}
