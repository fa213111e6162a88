/** From the bytes of a body to what an exchange holds. */

import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { Failure } from '../page/exchange.ts';

/** The longest body that is read, encoded and decoded, in bytes. */
export const BODY_LIMIT = 4 * 1024 * 1024;

/** A body as an exchange holds it: absent when there are no bytes. */
export interface CapturedBody {
  readonly body?: string;
  readonly bodyEncoding?: 'base64';
}

/**
 * Bytes as text, or in base64 when they are no UTF-8. Secrets are replaced in either case.
 *
 * @param isCutOff the body broke off, so that its last character may be incomplete
 */
export function captureBody(bytes: Buffer, redact: (text: string) => string, isCutOff = false): CapturedBody {
  if (bytes.length === 0) return {};
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return { body: redact(decoder.decode(bytes, { stream: isCutOff })) };
  } catch {
    const redacted = Buffer.from(redact(bytes.toString('latin1')), 'latin1');
    return { body: redacted.toString('base64'), bodyEncoding: 'base64' };
  }
}

/** A body without its content encoding, or why that cannot be had. */
export type DecodedBody = { readonly bytes: Buffer } | { readonly failure: Failure };

const gunzipAsync = promisify(gunzip);
const inflateAsync = promisify(inflate);
const inflateRawAsync = promisify(inflateRaw);
const brotliAsync = promisify(brotliDecompress);

type Decoder = (bytes: Buffer) => Promise<Buffer>;

const bound = { maxOutputLength: BODY_LIMIT };

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['identity', async bytes => bytes],
  ['gzip', bytes => gunzipAsync(bytes, bound)],
  ['x-gzip', bytes => gunzipAsync(bytes, bound)],
  ['br', bytes => brotliAsync(bytes, bound)],
  // "deflate" means zlib's format; some servers send the bare stream.
  ['deflate', bytes => (isZlib(bytes) ? inflateAsync(bytes, bound) : inflateRawAsync(bytes, bound))],
]);

function isZlib(bytes: Buffer): boolean {
  return bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

/** More than one coding is allowed, but nobody stacks many. */
const MOST_CODINGS = 3;

/** Undoes the content encodings that the header lists, the last one first. */
export async function decodeBody(bytes: Buffer, contentEncoding: string | undefined): Promise<DecodedBody> {
  const codings = (contentEncoding ?? '')
    .split(',')
    .map(coding => coding.trim().toLowerCase())
    .filter(coding => coding !== '');
  if (bytes.length === 0 || codings.length === 0) return { bytes };
  if (codings.length > MOST_CODINGS) {
    return undecodable(`the answer announces ${codings.length} content encodings on top of each other`);
  }
  let decoded = bytes;
  for (const coding of codings.reverse()) {
    const decoder = decoders.get(coding);
    if (decoder === undefined) return undecodable(`the content encoding ${coding} was not asked for`);
    try {
      decoded = await decoder(decoded);
    } catch (error) {
      return tooLargeOrWrong(error, coding);
    }
  }
  return { bytes: decoded };
}

function tooLargeOrWrong(error: unknown, coding: string): DecodedBody {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
    return { failure: { kind: 'too-large', message: 'the answer, decoded, is larger than 4 MiB' } };
  }
  return undecodable(`the body is not in the content encoding ${coding} that the answer announces`);
}

function undecodable(message: string): DecodedBody {
  return { failure: { kind: 'undecodable', message } };
}
