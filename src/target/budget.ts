/** No further request may be sent: `maxRequests` is used up. */
export class BudgetExhausted extends Error {
  override readonly name = 'BudgetExhausted';
}

/** Counts requests against a limit, a part of which is kept back. */
export interface Budget {
  readonly sent: number;
  readonly remaining: number;
  /** @throws BudgetExhausted */
  take(fromReserve: boolean): void;
}

/** A budget of `maxRequests` requests, of which `reserved` are only given out from the reserve. */
export function createBudget(maxRequests = Number.POSITIVE_INFINITY, reserved = 0): Budget {
  let sent = 0;
  let ordinary = 0;
  const remaining = () => Math.max(0, Math.min(maxRequests - reserved - ordinary, maxRequests - sent));
  return {
    get sent() {
      return sent;
    },
    get remaining() {
      return remaining();
    },
    take(fromReserve) {
      if ((fromReserve ? maxRequests - sent : remaining()) <= 0) {
        throw new BudgetExhausted(`The limit of ${maxRequests} requests is used up.`);
      }
      sent += 1;
      if (!fromReserve) ordinary += 1;
    },
  };
}
