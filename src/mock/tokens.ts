import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a token is good. */
export const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;

/** Tokens of users who logged in. A token says itself until when it is good, so none has to be kept. */
export interface Tokens {
  /** Makes a token that is good for a day. */
  issue(now?: number): string;
  /** When a token ends, in milliseconds since 1970; `undefined` for one that is not good. */
  expiryOf(token: string, now?: number): number | undefined;
}

/** Tokens that only this server takes. */
export function createTokens(): Tokens {
  const secret = randomBytes(32);
  const seal = (content: string) => createHmac('sha256', secret).update(content).digest('hex');
  return {
    issue: (now = Date.now()) => {
      const content = `${(now + TOKEN_LIFE_MS).toString(36)}-${randomBytes(8).toString('hex')}`;
      return `${content}-${seal(content)}`;
    },
    expiryOf: (token, now = Date.now()) => {
      const [, content = '', expiry = '', given = ''] =
        /^(([0-9a-z]+)-[0-9a-f]{16})-([0-9a-f]{64})$/.exec(token) ?? [];
      if (content === '' || !timingSafeEqual(Buffer.from(seal(content)), Buffer.from(given)))
        return undefined;
      const end = Number.parseInt(expiry, 36);
      return now < end ? end : undefined;
    },
  };
}
