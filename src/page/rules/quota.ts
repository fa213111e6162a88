import type { JsonReading } from '../publish-request-view.ts';
import { bodyOf } from './request-faults.ts';

/** Codes of an account's limits: too many functions, too many versions. */
const CODES = /^F[SG]S\.(?:1041|1042)$/;

/** Words of a limit, beside what is counted: "the number of versions exceeds the maximum". */
const LIMIT =
  /\b(?:too many|limit(?:s|ed)?|maximum|max\.?|exceed(?:s|ed)?|at most|no more than|upper limit)\b/i;
const COUNTED = /\b(?:versions|functions|instances|aliases)\b/i;

/**
 * Whether a refusal names a quota. That is the account's limit, not the operation's: what was to be learnt is
 * not exercised. Only a 4xx may say so.
 */
export function namesQuota({
  status,
  json,
}: {
  readonly status: number;
  readonly json: JsonReading;
}): boolean {
  if (status < 400 || status >= 500) return false;
  const { error_code: code, error_msg: words } = bodyOf({ json });
  if (typeof code === 'string' && CODES.test(code)) return true;
  if (typeof words !== 'string') return false;
  const beginning = words.slice(0, 1000);
  return /\bquotas?\b/i.test(beginning) || (LIMIT.test(beginning) && COUNTED.test(beginning));
}
