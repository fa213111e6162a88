import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { zip } from './zip.ts';

test('an archive lists one file and holds its bytes', () => {
  const archive = zip('index.js', 'exports.handler = 1;');
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  expect(archive.readUInt16LE(end + 10)).toBe(1);
  const central = archive.readUInt32LE(end + 16);
  expect(archive.readUInt32LE(central)).toBe(0x02014b50);
  expect(archive.readUInt32LE(end + 12)).toBe(end - central);
  const size = archive.readUInt32LE(central + 24);
  const nameLength = archive.readUInt16LE(central + 28);
  const local = archive.readUInt32LE(central + 42);
  expect(archive.readUInt32LE(local)).toBe(0x04034b50);
  const data = archive.subarray(local + 30 + nameLength, local + 30 + nameLength + size);
  expect(data.toString()).toBe('exports.handler = 1;');
  expect(archive.readUInt32LE(central + 16)).toBe(crc32(data));
  expect(archive.toString('utf8', central + 46, central + 46 + nameLength)).toBe('index.js');
});
