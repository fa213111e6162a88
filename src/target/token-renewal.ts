import type { ConnectionOptions } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { logIn } from './iam.ts';

/** Answers whether there are other credentials by now than these, which were refused. */
export type RenewToken = (refused: Credentials) => Promise<boolean>;

/**
 * Has IAM issue another token in place of the first one that it issued, once. Requests that were refused at
 * the same time wait for the same one; when that is refused too, it is not for its age.
 *
 * @param use told of the new token
 */
export function renewingOnce(
  given: Credentials,
  network: Omit<ConnectionOptions, 'origin'>,
  use: (token: string) => void,
): RenewToken {
  if (!('token' in given) || given.account === undefined) return async () => false;
  const { token: first, account } = given;
  let renewal: Promise<boolean> | undefined;
  const renew = async (): Promise<boolean> => {
    const login = await logIn(account, network);
    if (login.ok) use(login.token);
    return login.ok;
  };
  return async refused => {
    if (!('token' in refused) || refused.token !== first) return false;
    renewal ??= renew();
    return renewal;
  };
}
