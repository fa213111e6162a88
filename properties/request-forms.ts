/** Ways of putting a publish request on the wire that are not the usual one. */

import { gzipSync } from 'node:zlib';
import type { RequestForm } from '../src/page/context.ts';
import { bytesOf, headOf, type RawPart, type WireRequest } from '../src/target/index.ts';

/** A form, and how a request is written in it. */
export interface WrittenForm extends RequestForm {
  readonly write: (request: WireRequest) => readonly RawPart[];
}

const CONTINUE_MS = 500;
const PIECES = 4;
const PAUSE_MS = 60;

/** Longer than the 64 KiB that the most patient of the usual servers read, but for those that read 1 MiB. */
const LONG_HEADER = 65 * 1024;

function bodyOf({ body }: WireRequest): Buffer {
  return body ?? Buffer.alloc(0);
}

/** The request with other headers; one that is `undefined` is left out. */
function withHeaders(
  request: WireRequest,
  headers: Readonly<Record<string, string | undefined>>,
): WireRequest {
  const all = Object.entries({ ...request.headers, ...headers });
  const present = all.flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...request, headers: Object.fromEntries(present) };
}

/** The request with a body of other bytes, whose length is announced as it is. */
function withBody(request: WireRequest, body: Buffer): WireRequest {
  return { ...withHeaders(request, { 'content-length': String(body.length) }), body };
}

function withoutLength(request: WireRequest): WireRequest {
  return withHeaders(request, { 'content-length': undefined, 'transfer-encoding': 'chunked' });
}

/** The body in chunks of a few bytes. */
function inChunks(body: Buffer): Buffer {
  const chunks = pieces(body).map(piece =>
    Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
  );
  return Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')]);
}

function pieces(bytes: Buffer): readonly Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

/** Spelled and sent differently, but the same to every server. */
export const equalForms: readonly WrittenForm[] = [
  {
    title: 'headers in capitals, with a charset',
    standing: 'equal',
    write: request => {
      const headers = Object.entries({
        ...request.headers,
        'content-type': 'application/json; charset=utf-8',
      });
      const inCapitals = headers.map(([name, value]) => [name.toUpperCase(), value]);
      return [bytesOf({ ...request, headers: Object.fromEntries(inCapitals) })];
    },
  },
  {
    title: 'a slow client',
    standing: 'equal',
    write: request => pieces(bytesOf(request)).flatMap(piece => [piece, { pauseMs: PAUSE_MS }]),
  },
];

/** Lawful forms that servers commonly know. */
export const optionalForms: readonly WrittenForm[] = [
  {
    title: 'a body in chunks',
    standing: 'optional',
    write: request => [headOf(withoutLength(request)), inChunks(bodyOf(request))],
  },
  {
    title: 'Expect: 100-continue',
    standing: 'optional',
    write: request => [
      headOf(withHeaders(request, { expect: '100-continue' })),
      { awaitContinueMs: CONTINUE_MS },
      bodyOf(request),
    ],
  },
  {
    title: 'HTTP/1.0',
    standing: 'optional',
    write: request => [headOf(request, 'HTTP/1.0'), bodyOf(request)],
  },
  {
    title: '%3A in the path',
    standing: 'optional',
    write: request => [bytesOf({ ...request, path: request.path.replaceAll(':', '%3A') })],
  },
];

