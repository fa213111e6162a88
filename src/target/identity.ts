import { type Redaction, redactionFor, redactionOf } from './capture.ts';
import type { WireRequest } from './connection.ts';
import { type Credentials, checkCredentials, secretsOf } from './credentials.ts';
import { proxySecrets } from './proxies.ts';

/** Who the suite is to the target. Credentials are renewed, or become known later; earlier ones stay secret. */
export interface Identity {
  readonly credentials: Credentials;
  /** Keeps all secrets out of what is captured of a request. */
  redactionOf(request: WireRequest): Redaction;
  /** Keeps all secrets out of a text. */
  readonly redacted: (text: string) => string;
  /** @throws Error when they cannot be used */
  change(credentials: Credentials): void;
}

/** @throws Error when the credentials cannot be used */
export function createIdentity(given: Credentials): Identity {
  checkCredentials(given);
  let credentials = given;
  let secrets = [...secretsOf(given), ...proxySecrets()];
  let usual = redactionOf(secrets);
  return {
    get credentials() {
      return credentials;
    },
    redactionOf: request => redactionFor(request, secrets, usual),
    redacted: text => usual.text(text),
    change(changed) {
      checkCredentials(changed);
      credentials = changed;
      secrets = [...secretsOf(changed), ...secrets];
      usual = redactionOf(secrets);
    },
  };
}
