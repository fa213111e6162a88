/** Bad options: the message says which, why, and what to do. */
export class UsageError extends TypeError {
  override readonly name = 'UsageError';
}
