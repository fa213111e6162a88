/** The bodies of HAR entries, which recorders store in many ways. */

import { BODY_LIMIT, captureBody, decodeBody } from '../target/bodies.ts';
import { memberOf, optionalTextFrom, type Unread } from './unread.ts';

/** A body as an exchange holds it, or what is missing of it. */
export type RecordedBody =
  | { readonly body?: string; readonly bodyEncoding?: 'base64' }
  | { readonly missing: string };

/** What the rest of the message says of its body. */
export interface Announced {
  /** What it is called when it is missing: `the body of the answer`. */
  readonly name: string;
  readonly contentEncoding: string | undefined;
  /** Whether the message has none, when none was recorded. */
  readonly isEmpty: boolean;
}

/** Replaces characters that a recorder could not store. */
const REPLACEMENT = '\ufffd';

/** Reads `postData` or `content`: plain or in base64, decoded or still compressed. */
export async function readHarBody(body: Unread, announced: Announced): Promise<RecordedBody> {
  const { name, isEmpty } = announced;
  const text = body.value === undefined ? undefined : optionalTextFrom(memberOf(body, 'text'));
  if (text === undefined || text === '') return isEmpty ? {} : { missing: name };
  // In base64 a body is a third longer than its bytes.
  if (text.length > BODY_LIMIT * 1.4) return { missing: `${name}, which is larger than 4 MiB` };
  const isBase64 = memberOf(body, 'encoding').value === 'base64';
  if (!isBase64 && !looksCompressed(text)) return plain(text, announced);
  return fromBytes(Buffer.from(text, isBase64 ? 'base64' : 'latin1'), announced);
}

/** gzip's first bytes, which some recorders keep as characters. */
function looksCompressed(text: string): boolean {
  return text.startsWith('\u001f\u008b');
}

function plain(text: string, { contentEncoding, name }: Announced): RecordedBody {
  // What was compressed and then stored as text is lost.
  const isMangled = contentEncoding !== undefined && text.slice(0, 64).includes(REPLACEMENT);
  return isMangled ? { missing: name } : captureBody(Buffer.from(text), same);
}

async function fromBytes(bytes: Buffer, { contentEncoding, name }: Announced): Promise<RecordedBody> {
  const stored = captureBody(bytes, same);
  // What is UTF-8 is not compressed any longer, whatever the header says.
  if (stored.bodyEncoding === undefined || contentEncoding === undefined) return stored;
  const decoded = await decodeBody(bytes, contentEncoding);
  return 'bytes' in decoded
    ? captureBody(decoded.bytes, same)
    : { missing: `${name}, which cannot be decoded` };
}

function same(text: string): string {
  return text;
}
