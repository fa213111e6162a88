import { crc32 } from 'node:zlib';

/** 1980-01-01, the first day that the format knows: the same bytes at any time. */
const DOS_DATE = 0x21;

/** A ZIP archive with one file, stored without compression. */
export function zip(fileName: string, content: string): Buffer {
  const name = Buffer.from(fileName, 'utf8');
  const data = Buffer.from(content, 'utf8');
  const local = Buffer.concat([header(0x04034b50, [20], entryFields(name, data)), name, data]);
  // No comment, disk 0, no attributes; the entry starts at offset 0.
  const central = Buffer.concat([
    header(0x02014b50, [20, 20], [...entryFields(name, data), 0, 0, 0, 0, 0, 0, 0]),
    name,
  ]);
  const end = header(0x06054b50, [], [0, 0, 1, 1, ...halves(central.length), ...halves(local.length), 0]);
  return Buffer.concat([local, central, end]);
}

/** Flags, method, time, date, CRC, both sizes, lengths of the name and of the extra field. */
function entryFields(name: Buffer, data: Buffer): readonly number[] {
  const size = halves(data.length);
  return [0, 0, 0, DOS_DATE, ...halves(crc32(data)), ...size, ...size, name.length, 0];
}

/** A 32-bit number as two 16-bit ones, the lower first. */
function halves(number: number): readonly number[] {
  return [number & 0xffff, number >>> 16];
}

/** A signature and 16-bit fields, little-endian. */
function header(signature: number, versions: readonly number[], fields: readonly number[]): Buffer {
  const all = [...halves(signature), ...versions, ...fields];
  const bytes = Buffer.alloc(2 * all.length);
  for (const [index, value] of all.entries()) bytes.writeUInt16LE(value, 2 * index);
  return bytes;
}
