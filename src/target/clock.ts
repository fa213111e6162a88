import type { HttpResponse } from '../page/exchange.ts';
import type { Credentials } from './credentials.ts';

/** A signature is accepted within 15 minutes; less than this far off, the clock is not to blame. */
const TOLERANCE_MS = 5 * 60_000;

/** How far the clocks are apart by an answer's `Date`, where a signature may have been refused for it; else blank. */
export function clockInWords({ headers }: Pick<HttpResponse, 'headers'>, credentials: Credentials): string {
  if (!('ak' in credentials)) return '';
  const ahead = Date.now() - Date.parse(headers.date ?? '');
  if (Number.isNaN(ahead) || Math.abs(ahead) < TOLERANCE_MS) return '';
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  const direction = ahead > 0 ? 'ahead of' : 'behind';
  return `; the clock of this machine is ${minutes} minutes ${direction} the target’s, and a signature holds for 15 minutes`;
}
