/** The bytes of a recording, which may be larger than what fits into memory. */

import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileTrouble } from '../words/file-trouble.ts';
import { encodingOf } from './text-encoding.ts';

/** A recording that is read from its beginning, as often as needed, and at any place. */
export interface Source {
  /** The whole of it in UTF-8, without a byte order mark. A chunk is gone when the next one is asked for. */
  chunks(): AsyncIterable<Buffer>;
  /** The bytes of one place, counted from where chunks() begins; gone with the next reading. */
  read(at: number, length: number): Promise<Buffer>;
  /** The folder that it lies in; none for the standard input. */
  readonly folder: string | undefined;
  readonly size: number;
  close(): Promise<void>;
}

const MOST_TEXT_MIB = 64;

const CHUNK_BYTES = 256 * 1024;

/**
 * Opens a file, or the standard input for `-`.
 *
 * @throws Error with one sentence that names the file
 */
export async function openSource(
  name: string,
  stdin: AsyncIterable<Uint8Array> = process.stdin,
): Promise<Source> {
  try {
    return await (name === '-' ? spooled(stdin, undefined) : sourceOf(name));
  } catch (error) {
    throw new Error(`${name === '-' ? 'The standard input' : name} ${reasonOf(error)}.`, { cause: error });
  }
}

/** The whole text of a file that is not expected to be large. */
export async function readText(name: string): Promise<string> {
  const source = await openSource(name);
  try {
    if (source.size > MOST_TEXT_MIB * 1024 * 1024)
      throw new Error(`${name} is larger than ${MOST_TEXT_MIB} MiB: an answer is never that long.`);
    return (await source.read(0, source.size)).toString();
  } finally {
    await source.close();
  }
}

async function sourceOf(name: string): Promise<Source> {
  const file = await open(name);
  const folder = dirname(name);
  const stat = await file.stat();
  if (stat.isDirectory()) {
    await file.close();
    throw new Error('cannot be read: it is a folder, not a file');
  }
  if (!stat.isFile()) return spooled(file.createReadStream(), folder);
  const head = await bytesAt(file, 0, Buffer.alloc(4));
  const packing = packingOf(head);
  if (packing !== undefined) {
    await file.close();
    throw new Error(`is ${packing}: unpack it first`);
  }
  const encoding = encodingOf(head);
  if (encoding.name !== 'utf-8') return spooled(file.createReadStream(), folder);
  return fileSource({ file, folder, size: stat.size, start: encoding.mark });
}

/** Playwright writes archives, too. */
function packingOf(head: Buffer): string | undefined {
  if (head.toString('latin1').startsWith('PK')) return 'a zip archive';
  return head[0] === 0x1f && head[1] === 0x8b ? 'compressed with gzip' : undefined;
}

function reasonOf(error: unknown): string {
  const isOfSystem = error instanceof Error && 'code' in error;
  return isOfSystem
    ? `cannot be read: ${fileTrouble(error)}`
    : error instanceof Error
      ? error.message
      : String(error);
}

interface OpenFile {
  readonly file: FileHandle;
  readonly folder: string | undefined;
  readonly size: number;
  /** Where the text begins. */
  readonly start: number;
  readonly close?: () => Promise<void>;
}

/** Exchanges stand one after the other, so that one reading serves many. */
const READ_AHEAD_BYTES = 1024 * 1024;

function fileSource({ file, folder, size, start, close = () => file.close() }: OpenFile): Source {
  // Buffers are used again: the collector is in no hurry with memory outside of its heap.
  let room = Buffer.alloc(READ_AHEAD_BYTES);
  let ahead = room.subarray(0, 0);
  let aheadAt = 0;
  return {
    folder,
    size: size - start,
    async read(at, length) {
      if (at < aheadAt || at + length > aheadAt + ahead.length) {
        if (length > room.length) room = Buffer.alloc(length);
        ahead = await bytesAt(file, start + at, room);
        aheadAt = at;
      }
      return ahead.subarray(at - aheadAt, at - aheadAt + length);
    },
    async *chunks() {
      const piece = Buffer.alloc(CHUNK_BYTES);
      for (let at = start; ; ) {
        const chunk = await bytesAt(file, at, piece);
        if (chunk.length === 0) return;
        at += chunk.length;
        yield chunk;
      }
    },
    close,
  };
}

async function bytesAt(
  file: FileHandle,
  position: number,
  room: Buffer<ArrayBuffer>,
): Promise<Buffer<ArrayBuffer>> {
  const { bytesRead } = await file.read(room, 0, room.length, position);
  return room.subarray(0, bytesRead);
}

/**
 * What can be read only once, or is not in UTF-8, goes into a temporary file that nobody else can read, in
 * UTF-8. Bytes that make no sense become replacement characters.
 */
async function spooled(bytes: AsyncIterable<Uint8Array>, folder: string | undefined): Promise<Source> {
  const place = await mkdtemp(join(tmpdir(), 'fgs-recording-'));
  let file: FileHandle | undefined;
  const close = async (): Promise<void> => {
    await file?.close();
    await rm(place, { recursive: true, force: true });
  };
  try {
    file = await open(join(place, 'recording'), 'wx+', 0o600);
    // Where an open file needs no name, not even a crash leaves it behind.
    if (process.platform !== 'win32') await rm(place, { recursive: true });
    let size = 0;
    for await (const text of inUtf8(bytes)) size += (await file.write(text)).bytesWritten;
    return fileSource({ file, folder, size, start: 0, close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** The encoding shows in the first bytes, which may come one by one. */
const HEAD_BYTES = 4;

async function* inUtf8(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let waiting: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    if (decoder === undefined && waiting.length < HEAD_BYTES) continue;
    decoder ??= new TextDecoder(encodingOf(waiting).name);
    yield Buffer.from(decoder.decode(waiting, { stream: true }));
    waiting = new Uint8Array();
  }
  decoder ??= new TextDecoder(encodingOf(waiting).name);
  yield Buffer.from(decoder.decode(waiting));
}

/** The same recording, with replacement characters for bytes that are no UTF-8. */
export async function repaired(source: Source): Promise<Source> {
  const copy = await spooled(source.chunks(), source.folder);
  await source.close();
  return copy;
}
