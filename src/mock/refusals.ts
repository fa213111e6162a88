/** The documented ways in which the server says no. */

/** An error answer in the making: thrown by whatever finds a reason, answered in one place. */
export interface Refusal extends Error {
  readonly status: number;
  readonly code: string;
}

/** A refusal with its status, error code and error message. */
export function refusal(status: number, code: string, message: string): Refusal {
  return Object.assign(new Error(message), { status, code });
}

/** Whether what was thrown is a refusal. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'status' in error && 'code' in error && typeof error.status === 'number';
}

/** The error code of a status that has no code of its own in the error code table. */
export function codeOfStatus(status: number): string {
  return `FSS.${String(status).padStart(4, '0')}`;
}

/**
 * The refusal for anything that was thrown. Errors of the HTTP layer keep their 4xx; everything else is a
 * fault of this server.
 */
export function refusalOf(error: unknown): Refusal {
  if (isRefusal(error)) return error;
  const status = statusIn(error);
  if (status === undefined) return refusal(500, 'FSS.0500', 'Internal server error');
  const message = error instanceof Error && error.message !== '' ? error.message : 'Invalid request';
  return refusal(status, codeOfStatus(status), message);
}

function statusIn(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  const isClientError = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return isClientError ? statusCode : undefined;
}
