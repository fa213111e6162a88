import type { Exchange } from '../page/exchange.ts';
import { clockInWords } from './clock.ts';
import type { Credentials } from './credentials.ts';

/** Tells credentials that are no longer accepted from a target that refuses single requests wrongly. */
export interface Acceptance {
  /** Why nothing more is sent, in a sentence; `undefined` while the credentials are accepted. */
  readonly end: string | undefined;
  /** Notes the answer to a request with good credentials; one that refuses them is followed by a look at others. */
  note(exchange: Exchange): Promise<void>;
}

const UNAUTHORIZED = 401;

/** A target that does not know an operation says so whatever the credentials. */
const UNKNOWN_OPERATION: ReadonlySet<number> = new Set([404, 405, 501]);

/** A target that refuses requests wrongly is not looked at for ever. */
const MOST_LOOKS = 5;

/** Requests that the target answers otherwise than with 401 as long as it accepts the credentials. */
export interface Touchstones {
  /** Publishes nothing; `undefined` when it could not be sent. */
  readonly publish: () => Promise<Exchange | undefined>;
  readonly list: () => Promise<Exchange | undefined>;
  /** Requests sent so far. */
  readonly sent: () => number;
}

export function watchAcceptance(credentials: Credentials, { publish, list, sent }: Touchstones): Acceptance {
  let acceptedUntil: number | undefined;
  let looks = 0;
  let looking: Promise<void> | undefined;
  let end: string | undefined;

  const look = async (): Promise<void> => {
    looks++;
    const published = (await publish())?.response;
    if (published?.status !== UNAUTHORIZED) return;
    const listed = (await list())?.response?.status ?? 0;
    if (listed !== UNAUTHORIZED && !UNKNOWN_OPERATION.has(listed)) return;
    const why = clockInWords(published, credentials) || ': have they expired?';
    end = `the credentials were accepted until request ${acceptedUntil}, and are refused since then${why}`;
  };

  return {
    get end() {
      return end;
    },
    async note({ response }) {
      if (response === undefined) return;
      if (response.status !== UNAUTHORIZED) {
        if (response.status < 500) acceptedUntil = sent();
        return;
      }
      if (acceptedUntil === undefined || end !== undefined || looks >= MOST_LOOKS) return;
      looking ??= look().finally(() => {
        looking = undefined;
      });
      await looking;
    },
  };
}
