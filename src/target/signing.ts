import { SIGNATURE_ALGORITHM, signatureDate, signatureOf } from '../page/signature.ts';
import type { WireRequest } from './connection.ts';

/** What requests are signed with. */
export interface SigningKeys {
  /** The id of the access key. */
  readonly ak: string;
  readonly sk: string;
  /** Comes with a temporary access key. */
  readonly securityToken?: string;
}

/** Headers that are signed when the request has them, in the order of the signature. */
const SIGNED_HEADERS = ['host', 'x-project-id', 'x-sdk-date', 'x-security-token'];

/** The request with the headers that sign it (SDK-HMAC-SHA256). */
export function signed(
  request: WireRequest,
  { ak, sk, securityToken }: SigningKeys,
  now: Date = new Date(),
): WireRequest {
  const headers: Readonly<Record<string, string>> = {
    'x-sdk-date': signatureDate(now),
    ...(securityToken === undefined ? {} : { 'x-security-token': securityToken }),
    ...request.headers,
  };
  const names = SIGNED_HEADERS.filter(name => headers[name] !== undefined);
  const signature = signatureOf({ ...request, headers }, names, sk);
  const authorization = `${SIGNATURE_ALGORITHM} Access=${ak}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...request, headers: { ...headers, authorization } };
}

/** The signature in the headers of a signed request. */
export function signatureIn(headers: Readonly<Record<string, string>>): string | undefined {
  return /\bSignature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')?.[1];
}
