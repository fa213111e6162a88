import type { WireRequest } from './connection.ts';
import type { CredentialsInUse } from './credentials.ts';
import type { RawPart } from './raw.ts';

export interface TargetRequest {
  readonly method: string;
  /** Below the endpoint, raw, as it goes on the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Default: `valid`. */
  readonly credentials?: CredentialsInUse;
  /** Default: `application/json` when there is a body; `null` leaves the header out. */
  readonly contentType?: string | null;
  /**
   * Puts the request on the wire in another way than usual, over a connection of its own. The exchange still
   * tells what was meant. A gateway's answer stands.
   */
  readonly write?: (request: WireRequest) => readonly RawPart[];
  /**
   * Whether it is sent again when its connection ends without an answer. Default: by its method, when it is
   * written in the usual way.
   */
  readonly isRepeatable?: boolean;
}

/** Methods that announce a length even when there is no body. */
const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** A request with its headers, before it gets credentials. */
export function wireRequest(
  request: TargetRequest,
  { host, base }: { readonly host: string; readonly base: string },
): WireRequest {
  const { method, path, body } = request;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const usual = bytes === undefined ? null : 'application/json';
  const contentType = request.contentType === undefined ? usual : request.contentType;
  const length = bytes?.length ?? (METHODS_WITH_BODY.has(method) ? 0 : undefined);
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = {
    host,
    'user-agent': 'fgs-conformance',
    accept: 'application/json',
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(length === undefined ? {} : { 'content-length': String(length) }),
    ...Object.fromEntries(given),
  };
  return { method, path: `${base}${path}`, headers, ...(bytes === undefined ? {} : { body: bytes }) };
}
