import type { ConnectionOptions } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { logIn } from './iam.ts';

/** A token that IAM issues anew. */
export interface RenewedToken {
  /** Answers whether there are other credentials by now than these, which were refused. */
  renew(refused: Credentials): Promise<boolean>;
  /** Notes credentials that were good. */
  accepted(credentials: Credentials): void;
}

/**
 * Has IAM issue another token in place of one that it issued, as often as one is refused that was good before:
 * requests that were refused at the same time wait for the same new one. A new one that is refused at once is not
 * refused for its age.
 *
 * @param use told of each new token
 */
export function renewing(
  given: Credentials,
  network: Omit<ConnectionOptions, 'origin'>,
  use: (token: string) => void,
): RenewedToken {
  if (!('token' in given) || given.account === undefined) {
    return { renew: async () => false, accepted: () => undefined };
  }
  const { account } = given;
  let current = given.token;
  let isWorthRenewing = true;
  let renewal: Promise<boolean> | undefined;
  const renew = async (): Promise<boolean> => {
    const login = await logIn(account, network);
    if (!login.ok) return false;
    current = login.token;
    isWorthRenewing = false;
    use(login.token);
    return true;
  };
  return {
    renew: async refused => {
      if (!('token' in refused)) return false;
      if (refused.token !== current) return true;
      if (!isWorthRenewing) return false;
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
    accepted: credentials => {
      if ('token' in credentials && credentials.token === current) isWorthRenewing = true;
    },
  };
}
