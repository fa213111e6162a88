import { createHash, timingSafeEqual } from 'node:crypto';
import { canonicalHash, SIGNATURE_ALGORITHM, signatureDate, signatureOf } from '../page/signature.ts';
import { joinedHeaders } from './joined-headers.ts';

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

/** `Access=<AK>`, or in the older form `Credential=<AK>/<date>/<region>/<service>/sdk_request`. */
const KEY = '(?:Access=(?<access>[^, ]+)|Credential=(?<credential>[^,/ ]+)/(?<scope>[^, ]*/sdk_request))';

const AUTHORIZATION = new RegExp(
  `^${SIGNATURE_ALGORITHM} +${KEY}, *SignedHeaders=(?<names>[a-z0-9;_-]+), *Signature=(?<signature>[0-9a-f]{64})$`,
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
  const sent = joinedHeaders(headers);
  const claimed = AUTHORIZATION.exec(sent.authorization ?? '')?.groups;
  if (claimed === undefined) return `Authorization is no ${SIGNATURE_ALGORITHM} signature`;
  const { access, credential, scope, names = '', signature = '' } = claimed;
  if ((access ?? credential) !== key.ak) return 'the access key is not known';
  const signedHeaders = names.split(';');
  const problem =
    headersProblem(sent, signedHeaders, key) ?? dateProblem(sent, scope, now) ?? bodyProblem(sent, body);
  if (problem !== undefined) return problem;
  const request = { method, path: url, headers: sent, body };
  const expected = signatureOf(request, signedHeaders, key.sk, scope);
  if (timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return undefined;
  return [
    'the signature does not fit the request',
    `the canonical request that this server made has the SHA-256 ${canonicalHash(request, signedHeaders)}`,
    `the signed headers are ${names}`,
    clocks(sent, now),
  ].join('; ');
}

type Headers = Readonly<Record<string, string>>;

/** Looks at what is signed: the date and a token have to be, and what is signed has to be sent. */
function headersProblem(sent: Headers, signed: readonly string[], key: AccessKey): string | undefined {
  const token = sent['x-security-token'];
  if (token !== undefined && token !== key.securityToken) return 'X-Security-Token is not known';
  const mandatory = ['x-sdk-date', ...(token === undefined ? [] : ['x-security-token'])];
  const unsigned = mandatory.find(name => !signed.includes(name));
  if (unsigned !== undefined) return `${unsigned} is not signed`;
  const missing = signed.find(name => sent[name] === undefined);
  return missing === undefined ? undefined : `${missing} is signed, but not sent`;
}

function dateProblem(sent: Headers, scope: string | undefined, now: number): string | undefined {
  const date = sent['x-sdk-date'] ?? '';
  const skew = Math.abs(now - timeOf(date));
  if (!(skew <= MOST_SKEW_MS)) return `X-Sdk-Date is not within 15 minutes of now; ${clocks(sent, now)}`;
  if (scope === undefined || scope.startsWith(`${date.slice(0, 8)}/`)) return undefined;
  return 'the date in Credential is not that of X-Sdk-Date';
}

function bodyProblem(sent: Headers, body: Buffer): string | undefined {
  const hash = sent['x-sdk-content-sha256'];
  const isGood = hash === undefined || hash === UNSIGNED_BODY || hash === sha256(body);
  return isGood ? undefined : 'X-Sdk-Content-Sha256 is not the hash of the body';
}

/** The client's time beside this server's. */
function clocks(sent: Headers, now: number): string {
  return `X-Sdk-Date is ${sent['x-sdk-date']}, and it is ${signatureDate(new Date(now))} here`;
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
