import { createHash, timingSafeEqual } from 'node:crypto';
import { SIGNATURE_ALGORITHM, signatureOf } from '../page/signature.ts';

/** What requests may be signed with. */
export interface AccessKey {
  readonly ak: string;
  readonly sk: string;
  /** Makes a temporary key of it when it is sent, and signed as well. */
  readonly securityToken: string;
}

/** A request that claims to be signed. */
export interface ClaimedRequest {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | undefined;
}

const AUTHORIZATION = new RegExp(
  `^${SIGNATURE_ALGORITHM} +Access=([^, ]+), *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})$`,
);

const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** How far the date of a signed request may be from now. */
const MOST_SKEW_MS = 15 * 60 * 1000;

/** What stands in `x-sdk-content-sha256` of a request whose body is not signed. */
const UNSIGNED_BODY = 'UNSIGNED-PAYLOAD';

/** What is wrong with the signature of a request, in a sentence; `undefined` when it is good. */
export function signatureProblem(
  { method, url, headers, body = Buffer.alloc(0) }: ClaimedRequest,
  key: AccessKey,
  now: number = Date.now(),
): string | undefined {
  const sent = joined(headers);
  const [, ak, names = '', signature = ''] = AUTHORIZATION.exec(sent.authorization ?? '') ?? [];
  if (ak === undefined) return `Authorization is no ${SIGNATURE_ALGORITHM} signature`;
  if (ak !== key.ak) return 'the access key is not known';
  const token = sent['x-security-token'];
  if (token !== undefined && token !== key.securityToken) return 'X-Security-Token is not known';
  const signedHeaders = names.split(';');
  const mandatory = ['x-sdk-date', ...(token === undefined ? [] : ['x-security-token'])];
  const unsigned = mandatory.find(name => !signedHeaders.includes(name));
  if (unsigned !== undefined) return `${unsigned} is not signed`;
  const missing = signedHeaders.find(name => sent[name] === undefined);
  if (missing !== undefined) return `${missing} is signed, but not sent`;
  const skew = Math.abs(now - timeOf(sent['x-sdk-date'] ?? ''));
  if (!(skew <= MOST_SKEW_MS)) return 'X-Sdk-Date is not within 15 minutes of now';
  const hash = sent['x-sdk-content-sha256'];
  if (hash !== undefined && hash !== UNSIGNED_BODY && hash !== sha256(body)) {
    return 'X-Sdk-Content-Sha256 is not the hash of the body';
  }
  const expected = signatureOf({ method, path: url, headers: sent, body }, signedHeaders, key.sk);
  const isGood = timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
  return isGood ? undefined : 'the signature does not fit the request';
}

function joined(headers: ClaimedRequest['headers']): Readonly<Record<string, string>> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
  );
  return Object.fromEntries(pairs);
}

/** Milliseconds since 1970; `NaN` for what is no date. */
function timeOf(text: string): number {
  const match = DATE.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
