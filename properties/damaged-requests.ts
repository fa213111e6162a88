/** Publish requests with some of their bytes changed at random. */

import fc from 'fast-check';
import { headOf, type RawPart, type WireRequest } from '../src/target/index.ts';

/** A change of some bytes. Where it is made is a thousandth of the way through, so that it fits any request. */
export interface Damage {
  readonly at: number;
  /** Bytes that are taken away. */
  readonly removed: number;
  /** Bytes that are put in their place, one a character. */
  readonly inserted: string;
}

/** Bytes that mean something to whoever reads HTTP or JSON. */
const MEANINGFUL = [
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\0',
  ' ',
  ':',
  '%',
  '/',
  '"',
  '\\u',
  '{',
  'Content-Length: 5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Expect: nothing\r\n',
] as const;

const anyBytes = fc
  .uint8Array({ minLength: 1, maxLength: 6 })
  .map(bytes => Buffer.from(bytes).toString('latin1'));

/** One to four changes of a request. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.record({
    at: fc.nat(999),
    removed: fc.nat(12),
    inserted: fc.oneof(fc.constant(''), fc.constantFrom(...MEANINGFUL), anyBytes),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Headers that are left whole: a target that quotes half a secret could not be kept from telling it. */
const CREDENTIALS = /^(?:x-auth-token|authorization|x-security-token)$/i;

/** How long the target has to answer before it is told that nothing more comes. */
const PATIENCE_MS = 250;

/** The request with its damage, its credentials apart. */
export function damaged(request: WireRequest, changes: readonly Damage[]): readonly RawPart[] {
  const { secret, open } = parted(request.headers);
  // Without the empty line, which comes after the credentials.
  const before = headOf({ ...request, headers: open }).subarray(0, -2);
  const credentials = headOf({ ...request, headers: secret });
  const secretLines = credentials.subarray(credentials.indexOf('\r\n') + 2, -2);
  const after = Buffer.concat([Buffer.from('\r\n'), request.body ?? Buffer.alloc(0)]);
  const share = (1000 * before.length) / (before.length + after.length);
  const inFront = changes
    .filter(({ at }) => at < share)
    .map(change => ({ ...change, at: change.at / share }));
  const behind = changes
    .filter(({ at }) => at >= share)
    .map(change => ({ ...change, at: (change.at - share) / (1000 - share) }));
  return [
    Buffer.concat([changed(before, inFront), secretLines, changed(after, behind)]),
    { pauseMs: PATIENCE_MS },
    'half-close',
  ];
}

function parted(headers: WireRequest['headers']) {
  const entries = Object.entries(headers);
  const isSecret = ([name]: [string, string]) => CREDENTIALS.test(name);
  return {
    secret: Object.fromEntries(entries.filter(isSecret)),
    open: Object.fromEntries(entries.filter(entry => !isSecret(entry))),
  };
}

/** The bytes after one change after the other; `at` is a share of their length here. */
function changed(bytes: Buffer, changes: readonly Damage[]): Buffer {
  let all = bytes;
  for (const { at, removed, inserted } of changes) {
    const start = Math.floor(at * all.length);
    all = Buffer.concat([
      all.subarray(0, start),
      Buffer.from(inserted, 'latin1'),
      all.subarray(start + removed),
    ]);
  }
  return all;
}
