/** Bad options: the message says which, why, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
