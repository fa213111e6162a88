import { createHash, createHmac } from 'node:crypto';

/** Signing with AK/SK, as the neighbouring page on authentication has it. */

/** What an `Authorization` header of a signed request begins with. */
export const SIGNATURE_ALGORITHM = 'SDK-HMAC-SHA256';

/** What a signature covers of a request. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly path: string;
  /** Names in lower case; `x-sdk-date` is one of them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/**
 * The signature of a request: 64 hexadecimal digits.
 *
 * @param scope `<date>/<region>/<service>/sdk_request` in the older form, whose key is derived from it
 */
export function signatureOf(
  request: SignedRequest,
  signedHeaders: readonly string[],
  sk: string,
  scope?: string,
): string {
  const date = request.headers['x-sdk-date'] ?? '';
  const hash = canonicalHash(request, signedHeaders);
  if (scope === undefined) return hmac(sk, `${SIGNATURE_ALGORITHM}\n${date}\n${hash}`).toString('hex');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `SDK${sk}`);
  return hmac(key, `${SIGNATURE_ALGORITHM}\n${date}\n${scope}\n${hash}`).toString('hex');
}

/** What the signature is made from: the SHA-256 of the canonical request, in hexadecimal digits. */
export function canonicalHash(request: SignedRequest, signedHeaders: readonly string[]): string {
  return sha256(canonicalRequest(request, signedHeaders));
}

/** `YYYYMMDDTHHMMSSZ`, for `x-sdk-date`. */
export function signatureDate(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function canonicalRequest(
  { method, path, headers, body = new Uint8Array() }: SignedRequest,
  signedHeaders: readonly string[],
): string {
  const [, segments = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(path) ?? [];
  const uri = segments.split('/').map(decoded).map(encoded).join('/');
  return [
    method,
    uri.endsWith('/') ? uri : `${uri}/`,
    canonicalQuery(query),
    ...signedHeaders.map(name => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signedHeaders.join(';'),
    headers['x-sdk-content-sha256'] ?? sha256(body),
  ].join('\n');
}

function canonicalQuery(query: string): string {
  const pairs = query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair.replaceAll('+', ' ')) ?? [];
      return [decoded(name), decoded(value)] as const;
    });
  const sorted = pairs.sort(([name, value], [other, otherValue]) =>
    name === other ? order(value, otherValue) : order(name, other),
  );
  return sorted.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
}

function order(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** Percent-decoded once; one character a byte, so that bytes that are no UTF-8 survive. */
function decoded(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return bytes.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Bytes as `decoded` gives them, percent-encoded but for the unreserved ones. */
function encoded(bytes: string): string {
  return bytes.replaceAll(/[^A-Za-z0-9\-_.~]/g, byte => {
    const hex = byte.charCodeAt(0).toString(16).toUpperCase();
    return `%${hex.padStart(2, '0')}`;
  });
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
