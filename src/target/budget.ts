import { type Ledger, openLedger } from './ledger.ts';

/** No further request may be sent: `maxRequests` is used up. */
export class BudgetExhausted extends Error {
  override readonly name = 'BudgetExhausted';
}

/** Holds requests within a limit. */
export interface Budget {
  readonly sent: number;
  readonly remaining: number;
  /** @throws BudgetExhausted */
  take(fromReserve: boolean): void;
}

/** A budget of `maxRequests` requests, of which `reserved` (as many as it says at the time) are kept back. */
export function createBudget(
  maxRequests: number = Number.POSITIVE_INFINITY,
  reserved: () => number = () => 0,
  ledger: Ledger = openLedger(),
): Budget {
  const remaining = () => Math.max(0, maxRequests - ledger.sent - reserved());
  return {
    get sent() {
      return ledger.sent;
    },
    get remaining() {
      return remaining();
    },
    take(fromReserve) {
      if ((fromReserve ? maxRequests - ledger.sent : remaining()) <= 0) {
        throw new BudgetExhausted(`The limit of ${maxRequests} requests is used up.`);
      }
      ledger.sent += 1;
    },
  };
}