/** Forms that one server accepts and another one refuses, both with reason. */
export const doubtfulForms: readonly WrittenForm[] = [
  {
    title: 'a length beside chunks',
    standing: 'doubtful',
    write: request => [
      headOf(withHeaders(request, { 'transfer-encoding': 'chunked' })),
      inChunks(bodyOf(request)),
    ],
  },
  {
    title: 'a header of 65 KiB',
    standing: 'doubtful',
    write: request => [bytesOf(withHeaders(request, { 'x-long': 'x'.repeat(LONG_HEADER) }))],
  },
  {
    title: 'a NUL and other control bytes in a header',
    standing: 'doubtful',
    write: request => [bytesOf(withHeaders(request, { 'x-control': 'a\u0000b\u0001c\u007fd' }))],
  },
  {
    title: 'a body in gzip',
    standing: 'doubtful',
    write: request => [
      bytesOf(withBody(withHeaders(request, { 'content-encoding': 'gzip' }), gzipSync(bodyOf(request)))),
    ],
  },
  {
    title: 'a body that is not in the gzip that is announced',
    standing: 'doubtful',
    write: request => [bytesOf(withHeaders(request, { 'content-encoding': 'gzip' }))],
  },
  {
    title: 'a body that is no UTF-8',
    standing: 'doubtful',
    write: request => [bytesOf(withBody(request, spoilt(bodyOf(request))))],
  },
  {
    title: 'a lone surrogate',
    standing: 'doubtful',
    write: request => {
      const body = bodyOf(request).toString().replace('":"', '":"\\ud800');
      return [bytesOf(withBody(request, Buffer.from(body)))];
    },
  },
];

/** The first character of a string within the JSON made a byte that begins no character. */
function spoilt(json: Buffer): Buffer {
  const at = json.indexOf('":"') + 3;
  return Buffer.concat([json.subarray(0, at), Buffer.from([0xff]), json.subarray(at)]);
}

/** The whole request, after which the client sends nothing more. */
export const halfClosed: WrittenForm = {
  title: 'a half-closed connection',
  standing: 'doubtful',
  write: request => [bytesOf(request), 'half-close'],
};

/** Forms that no server can make sense of. */
export const brokenForms: readonly WrittenForm[] = [
  {
    title: 'a body that ends too early',
    standing: 'broken',
    write: request => [headOf(request), firstHalf(bodyOf(request)), 'half-close'],
  },
  {
    title: 'a body that is longer than announced',
    standing: 'broken',
    write: request => {
      const length = String(bodyOf(request).length - 1);
      return [headOf(withHeaders(request, { 'content-length': length })), bodyOf(request)];
    },
  },
  {
    title: 'two lengths',
    standing: 'broken',
    write: request => {
      const { length } = bodyOf(request);
      // Names that differ in case only are one header. Either length cuts the JSON.
      const lengths = { 'content-length': String(length - 1), 'Content-Length': String(length - 2) };
      return [headOf(withHeaders(request, lengths)), bodyOf(request)];
    },
  },
  {
    title: 'a body in gzip that is not announced',
    standing: 'broken',
    write: request => [bytesOf(withBody(request, gzipSync(bodyOf(request))))],
  },
  {
    title: 'broken percent-encoding in the path',
    standing: 'broken',
    write: request => [
      bytesOf({ ...request, path: request.path.replace(/\/functions\/[^/]*/, '/functions/%zz%') }),
    ],
  },
  {
    title: 'bytes that are no HTTP',
    standing: 'broken',
    write: () => [Buffer.from('NONSENSE\r\n\r\n'), 'half-close'],
  },
];

function firstHalf(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** A client that goes away in the middle of the body. */
export function abandoned(request: WireRequest): readonly RawPart[] {
  return [headOf(request), firstHalf(bodyOf(request)), 'abandon'];
}

/** Bytes of a part that are shown. */
const SHOWN = 600;

/** What a person sees of a form: the bytes of a request with placeholders. */
export function shown({ title, write }: Pick<WrittenForm, 'title' | 'write'>, path: string): unknown {
  const body = Buffer.from('{"description":"..."}');
  const headers = {
    host: '...',
    'content-type': 'application/json',
    'content-length': String(body.length),
    'x-auth-token': '$FGS_TOKEN',
  };
  const parts = write({ method: 'POST', path, headers, body });
  const sent = parts.map(part => (Buffer.isBuffer(part) ? part.toString('latin1').slice(0, SHOWN) : part));
  return { form: title, sent };
}
