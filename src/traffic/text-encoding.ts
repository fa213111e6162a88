/** Files as people have them: with a byte order mark, or in the UTF-16 that some shells write. */

export interface TextEncoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** How many bytes the byte order mark takes. */
  readonly mark: number;
}

/** What a text is encoded in, by its first bytes: a byte order mark, or the zeros that UTF-16 has in ASCII. */
export function encodingOf(head: Uint8Array): TextEncoding {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { name: 'utf-8', mark: 3 };
  if (first === 0xff && second === 0xfe) return { name: 'utf-16le', mark: 2 };
  if (first === 0xfe && second === 0xff) return { name: 'utf-16be', mark: 2 };
  if (second === 0 && first !== 0) return { name: 'utf-16le', mark: 0 };
  if (first === 0 && second !== 0) return { name: 'utf-16be', mark: 0 };
  return { name: 'utf-8', mark: 0 };
}

/** The text of a file, without its byte order mark. */
export function textOf(bytes: Uint8Array): string {
  const { name } = encodingOf(bytes);
  return new TextDecoder(name).decode(bytes);
}
