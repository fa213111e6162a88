/** The bodies of HAR entries, which recorders store in many ways. */

import { BODY_LIMIT, captureBody, decodeBody } from '../target/bodies.ts';
import type { BodiesBeside } from './bodies-beside.ts';
import { isJson, isReplaced } from './sanitized-body.ts';
import { memberOf, optionalTextFrom, type Unread } from './unread.ts';

/** A body as an exchange holds it, or why it is not all there. */
export type RecordedBody =
  | { readonly body?: string; readonly bodyEncoding?: 'base64' }
  | { readonly missing: string };

/** What the rest of the message says of its body. */
export interface Announced {
  /** What it is called when it is missing: `the body of the answer`. */
  readonly name: string;
  /** Its media type, when a header or the recorder says it. */
  readonly type: string;
  readonly contentEncoding: string | undefined;
  /** How many bytes it has, decoded; `undefined` when nobody counted. */
  readonly size: number | undefined;
  /** Whether the message has none, when none was recorded. */
  readonly isEmpty: boolean;
  readonly beside: BodiesBeside;
}

/** Replaces characters that a recorder could not store. */
const REPLACEMENT = '\ufffd';

/** Reads `postData` or `content`: plain or in base64, decoded or still compressed, in the entry or beside the file. */
export async function readHarBody(body: Unread, announced: Announced): Promise<RecordedBody> {
  const { name, isEmpty, beside } = announced;
  if (body.value === undefined) return isEmpty ? {} : { missing: `without ${name}` };
  const text = optionalTextFrom(memberOf(body, 'text'));
  if (text === undefined || text === '') {
    const file = memberOf(body, '_file').value;
    if (typeof file === 'string' && file !== '') return bodyBeside(await beside.read(file), announced);
    return isEmpty ? {} : { missing: `without ${name}` };
  }
  // In base64 a body is a third longer than its bytes.
  if (text.length > BODY_LIMIT * 1.4) return { missing: `with more than 4 MiB as ${name}` };
  const encoding = encodingOf(body);
  if (encoding === 'base64') return fromBytes(Buffer.from(text, 'base64'), announced);
  if (encoding !== undefined) return { missing: `with ${name} in an encoding that no HAR file has` };
  return looksCompressed(text) ? fromBytes(Buffer.from(text, 'latin1'), announced) : plain(text, announced);
}

/** How the text is written down; `undefined` for characters as they are. A HAR has no such member in a request. */
function encodingOf(body: Unread): string | undefined {
  const encoding = memberOf(body, 'encoding').value ?? memberOf(body, '_encoding').value ?? '';
  const name = String(encoding).trim().toLowerCase();
  return /^(?:|utf-?8|text|plain|identity)$/.test(name) ? undefined : name;
}

/** gzip's first bytes, which some recorders keep as characters. */
function looksCompressed(text: string): boolean {
  return text.startsWith('\u001f\u008b');
}

function bodyBeside(read: Buffer | string, announced: Announced): Promise<RecordedBody> | RecordedBody {
  return typeof read === 'string'
    ? { missing: `with ${announced.name} ${read}` }
    : fromBytes(read, announced);
}

function plain(text: string, announced: Announced): RecordedBody {
  const { contentEncoding, name } = announced;
  // What was compressed and then stored as text is lost.
  const isMangled = contentEncoding !== undefined && text.slice(0, 64).includes(REPLACEMENT);
  return isMangled ? { missing: `with ${name} mangled` } : whole(Buffer.from(text), announced);
}

async function fromBytes(bytes: Buffer, announced: Announced): Promise<RecordedBody> {
  const { contentEncoding, name } = announced;
  const stored = captureBody(bytes, same);
  // What is UTF-8 is not compressed any longer, whatever the header says.
  if (stored.bodyEncoding === undefined || contentEncoding === undefined) return whole(bytes, announced);
  const decoded = await decodeBody(bytes, contentEncoding);
  return 'bytes' in decoded
    ? whole(decoded.bytes, announced)
    : { missing: `with ${name} in a content encoding that cannot be undone` };
}

/** The body, unless the recorder or somebody after it kept only a part, or put something else in its place. */
function whole(bytes: Buffer, announced: Announced): RecordedBody {
  const { name, size } = announced;
  if (size !== undefined && bytes.length < size) return { missing: `with ${name} shorter than its size` };
  const body = captureBody(bytes, same);
  if (body.body === undefined || body.bodyEncoding !== undefined || !/json/i.test(announced.type))
    return body;
  if (isReplaced(body.body)) return { missing: `with ${name} replaced` };
  // When nobody counted, a body that breaks off was rather cut by the recorder.
  const isCut = (size === undefined && breaksOff(body.body)) || isMarkedAsCut(body.body);
  return isCut ? { missing: `with ${name} cut off` } : body;
}

function same(text: string): string {
  return text;
}

function breaksOff(text: string): boolean {
  return /^\s*[{[]/.test(text) && !/[}\]]\s*$/.test(text) && !isJson(text);
}

/** What recorders end a text with that they cut: `{"func_urn": "urn:fss...`, `{"func_urn": "urn:fss[truncated]`. */
const CUT_MARK = /(?:…|\.{3}|\btruncated\b.{0,40})$/i;

/** Whether the text says itself that it was cut, whatever was counted then. */
function isMarkedAsCut(text: string): boolean {
  const bare = text.trim();
  return /^[{[]/.test(bare) && CUT_MARK.test(bare.slice(-60)) && !isJson(bare);
}
